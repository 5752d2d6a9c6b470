import type { TFunction } from "i18next";
import { toast } from "@/components/ui/toast";
import { actionSign, fullName, isAction } from "@/features/plan/model";
import { statementsOf } from "@/features/plan/store";
import { formatDuration } from "@/features/run/format";
import { failureOf, resultOf } from "@/features/run/outcome";
import type { Run } from "@/features/run/store";
import { copyText, plans, type Statement } from "@/lib/backend/client";
import { toFailure } from "@/lib/backend/failure";

/** How many statements are asked for at once. */
const batch = 1000;

/** Everything about an execution as text, to keep or to send to somebody. */
export function runLog(t: TFunction, run: Run, statements: readonly Statement[], language: string): string {
  const { source, target } = run.comparison;
  const failure = failureOf(run);
  const lines = [
    `${t("run.log.source")}: ${source.name} (${source.address}, ${source.flavor} ${source.version})`,
    `${t("run.log.target")}: ${target.name} (${target.address}, ${target.flavor} ${target.version})`,
    `${t("run.log.started")}: ${new Date(run.began).toLocaleString(language)}`,
    `${t("run.log.duration")}: ${formatDuration(t, (run.ended ?? run.began) - run.began)}`,
    `${t("run.log.result")}: ${t(`run.title.${resultOf(run) ?? "running"}`, { name: target.name })}`,
    ...(failure ? [`${t("run.log.message")}: ${failure.message} [${failure.code}]`] : []),
    "",
    ...statements.map(({ index, action, object, sql }) => {
      const state = run.timeline.states[index] ?? "waiting";
      const millis = run.timeline.millis[index] ?? null;
      const time = millis === null ? "" : ` (${formatDuration(t, millis)})`;
      const sign = actionSign(isAction(action) ? action : "alter");
      return `${index + 1}. [${t(`run.timeline.state.${state}`)}]${time} ${sign} ${fullName(object)}\n${sql};\n`;
    }),
  ];
  return lines.join("\n");
}

/** Puts the log on the clipboard. */
export async function copyLog(t: TFunction, run: Run, language: string) {
  try {
    await copyText(runLog(t, run, await allStatements(run), language));
    toast({ title: t("run.actions.logCopied"), variant: "success" });
  } catch (error) {
    toast({
      title: t("run.actions.logFailed"),
      description: toFailure(error).message,
      variant: "destructive",
    });
  }
}

async function allStatements({ plan }: Run): Promise<Statement[]> {
  const cache = statementsOf(plan);
  const all: Statement[] = [];
  while (all.length < plan.statements) {
    const kept = cache.get(all.length);
    const next = kept ? [kept] : await plans.statements(plan.id, all.length, batch);
    if (next.length === 0) {
      break;
    }
    all.push(...next);
  }
  return all;
}
