import { ChevronDown, ChevronUp, MousePointerClick } from "lucide-react";
import type { ReactNode, RefObject } from "react";
import { useTranslation } from "react-i18next";
import { Alert, AlertDescription, AlertTitle } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Skeleton } from "@/components/ui/skeleton";
import { Hint } from "@/components/ui/tooltip";
import { goToDifference } from "@/features/compare/actions";
import { useDetail, useNotes } from "@/features/compare/api/queries";
import { KindIcon } from "@/features/compare/components/kind-icon";
import { NoteLine } from "@/features/compare/components/notes/note-line";
import { Definitions } from "@/features/compare/components/result/definitions";
import { FieldsTable } from "@/features/compare/components/result/fields-table";
import { HazardList } from "@/features/compare/components/result/hazard-list";
import { StateBadge } from "@/features/compare/components/state-sign";
import { notesOn, withoutBlocked } from "@/features/compare/model/notes";
import { kindOf, nameOf, pathOf, stateOf } from "@/features/compare/model/rows";
import { nextDifference, rowOf } from "@/features/compare/model/tree";
import { kindWord } from "@/features/compare/model/words";
import { filteredOf, type Result } from "@/features/compare/store";
import type { Detail, Note } from "@/lib/backend/client";
import { toFailure } from "@/lib/backend/failure";
import { cn } from "@/lib/utils";

/** Everything about the line that is chosen in the tree. */
export function DetailPane({
  result,
  heading,
}: {
  result: Result;
  heading: RefObject<HTMLHeadingElement | null>;
}) {
  const { t } = useTranslation();
  if (result.item === undefined) {
    return (
      <EmptyState icon={MousePointerClick} title={t("compare.detail.nothing")}>
        {t("compare.detail.nothingHint")}
      </EmptyState>
    );
  }
  return <RowDetail result={result} row={rowOf(result.item)} heading={heading} />;
}

function RowDetail({
  result,
  row,
  heading,
}: {
  result: Result;
  row: number;
  heading: RefObject<HTMLHeadingElement | null>;
}) {
  const { t } = useTranslation();
  const { rows, comparison } = result;
  const query = useDetail(comparison.id, row);
  const detail = query.data;
  const notes = useNotes(comparison).data ?? [];
  const kind = kindOf(rows, row);
  const name = nameOf(rows, row);
  const above = pathOf(rows, row).slice(0, -name.length);
  return (
    <article aria-label={t("compare.detail.label")} className="flex h-full min-h-0 flex-col bg-card">
      <header className="flex h-11 shrink-0 items-center gap-2.5 border-b px-4">
        <KindIcon kind={kind} className="size-4" />
        <h2 ref={heading} tabIndex={-1} className="flex min-w-0 items-baseline gap-2 outline-none">
          <span className="select-text truncate" title={above + name}>
            <span className="text-muted-foreground">{above}</span>
            <span className="font-semibold">{name}</span>
          </span>
          <span className="shrink-0 text-muted-foreground text-xs">{kindWord(t, kind)}</span>
        </h2>
        <StateBadge state={stateOf(rows, row)} />
        <Steps result={result} row={row} />
      </header>
      {query.isError ? (
        <div className="p-4">
          <Alert variant="destructive" role="alert">
            <AlertTitle>{t("compare.detail.failed")}</AlertTitle>
            <AlertDescription className="select-text break-words font-mono text-xs">
              {toFailure(query.error).message}
            </AlertDescription>
            <div className="mt-2">
              <Button variant="outline" size="sm" onClick={() => void query.refetch()}>
                {t("action.retry")}
              </Button>
            </div>
          </Alert>
        </div>
      ) : detail ? (
        <div
          aria-busy={query.isPlaceholderData}
          className={cn(
            "flex min-h-0 flex-1 flex-col",
            query.isPlaceholderData && "opacity-55 transition-opacity delay-200",
          )}
        >
          <Facts detail={detail} notes={notesOn(notes, row)} />
          <div className="min-h-40 flex-1">
            <Definitions comparison={comparison} detail={detail} />
          </div>
        </div>
      ) : (
        <div className="flex flex-col gap-3 p-4">
          <Skeleton className="h-5 w-2/3" />
          <Skeleton className="h-5 w-1/2" />
          <Skeleton className="mt-4 h-48 w-full" />
        </div>
      )}
    </article>
  );
}

function Steps({ result, row }: { result: Result; row: number }) {
  const { t } = useTranslation();
  const filtered = filteredOf(result);
  const has = (step: 1 | -1) => nextDifference(result.rows, filtered, row, step) !== undefined;
  return (
    <div className="ml-auto flex shrink-0">
      <Hint label={`${t("compare.shortcut.previous")} (Shift+F7)`}>
        <Button
          variant="ghost"
          size="icon-sm"
          aria-label={t("compare.shortcut.previous")}
          aria-disabled={!has(-1)}
          onClick={() => goToDifference(-1)}
        >
          <ChevronUp aria-hidden />
        </Button>
      </Hint>
      <Hint label={`${t("compare.shortcut.next")} (F7)`}>
        <Button
          variant="ghost"
          size="icon-sm"
          aria-label={t("compare.shortcut.next")}
          aria-disabled={!has(1)}
          onClick={() => goToDifference(1)}
        >
          <ChevronDown aria-hidden />
        </Button>
      </Hint>
    </div>
  );
}

/** Hazards, what the model cannot express, and the properties that differ. Nothing where there is nothing to say. */
function Facts({ detail, notes }: { detail: Detail; notes: readonly Note[] }) {
  const { t } = useTranslation();
  const { hazards, unmodelledTarget, state, kind } = detail;
  const unmodelledSource = withoutBlocked(detail.unmodelledSource, notes);
  // The definition as a whole stands below, side by side.
  const fields = detail.fields.filter(({ name }) => name !== "definition");
  const unmodelled = unmodelledSource.length + unmodelledTarget.length > 0;
  const explained = state === "contains" || state === "identical";
  if (hazards.length + fields.length + notes.length === 0 && !unmodelled && !explained) {
    return null;
  }
  return (
    <div className="flex max-h-[55%] shrink-0 flex-col gap-4 overflow-y-auto border-b px-4 py-3">
      {explained && (
        <p className="text-muted-foreground">
          {t(state === "contains" ? "compare.detail.contains" : "compare.detail.identical")}
        </p>
      )}
      {hazards.length > 0 && (
        <Part title={t("compare.detail.hazards")}>
          <HazardList hazards={hazards} />
        </Part>
      )}
      {notes.length > 0 && (
        <Part title={t("notes.detail")}>
          <ul className="flex flex-col gap-1.5">
            {notes.map((note) => (
              <li key={JSON.stringify([note.table, note.name, note.code, note.args])}>
                <NoteLine note={note} named={note.name !== detail.name} />
              </li>
            ))}
          </ul>
        </Part>
      )}
      {unmodelled && (
        <Part title={t("compare.detail.unmodelled")}>
          <p className="text-muted-foreground text-xs">{t("compare.detail.unmodelledHint")}</p>
          <div className="mt-1.5 grid grid-cols-2 gap-4">
            <Unmodelled side={t("side.source")} facts={unmodelledSource} />
            <Unmodelled side={t("side.target")} facts={unmodelledTarget} />
          </div>
        </Part>
      )}
      {fields.length > 0 && (
        <Part title={t("compare.detail.fields")}>
          <FieldsTable kind={kind} fields={fields} />
        </Part>
      )}
    </div>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section>
      <h3 className="mb-1 font-medium text-xs">{title}</h3>
      {children}
    </section>
  );
}

function Unmodelled({ side, facts }: { side: string; facts: readonly string[] }) {
  const { t } = useTranslation();
  return (
    <div className="min-w-0">
      <p className="text-muted-foreground text-xs">{side}</p>
      {facts.length === 0 && <p className="text-muted-foreground">{t("compare.detail.none")}</p>}
      {facts.map((fact) => (
        <p key={fact} className="select-text whitespace-pre-wrap break-words font-mono text-xs leading-5">
          {fact}
        </p>
      ))}
    </div>
  );
}
