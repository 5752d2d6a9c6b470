import { ArrowRight, EyeOff, FileWarning, RefreshCw, SlidersHorizontal } from "lucide-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "@/components/ui/button";
import { Popover, PopoverContent, PopoverTrigger } from "@/components/ui/popover";
import { Hint } from "@/components/ui/tooltip";
import { IgnoredList, NoticeList } from "@/features/compare/components/result/comparison-facts";
import { EnvironmentBadge } from "@/features/connections/components/environment-mark";
import { placeOf } from "@/features/connections/model/groups";
import type { Comparison, Connection, Database } from "@/lib/backend/client";

/** Which two databases were compared and when, what could not be read, and what was left out. */
export function ResultHeader({
  comparison,
  connections,
  busy,
  onChange,
  onAgain,
}: {
  comparison: Comparison;
  connections: readonly Connection[];
  busy: boolean;
  onChange: () => void;
  onAgain: () => void;
}) {
  const { t, i18n } = useTranslation();
  const { source, target, notices, ignored, at } = comparison;
  const number = new Intl.NumberFormat(i18n.language);
  const time = new Intl.DateTimeFormat(i18n.language, { timeStyle: "medium", dateStyle: "medium" });
  const seconds = new Intl.NumberFormat(i18n.language, {
    maximumFractionDigits: comparison.seconds < 10 ? 1 : 0,
  });
  const left = ignored.reduce((sum, { differences }) => sum + differences, 0);
  return (
    <header className="@container flex shrink-0 items-center gap-3 border-b bg-card px-4 py-2.5">
      <div className="flex min-w-0 flex-1 items-center gap-4">
        <Side label={t("side.source")} database={source} connections={connections} />
        <ArrowRight aria-label={t("compare.header.to")} className="size-4 shrink-0 text-muted-foreground" />
        <Side label={t("side.target")} database={target} connections={connections} />
        <div className="ml-auto flex shrink-0 flex-col items-end text-muted-foreground text-xs">
          <div className="flex gap-1">
            {notices.length > 0 && (
              <Fact
                icon={<FileWarning aria-hidden className="text-warning" />}
                label={t("compare.header.notices", { count: notices.length })}
              >
                <NoticeList notices={notices} />
              </Fact>
            )}
            {ignored.length > 0 && (
              <Fact
                icon={<EyeOff aria-hidden />}
                label={t("compare.header.ignored", { count: left, formatted: number.format(left) })}
              >
                <IgnoredList ignored={ignored} />
              </Fact>
            )}
          </div>
          <span
            className="hidden whitespace-nowrap px-1.5 tabular-nums @xl:inline"
            title={t("compare.header.took", { seconds: seconds.format(comparison.seconds) })}
          >
            {time.format(new Date(at))}
          </span>
        </div>
      </div>
      <div className="flex shrink-0 gap-2">
        <Hint label={t("compare.header.change")}>
          <Button variant="outline" size="sm" aria-label={t("compare.header.change")} onClick={onChange}>
            <SlidersHorizontal aria-hidden />
            <span className="hidden @4xl:inline">{t("compare.header.change")}</span>
          </Button>
        </Hint>
        <Hint label={`${t("compare.header.again")} (F5)`}>
          <Button
            variant="outline"
            size="sm"
            aria-label={t("compare.header.again")}
            disabled={busy}
            onClick={onAgain}
          >
            <RefreshCw aria-hidden />
            <span className="hidden @4xl:inline">{t("compare.header.again")}</span>
          </Button>
        </Hint>
      </div>
    </header>
  );
}

function Side({
  label,
  database,
  connections,
}: {
  label: string;
  database: Database;
  connections: readonly Connection[];
}) {
  const saved = connections.find(({ id }) => id === database.connectionId);
  const environment = saved?.environment ?? (database.production ? "production" : "");
  // Of a file its name comes first: where there is little room, the folder is what is cut off.
  const place =
    saved?.engine === "sqlite" ? placeOf({ ...saved, file: database.database }) : database.database;
  return (
    <div className="min-w-28 overflow-hidden" title={database.address}>
      <div className="flex items-center gap-1.5">
        <span className="shrink-0 text-muted-foreground text-xs">{label}</span>
        <span className="truncate font-semibold">{database.name}</span>
        <EnvironmentBadge environment={environment} />
      </div>
      <div className="flex min-w-0 gap-1.5 text-muted-foreground text-xs">
        <span className="truncate font-mono">{place}</span>
        <span className="truncate">
          {database.flavor} {database.version}
        </span>
      </div>
    </div>
  );
}

function Fact({ icon, label, children }: { icon: ReactNode; label: string; children: ReactNode }) {
  return (
    <Popover>
      <PopoverTrigger asChild>
        <Button variant="ghost" size="sm" className="h-5.5 px-1.5 font-normal">
          {icon}
          {label}
        </Button>
      </PopoverTrigger>
      <PopoverContent align="end" className="max-h-96 w-96 overflow-y-auto">
        {children}
      </PopoverContent>
    </Popover>
  );
}
