import { useState } from "react";
import { useTranslation } from "react-i18next";
import { FailureAlert } from "@/components/failure-alert";
import { Button } from "@/components/ui/button";
import { Skeleton } from "@/components/ui/skeleton";
import { ToggleGroup, ToggleGroupItem } from "@/components/ui/toggle-group";
import { compareWithRules, showRow } from "@/features/compare/actions";
import { useNotes } from "@/features/compare/api/queries";
import { NoteLine, NoteSign } from "@/features/compare/components/notes/note-line";
import { RuleList } from "@/features/compare/components/notes/rule-list";
import { type NoteSeverity, noteName, severities, severityOf, sorted } from "@/features/compare/model/notes";
import { kindWord } from "@/features/compare/model/words";
import { type Result, useCompare } from "@/features/compare/store";
import { useConnections } from "@/features/connections/api/connections";
import type { Note } from "@/lib/backend/client";
import { useFormat } from "@/lib/i18n/format";

/** As many as a person reads at a time. */
const page = 200;

/** All notes of the comparison, and the rules for types that are in force. */
export function NotesPane({ result: { comparison } }: { result: Result }) {
  const { t } = useTranslation();
  const { number } = useFormat();
  const { run } = useCompare();
  const connections = useConnections().data ?? [];
  const query = useNotes(comparison);
  const [chosen, setChosen] = useState<NoteSeverity | "all">("all");
  const [limit, setLimit] = useState(page);
  const { noted, translated } = comparison;
  const all = noted.blocked + noted.lossy + noted.info;
  const notes = sorted(query.data ?? []).filter((note) => chosen === "all" || severityOf(note) === chosen);
  return (
    <section aria-label={t("notes.title")} className="flex h-full min-h-0 flex-col">
      {translated && (
        <div className="shrink-0 border-b px-4 py-3">
          <RuleList
            rules={comparison.options.map}
            disabled={run !== undefined}
            onChange={(map) => compareWithRules(connections, map)}
          />
        </div>
      )}
      {all > 0 && (
        <div className="flex shrink-0 flex-wrap items-center gap-x-3 gap-y-1 border-b px-4 py-2">
          <ToggleGroup
            type="single"
            aria-label={t("notes.filter")}
            value={chosen}
            onValueChange={(value) => setChosen((value || "all") as NoteSeverity | "all")}
          >
            <ToggleGroupItem value="all">
              {t("notes.all")} <span className="tabular-nums">{number(all)}</span>
            </ToggleGroupItem>
            {severities.map((severity) => (
              <ToggleGroupItem key={severity} value={severity} disabled={noted[severity] === 0}>
                <NoteSign severity={severity} />
                {t(`notes.severity.${severity}`)}{" "}
                <span className="tabular-nums">{number(noted[severity])}</span>
              </ToggleGroupItem>
            ))}
          </ToggleGroup>
          {chosen !== "all" && (
            <p className="text-muted-foreground text-xs">{t(`notes.severityHint.${chosen}`)}</p>
          )}
        </div>
      )}
      <div className="min-h-0 flex-1 overflow-y-auto px-4 py-2">
        {query.isError && <FailureAlert error={query.error} />}
        {query.isLoading && <Skeleton className="h-24 w-full" />}
        {all === 0 && <p className="py-6 text-center text-muted-foreground">{t("notes.none")}</p>}
        <ul aria-label={t("notes.tab")} className="flex flex-col divide-y">
          {notes.slice(0, limit).map((note) => (
            <NoteItem key={JSON.stringify([note.kind, noteName(note), note.code, note.args])} note={note} />
          ))}
        </ul>
        {notes.length > limit && (
          <Button variant="ghost" size="sm" onClick={() => setLimit(limit + page)}>
            {t("notes.more", { count: notes.length - limit, formatted: number(notes.length - limit) })}
          </Button>
        )}
      </div>
    </section>
  );
}

function NoteItem({ note }: { note: Note }) {
  const { t } = useTranslation();
  const name = noteName(note);
  return (
    <li className="flex flex-col gap-0.5 py-2">
      <p className="flex min-w-0 items-baseline gap-2">
        {note.row >= 0 ? (
          <button
            type="button"
            aria-label={t("notes.jump", { name })}
            onClick={() => showRow(note.row)}
            className="min-w-0 truncate rounded-sm text-left font-mono text-primary text-xs outline-none hover:underline focus-visible:ring-2 focus-visible:ring-ring"
          >
            {name}
          </button>
        ) : (
          <span className="min-w-0 select-text truncate font-mono text-xs">{name}</span>
        )}
        <span className="shrink-0 text-muted-foreground text-xs">{kindWord(t, note.kind)}</span>
        {note.source !== name && note.source !== "" && (
          <span className="min-w-0 truncate text-muted-foreground text-xs">
            {t("notes.inSource", { name: note.source })}
          </span>
        )}
      </p>
      <NoteLine note={note} />
    </li>
  );
}
