import { ArrowRightLeft, Ban, Info, TriangleAlert } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Button } from "@/components/ui/button";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuTrigger,
} from "@/components/ui/dropdown-menu";
import { compareWithRules } from "@/features/compare/actions";
import { withRule } from "@/features/compare/model/choice";
import { type NoteSeverity, noteName, noteSentence, severityOf } from "@/features/compare/model/notes";
import { useCompare } from "@/features/compare/store";
import { useConnections } from "@/features/connections/api/connections";
import type { Note } from "@/lib/backend/client";
import { cn } from "@/lib/utils";

const looks = {
  blocked: { Icon: Ban, tone: "text-destructive" },
  lossy: { Icon: TriangleAlert, tone: "text-warning" },
  info: { Icon: Info, tone: "text-info" },
} as const;

/** Each severity has its own sign, so that colour is never alone. */
export function NoteSign({ severity, className }: { severity: NoteSeverity; className?: string }) {
  const { Icon, tone } = looks[severity];
  return <Icon aria-hidden className={cn("size-3.5 shrink-0", tone, className)} />;
}

/** What the note says, and what else could be made of it. named: the object stands before it. */
export function NoteLine({ note, named = false }: { note: Note; named?: boolean }) {
  const { t } = useTranslation();
  const severity = severityOf(note);
  return (
    <div className="flex min-w-0 items-start gap-2">
      <NoteSign severity={severity} className="mt-1" />
      <p className="min-w-0 flex-1 select-text break-words">
        <span className={cn("font-medium", looks[severity].tone)}>{t(`notes.severity.${severity}`)}</span>
        <span className="text-muted-foreground"> · </span>
        {named && <span className="font-mono text-xs">{note.name} </span>}
        {noteSentence(t, note)}
      </p>
      <Alternatives note={note} />
    </div>
  );
}

/** Other types, for this column or for all of its type. Choosing one compares again with it. */
function Alternatives({ note }: { note: Note }) {
  const { t } = useTranslation();
  const { run, result } = useCompare();
  const connections = useConnections().data ?? [];
  const { alternatives, ruleColumn, ruleType } = note;
  if (alternatives.length === 0 || ruleColumn === "" || !result) {
    return null;
  }
  const rules = result.comparison.options.map;
  // What sets a time when a row changes is no type, and is asked for in other words.
  const touch = note.code === "on_update_trigger" || note.code === "touched_by_trigger";
  const thisColumn = (type: string) =>
    touch ? t(`notes.touch.thisColumn.${type as "trigger"}`) : t("notes.thisColumn", { type });
  const everyColumn = (type: string) =>
    touch
      ? t(`notes.touch.everyColumn.${type as "trigger"}`)
      : t("notes.everyColumn", { from: ruleType, type });
  const choose = (about: string, type: string) => () =>
    compareWithRules(connections, withRule(rules, `${about}=${type}`));
  return (
    <DropdownMenu>
      <DropdownMenuTrigger asChild>
        <Button
          variant="outline"
          size="sm"
          disabled={run !== undefined}
          aria-label={t(touch ? "notes.touch.chooseFor" : "notes.chooseFor", { name: noteName(note) })}
        >
          <ArrowRightLeft aria-hidden />
          {t(touch ? "notes.touch.choose" : "notes.choose")}
        </Button>
      </DropdownMenuTrigger>
      <DropdownMenuContent align="end">
        {alternatives.map((type) => (
          <DropdownMenuItem key={`column ${type}`} onSelect={choose(ruleColumn, type)}>
            {thisColumn(type)}
          </DropdownMenuItem>
        ))}
        {ruleType !== "" &&
          alternatives.map((type) => (
            <DropdownMenuItem key={`type ${type}`} onSelect={choose(ruleType, type)}>
              {everyColumn(type)}
            </DropdownMenuItem>
          ))}
      </DropdownMenuContent>
    </DropdownMenu>
  );
}
