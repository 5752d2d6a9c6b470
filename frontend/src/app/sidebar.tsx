import { GitCompareArrows, House, type LucideIcon } from "lucide-react";
import { useTranslation } from "react-i18next";
import { navigate, useNavigation, type View } from "@/app/navigation";
import { ConnectionSidebar } from "@/features/connections/components/connection-sidebar";
import { selectConnection, useConnectionsState } from "@/features/connections/store";
import { cn } from "@/lib/utils";

const views = [
  { view: "home", icon: House },
  { view: "compare", icon: GitCompareArrows },
] as const satisfies readonly { view: View; icon: LucideIcon }[];

export function Sidebar() {
  const { t } = useTranslation();
  const { view: shown } = useNavigation();
  const { selectedId } = useConnectionsState();
  // While one connection is shown, it is the one that is marked.
  const current = shown === "home" && selectedId !== "" ? null : shown;
  return (
    <div className="flex h-full flex-col bg-sidebar">
      <nav aria-label={t("sidebar.pages")} className="flex shrink-0 flex-col gap-0.5 border-b p-2">
        {views.map(({ view, icon: Icon }) => (
          <button
            key={view}
            type="button"
            aria-current={current === view ? "page" : undefined}
            onClick={() => {
              navigate(view);
              if (view === "home") {
                selectConnection("");
              }
            }}
            className={cn(
              "flex h-8 items-center gap-2.5 rounded-md px-2 text-left font-medium outline-none transition-colors focus-visible:ring-2 focus-visible:ring-ring",
              current === view
                ? "bg-selected text-foreground [&_svg]:text-primary"
                : "text-muted-foreground hover:bg-accent hover:text-foreground",
            )}
          >
            <Icon aria-hidden className="size-4 shrink-0" />
            <span className="truncate">{t(`sidebar.${view}`)}</span>
          </button>
        ))}
      </nav>
      <ConnectionSidebar />
    </div>
  );
}
