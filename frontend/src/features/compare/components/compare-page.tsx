import { useQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import { chooseSide, currentNavigation } from "@/app/navigation";
import { lastChoiceQuery, useConnections } from "@/features/compare/api/queries";
import { ResultPage } from "@/features/compare/components/result/result-page";
import { SetupPage } from "@/features/compare/components/setup/setup-page";
import { initialOptions, sameOptions } from "@/features/compare/model/choice";
import { compareState, patch, useCompare } from "@/features/compare/store";

/** From choosing source and target to the verified result. */
export function ComparePage() {
  const { stage, result } = useCompare();
  useLastChoice();
  if (stage === "setup" || !result) {
    return <SetupPage />;
  }
  return <ResultPage key={result.comparison.id} result={result} />;
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
