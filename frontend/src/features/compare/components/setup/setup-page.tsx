import { ArrowLeftRight, ArrowRight } from "lucide-react";
import { useRef } from "react";
import { useTranslation } from "react-i18next";
import { swapSides, useNavigation } from "@/app/navigation";
import { Button } from "@/components/ui/button";
import { Kbd } from "@/components/ui/kbd";
import { Hint } from "@/components/ui/tooltip";
import { type Passwords, startComparison } from "@/features/compare/actions";
import { FailurePanel } from "@/features/compare/components/failure-panel";
import { ProgressPanel } from "@/features/compare/components/progress-panel";
import { ConnectionField } from "@/features/compare/components/setup/connection-field";
import { OptionsForm } from "@/features/compare/components/setup/options-form";
import { PresetMenu } from "@/features/compare/components/setup/preset-menu";
import { checkChoice, globProblem, hasSchemas, translates } from "@/features/compare/model/choice";
import { patch, useCompare } from "@/features/compare/store";
import { useConnections } from "@/features/connections/api/connections";
import { keyLabels } from "@/lib/shortcuts/keys";
import { useShortcuts } from "@/lib/shortcuts/use-shortcuts";

/** Where source, target and what to look at are chosen, and where the way to the result is watched. */
export function SetupPage() {
  const { t } = useTranslation();
  const { sourceId, targetId } = useNavigation();
  const { options, preset, run, failure, result } = useCompare();
  const connections = useConnections().data ?? [];
  const given = useRef<Passwords>({});
  const byId = (id: string) => connections.find((connection) => connection.id === id);
  const source = byId(sourceId);
  const target = byId(targetId);
  const problems = checkChoice(connections, sourceId, targetId);
  const globsWork = [...options.include, ...options.exclude].every((glob) => !globProblem(glob));
  const ready = !problems.source && !problems.target && globsWork && !run;
  const busy = run !== undefined;

  const start = () => {
    given.current = {};
    void startComparison(connections);
  };
  const retry = (password?: string) => {
    const side = failure?.side;
    if (side && password !== undefined) {
      given.current = { ...given.current, [side]: password };
    }
    void startComparison(connections, given.current);
  };
  const swap = () => {
    swapSides();
    patch({
      options: { ...options, sourceSchemas: options.targetSchemas, targetSchemas: options.sourceSchemas },
      failure: undefined,
    });
  };
  useShortcuts([
    {
      id: "compare.start",
      label: t("compare.setup.start"),
      group: "compare",
      keys: "mod+enter",
      run: start,
      enabled: ready,
    },
    { id: "compare.swap", label: t("compare.setup.swap"), group: "compare", run: swap, enabled: !busy },
  ]);

  return (
    <div className="flex h-full min-h-0 flex-col">
      <div className="min-h-0 flex-1 overflow-y-auto">
        <div className="mx-auto flex max-w-4xl flex-col gap-5 px-8 py-7">
          <header className="flex items-start gap-4">
            <div className="min-w-0 flex-1">
              <h1 className="font-semibold text-lg leading-7">{t("compare.setup.title")}</h1>
              <p className="text-muted-foreground">{t("compare.setup.intro")}</p>
            </div>
            {result && (
              <Button variant="outline" size="sm" onClick={() => patch({ stage: "result" })}>
                {t("compare.setup.showResult")}
                <ArrowRight aria-hidden />
              </Button>
            )}
          </header>
          <div className="grid grid-cols-[minmax(0,1fr)_auto_minmax(0,1fr)] items-start gap-3">
            <ConnectionField
              side="source"
              connections={connections}
              chosenId={sourceId}
              otherId={targetId}
              problem={problems.source}
              disabled={busy}
            />
            <Hint label={t("compare.setup.swap")}>
              <Button
                variant="ghost"
                size="icon"
                className="mt-9.5"
                aria-label={t("compare.setup.swap")}
                disabled={busy || (sourceId === "" && targetId === "")}
                onClick={swap}
              >
                <ArrowLeftRight aria-hidden />
              </Button>
            </Hint>
            <ConnectionField
              side="target"
              connections={connections}
              chosenId={targetId}
              otherId={sourceId}
              problem={problems.target}
              disabled={busy}
            />
          </div>
          {run && <ProgressPanel run={run} connections={connections} />}
          {failure && !run && (
            <FailurePanel
              failure={failure}
              name={(failure.side === "target" ? target : source)?.name ?? ""}
              onRetry={retry}
            />
          )}
          <section aria-labelledby="compare-options" className="rounded-lg border bg-card">
            <div className="flex items-center gap-3 border-b px-4 py-2">
              <h2 id="compare-options" className="font-medium">
                {t("compare.setup.options")}
              </h2>
              <div className="ml-auto">
                <PresetMenu preset={preset} options={options} disabled={busy} />
              </div>
            </div>
            <div className="p-4">
              <OptionsForm
                options={options}
                onChange={(next) => patch({ options: next })}
                translated={translates(source, target)}
                schemas={{ source: hasSchemas(source), target: hasSchemas(target) }}
                disabled={busy}
              />
            </div>
          </section>
        </div>
      </div>
      <footer className="flex h-12 shrink-0 items-center gap-2.5 border-t bg-card px-4">
        <p className="min-w-0 flex-1 truncate text-muted-foreground text-xs">
          {t("compare.setup.readsOnly")}
        </p>
        <span aria-hidden className="flex gap-1">
          {keyLabels("mod+enter").map((key) => (
            <Kbd key={key}>{key}</Kbd>
          ))}
        </span>
        <Button disabled={!ready} onClick={start}>
          {t("compare.setup.start")}
        </Button>
      </footer>
    </div>
  );
}
