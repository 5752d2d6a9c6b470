import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { ResizablePanes } from "@/components/ui/resizable";
import { compareAgain, goToDifference, type Passwords, setFilter } from "@/features/compare/actions";
import { FailurePanel } from "@/features/compare/components/failure-panel";
import { BottomBar } from "@/features/compare/components/result/bottom-bar";
import { Identical } from "@/features/compare/components/result/identical";
import { RenamePanel } from "@/features/compare/components/result/rename-panel";
import { ResultHeader } from "@/features/compare/components/result/result-header";
import { RunStrip, StaleStrip } from "@/features/compare/components/result/run-strip";
import { SidePane } from "@/features/compare/components/result/side-pane";
import { TreePane } from "@/features/compare/components/result/tree-pane";
import { patch, type Result, useCompare } from "@/features/compare/store";
import { useConnections } from "@/features/connections/api/connections";
import { usePaneSize } from "@/lib/preferences";
import { useShortcuts } from "@/lib/shortcuts/use-shortcuts";
import { cn } from "@/lib/utils";

/** What a comparison found: the tree, the detail beside it, and the way on to the SQL. */
export function ResultPage({ result }: { result: Result }) {
  const { t } = useTranslation();
  const { run, failure } = useCompare();
  const connections = useConnections().data ?? [];
  const { comparison } = result;
  const identicalShown = result.filter.states.includes("identical");

  // The other side may ask for its password next: what was given so far is given again.
  const given = useRef<Passwords>({});
  const again = () => {
    given.current = {};
    compareAgain(connections);
  };
  const retry = (password?: string) => {
    const side = failure?.side;
    if (side && password !== undefined) {
      given.current = { ...given.current, [side]: password };
    }
    compareAgain(connections, given.current);
  };
  const review = () => patch({ stage: "review" });
  const canReview = result.ticks.count > 0 && !result.stale;
  useShortcuts([
    {
      id: "result.setup",
      label: t("compare.header.change"),
      group: "compare",
      keys: "esc",
      run: () => patch({ stage: "setup" }),
    },
    {
      id: "result.again",
      label: t("compare.header.again"),
      group: "compare",
      keys: "f5",
      run: () => again(),
      enabled: !run,
    },
    {
      id: "result.review",
      label: t("compare.bar.review"),
      group: "result",
      keys: "mod+enter",
      run: review,
      enabled: canReview,
    },
  ]);

  return (
    <div className="flex h-full min-h-0 flex-col">
      <ResultHeader
        comparison={comparison}
        connections={connections}
        busy={run !== undefined}
        onChange={() => patch({ stage: "setup" })}
        onAgain={() => again()}
      />
      {run && <RunStrip run={run} />}
      {!run && failure && (
        <div className="border-b p-3">
          <FailurePanel
            failure={failure}
            name={(failure.side === "target" ? comparison.target : comparison.source).name}
            onRetry={retry}
          />
        </div>
      )}
      {!run && result.stale && <StaleStrip onAgain={() => again()} />}
      {!result.stale && <RenamePanel renames={comparison.renames} busy={result.answering ?? false} />}
      {comparison.equal && !identicalShown ? (
        <div className={cn("min-h-0 flex-1", result.stale && "saturate-50")}>
          <Identical
            comparison={comparison}
            onShow={comparison.counts.identical > 0 ? () => setFilter({ states: ["identical"] }) : undefined}
            onAgain={() => again()}
          />
        </div>
      ) : (
        <>
          <Panes result={result} />
          <BottomBar result={result} canReview={canReview} onReview={review} />
        </>
      )}
    </div>
  );
}

function Panes({ result }: { result: Result }) {
  const { t } = useTranslation();
  const [size, setSize] = usePaneSize("pane.differences", 38);
  const box = useRef<HTMLDivElement>(null);
  const filterInput = useRef<HTMLInputElement>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  const focusTree = () => box.current?.querySelector<HTMLElement>("[role=treegrid]")?.focus();

  useEffect(() => {
    box.current?.querySelector<HTMLElement>("[role=treegrid]")?.focus();
  }, []);
  const step = (by: 1 | -1) => () => {
    goToDifference(by);
  };
  const group = "result" as const;
  useShortcuts([
    { id: "result.next", label: t("compare.shortcut.next"), group, keys: "f7", run: step(1) },
    { id: "result.previous", label: t("compare.shortcut.previous"), group, keys: "shift+f7", run: step(-1) },
    {
      id: "result.filter",
      label: t("compare.shortcut.filter"),
      group,
      keys: "mod+f",
      run: () => {
        filterInput.current?.focus();
        filterInput.current?.select();
      },
    },
    { id: "result.move", label: t("compare.shortcut.move"), group, keys: ["up", "down"], palette: false },
    { id: "result.fold", label: t("compare.shortcut.fold"), group, keys: ["left", "right"], palette: false },
    { id: "result.tick", label: t("compare.shortcut.tick"), group, keys: "space", palette: false },
    { id: "result.open", label: t("compare.shortcut.open"), group, keys: "enter", palette: false },
  ]);

  return (
    <div ref={box} className={cn("min-h-0 flex-1", result.stale && "saturate-50")}>
      <ResizablePanes
        label={t("compare.tree.border")}
        size={size}
        onSizeChange={setSize}
        min={22}
        max={70}
        first={
          <TreePane
            result={result}
            filterInput={filterInput}
            onEnter={() => heading.current?.focus()}
            onLeaveFilter={focusTree}
          />
        }
        second={
          // biome-ignore lint/a11y/noStaticElementInteractions: Escape leads back to the tree from anywhere in the detail
          <div
            className="h-full"
            onKeyDown={(event) => {
              if (event.key === "Escape" && !event.defaultPrevented) {
                event.preventDefault();
                focusTree();
              }
            }}
          >
            <SidePane result={result} heading={heading} />
          </div>
        }
      />
    </div>
  );
}
