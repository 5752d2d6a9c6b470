import { ArrowRight, EyeOff, FileWarning, RefreshCw, SlidersHorizontal } from "lucide-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "@/components/ui/button";
import { Popover, PopoverContent, PopoverTrigger } from "@/components/ui/popover";
import { IgnoredList, NoticeList } from "@/features/compare/components/result/comparison-facts";
import { EnvironmentBadge } from "@/features/connections/components/environment-mark";
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
    <header className="flex shrink-0 items-center gap-3 border-b bg-card px-4 py-2.5">
      <div className="grid min-w-0 flex-1 grid-cols-[minmax(0,auto)_auto_minmax(0,auto)_minmax(0,1fr)] items-center gap-4">
        <Side label={t("side.source")} database={source} connections={connections} />
        <ArrowRight aria-label={t("compare.header.to")} className="size-4 text-muted-foreground" />
        <Side label={t("side.target")} database={target} connections={connections} />
        <div className="flex min-w-0 flex-wrap items-center justify-end gap-x-1 gap-y-0.5 text-muted-foreground text-xs">
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
          <span
            className="whitespace-nowrap px-1.5 tabular-nums"
            title={t("compare.header.took", { seconds: seconds.format(comparison.seconds) })}
          >
            {time.format(new Date(at))}
          </span>
        </div>
      </div>
      <div className="flex shrink-0 gap-2">
        <Button variant="outline" size="sm" onClick={onChange}>
          <SlidersHorizontal aria-hidden />
          {t("compare.header.change")}
        </Button>
        <Button variant="outline" size="sm" disabled={busy} onClick={onAgain}>
          <RefreshCw aria-hidden />
          {t("compare.header.again")}
        </Button>
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
  const environment =
    connections.find(({ id }) => id === database.connectionId)?.environment ??
    (database.production ? "production" : "");
  return (
    <div className="min-w-0" title={database.address}>
      <div className="flex items-center gap-1.5">
        <span className="shrink-0 text-muted-foreground text-xs">{label}</span>
        <span className="truncate font-semibold">{database.name}</span>
        <EnvironmentBadge environment={environment} />
      </div>
      <div className="flex min-w-0 gap-1.5 text-muted-foreground text-xs">
        <span className="truncate font-mono">{database.database}</span>
        <span className="shrink-0">
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
        <Button variant="ghost" size="sm" className="h-6 px-1.5 font-normal">
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
