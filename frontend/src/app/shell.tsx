import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Sidebar } from "@/app/sidebar";
import { TopBar } from "@/app/top-bar";
import { ResizablePanes } from "@/components/ui/resizable";
import { usePaneSize, usePreference } from "@/lib/preferences";
import { useShortcut } from "@/lib/shortcuts/use-shortcuts";

const sidebarStates = ["shown", "hidden"] as const;

/** The frame around every page: the bar with what holds everywhere, the connections, and the page beside them. */
export function Shell({ children }: { children: ReactNode }) {
  const { t } = useTranslation();
  const [size, setSize] = usePaneSize("pane.sidebar", 22);
  const [sidebar, setSidebar] = usePreference("sidebar", sidebarStates, "shown");
  useShortcut({
    id: "window.sidebar",
    label: t(sidebar === "shown" ? "sidebar.hide" : "sidebar.show"),
    group: "general",
    keys: "mod+b",
    run: () => setSidebar(sidebar === "shown" ? "hidden" : "shown"),
  });
  const page = <main className="h-full min-h-0 overflow-auto bg-background">{children}</main>;
  return (
    <div className="flex h-full flex-col">
      <TopBar />
      <div className="min-h-0 flex-1">
        {sidebar === "shown" ? (
          <ResizablePanes
            label={t("sidebar.border")}
            size={size}
            onSizeChange={setSize}
            min={14}
            max={45}
            firstClassName="min-w-52"
            first={<Sidebar />}
            second={page}
          />
        ) : (
          page
        )}
      </div>
    </div>
  );
}
