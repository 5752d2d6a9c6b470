import "@/components/sql-code.css";
import { FoldVertical, WrapText } from "lucide-react";
import { type ReactNode, useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { Hint } from "@/components/ui/tooltip";
import {
  type Definition,
  showDefinition,
  showDifference,
} from "@/features/compare/components/result/definition-editor";
import type { Comparison, Database, Detail } from "@/lib/backend/client";
import { usePreference } from "@/lib/preferences";
import { cn } from "@/lib/utils";

const switches = ["on", "off"] as const;

function useSwitch(name: string, usual: (typeof switches)[number]) {
  const [value, set] = usePreference(name, switches, usual);
  return [value === "on", () => set(value === "on" ? "off" : "on")] as const;
}

/** The definitions of an object side by side: source left, target right. */
export function Definitions({ comparison, detail }: { comparison: Comparison; detail: Detail }) {
  const { t } = useTranslation();
  const host = useRef<HTMLDivElement>(null);
  const [wrap, toggleWrap] = useSwitch("definition.wrap", "off");
  const [fold, toggleFold] = useSwitch("definition.fold", "on");
  const { sourceSql, targetSql, name } = detail;
  const { source, target } = comparison;
  const one = sourceSql === "" ? "target" : targetSql === "" ? "source" : undefined;
  const sourceLabel = t("compare.detail.definitionOf", { side: t("side.source"), name: source.name });
  const targetLabel = t("compare.detail.definitionOf", { side: t("side.target"), name: target.name });
  const unchangedLines = t("compare.detail.unchangedLines", { lines: "$" });

  useEffect(() => {
    if (!host.current || (sourceSql === "" && targetSql === "")) {
      return;
    }
    const words = { unchangedLines };
    const a: Definition = { text: sourceSql, flavor: source.flavor, label: sourceLabel };
    const b: Definition = { text: targetSql, flavor: target.flavor, label: targetLabel };
    return one
      ? showDefinition(host.current, one === "source" ? a : b, wrap, words)
      : showDifference(host.current, a, b, name, { wrap, fold, words });
  }, [
    one,
    sourceSql,
    targetSql,
    name,
    source.flavor,
    target.flavor,
    sourceLabel,
    targetLabel,
    unchangedLines,
    wrap,
    fold,
  ]);

  if (sourceSql === "" && targetSql === "") {
    return <p className="p-4 text-muted-foreground">{t("compare.detail.noDefinition")}</p>;
  }
  const missing = one && (
    <div className="flex min-w-0 items-center justify-center p-6">
      <p className="max-w-64 text-balance text-center text-muted-foreground">
        {t(one === "source" ? "compare.detail.notInTarget" : "compare.detail.notInSource")}
      </p>
    </div>
  );
  return (
    <section aria-label={t("compare.detail.definitions")} className="flex h-full min-h-0 flex-col">
      <div className="grid h-8 shrink-0 grid-cols-2 border-b bg-muted/50 text-xs">
        <SideLabel side={t("side.source")} database={source} />
        <SideLabel side={t("side.target")} database={target}>
          <Toggle pressed={wrap} onPress={toggleWrap} label={t("compare.detail.wrap")}>
            <WrapText aria-hidden className="size-3.5" />
          </Toggle>
          <Toggle pressed={fold} onPress={toggleFold} label={t("compare.detail.fold")}>
            <FoldVertical aria-hidden className="size-3.5" />
          </Toggle>
        </SideLabel>
      </div>
      <div
        className={cn(
          "relative min-h-0 flex-1 select-text bg-card",
          one && "grid grid-cols-2 divide-x",
          !one && "before:absolute before:inset-y-0 before:left-1/2 before:w-px before:bg-border",
        )}
      >
        {one === "target" && missing}
        <div key={one ?? "both"} ref={host} className="h-full min-h-0 min-w-0 overflow-hidden" />
        {one === "source" && missing}
      </div>
    </section>
  );
}

function SideLabel({ side, database, children }: { side: string; database: Database; children?: ReactNode }) {
  return (
    <div className="flex min-w-0 items-center gap-1.5 pr-1.5 pl-3 not-first:border-l">
      <span className="shrink-0 text-muted-foreground">{side}</span>
      <span className="truncate font-medium">{database.name}</span>
      <span className="truncate text-muted-foreground">
        {database.flavor} {database.version}
      </span>
      <span className="ml-auto flex shrink-0">{children}</span>
    </div>
  );
}

function Toggle({
  pressed,
  onPress,
  label,
  children,
}: {
  pressed: boolean;
  onPress: () => void;
  label: string;
  children: ReactNode;
}) {
  return (
    <Hint label={label}>
      <button
        type="button"
        aria-label={label}
        aria-pressed={pressed}
        onClick={onPress}
        className={cn(
          "inline-flex size-6 items-center justify-center rounded-[4px] text-muted-foreground outline-none hover:bg-accent hover:text-foreground focus-visible:ring-2 focus-visible:ring-ring",
          pressed && "bg-accent text-foreground",
        )}
      >
        {children}
      </button>
    </Hint>
  );
}
