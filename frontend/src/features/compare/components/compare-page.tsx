import { useQuery } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { chooseSide, currentNavigation, useNavigation } from "@/app/navigation";
import { compareAgain, markStale } from "@/features/compare/actions";
import { lastChoiceQuery } from "@/features/compare/api/queries";
import { ResultPage } from "@/features/compare/components/result/result-page";
import { SetupPage } from "@/features/compare/components/setup/setup-page";
import { initialOptions, sameOptions } from "@/features/compare/model/choice";
import { compareState, patch, tickedOf, useCompare } from "@/features/compare/store";
import { useConnections } from "@/features/connections/api/connections";
import { ReviewStage } from "@/features/plan/components/review-stage";
import { ExecuteStage } from "@/features/run/components/execute-stage";

/** From choosing source and target to the verified result. */
export function ComparePage() {
  const { stage, result, plan } = useCompare();
  const connections = useConnections().data ?? [];
  useLastChoice();
  useNewChoice();
  if (stage === "setup" || !result) {
    return <SetupPage />;
  }
  const toResult = () => patch({ stage: "result" });
  if (stage === "review") {
    return (
      <ReviewStage
        comparison={result.comparison}
        ticked={tickedOf(result)}
        onBack={toResult}
        onExecute={(executed) => patch({ stage: "execute", plan: executed })}
      />
    );
  }
  if (stage === "execute" && plan) {
    return (
      <ExecuteStage
        plan={plan}
        comparison={result.comparison}
        onDone={markStale}
        onBack={toResult}
        onCompareAgain={() => compareAgain(connections)}
      />
    );
  }
  return <ResultPage key={result.comparison.id} result={result} />;
}

/** Other sides than those of the result on the screen mean another comparison. */
function useNewChoice() {
  const { sourceId, targetId } = useNavigation();
  const before = useRef(`${sourceId} ${targetId}`);
  useEffect(() => {
    const { stage, result, run } = compareState();
    if (run) {
      return;
    }
    if (before.current !== `${sourceId} ${targetId}`) {
      before.current = `${sourceId} ${targetId}`;
      patch({ failure: undefined });
    }
    if (stage !== "result" || !result) {
      return;
    }
    const { source, target } = result.comparison;
    if (sourceId !== source.connectionId || targetId !== target.connectionId) {
      patch({ stage: "setup" });
    }
  }, [sourceId, targetId]);
}

/** Begins with what was compared last, unless something is chosen already. */
function useLastChoice() {
  const last = useQuery(lastChoiceQuery).data;
  const connections = useConnections().data;
  useEffect(() => {
    const { restored, options } = compareState();
    if (!last || !connections || restored) {
      return;
    }
    patch({ restored: true });
    const { sourceId, targetId } = currentNavigation();
    const exists = (id: string) => connections.some((connection) => connection.id === id);
    if (sourceId === "" && targetId === "") {
      for (const [side, id] of [
        ["source", last.sourceId],
        ["target", last.targetId],
      ] as const) {
        if (id !== "" && exists(id)) {
          chooseSide(side, id);
        }
      }
    }
    if (sameOptions(options, initialOptions) && (last.sourceId !== "" || last.targetId !== "")) {
      patch({ options: last.options });
    }
  }, [last, connections]);
}
