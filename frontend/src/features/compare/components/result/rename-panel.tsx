import { ArrowRight, ChevronRight, PencilLine } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Spinner } from "@/components/ui/spinner";
import { answerRenames } from "@/features/compare/actions";
import { KindIcon } from "@/features/compare/components/kind-icon";
import { kindWord } from "@/features/compare/model/words";
import type { Rename } from "@/lib/backend/client";
import { cn } from "@/lib/utils";

/** So many are listed; the rest comes up as these are answered. */
const listed = 100;

/**
 * Asks about drops and creates that may be one thing under another name, and shows what was answered. Only an answer
 * renames anything.
 */
export function RenamePanel({ renames, busy }: { renames: readonly Rename[]; busy: boolean }) {
  const { t, i18n } = useTranslation();
  const open = renames.filter(({ answer }) => answer === "open");
  const answered = renames.filter(({ answer }) => answer !== "open");
  const [unfolded, setUnfolded] = useState<boolean>();
  if (renames.length === 0) {
    return null;
  }
  const shown = unfolded ?? open.length > 0;
  const number = new Intl.NumberFormat(i18n.language);
  const list = [...open, ...answered];
  return (
    <section aria-label={t("compare.rename.title")} className="shrink-0 border-b bg-info/8">
      <div className="flex items-center gap-2 px-4 py-1.5">
        <button
          type="button"
          aria-expanded={shown}
          onClick={() => setUnfolded(!shown)}
          className="flex min-w-0 flex-1 items-center gap-2 rounded-[4px] text-left outline-none focus-visible:ring-2 focus-visible:ring-ring"
        >
          <ChevronRight
            aria-hidden
            className={cn("size-3.5 shrink-0 transition-transform", shown && "rotate-90")}
          />
          <PencilLine aria-hidden className="size-4 shrink-0 text-info" />
          <span className="shrink-0 font-medium">
            {open.length > 0
              ? t("compare.rename.open", { count: open.length, formatted: number.format(open.length) })
              : t("compare.rename.answered", {
                  count: answered.length,
                  formatted: number.format(answered.length),
                })}
          </span>
          <span className="truncate text-muted-foreground text-xs">{t("compare.rename.hint")}</span>
        </button>
        {busy && <Spinner className="text-info" />}
        {open.length > 1 && (
          <Button
            variant="outline"
            size="sm"
            disabled={busy}
            onClick={() => answerRenames(t, open, "confirmed")}
          >
            {t("compare.rename.all")}
          </Button>
        )}
      </div>
      {shown && (
        <ul className="max-h-44 overflow-y-auto pb-1.5">
          {list.slice(0, listed).map((rename) => (
            <Line key={rename.text} rename={rename} busy={busy} />
          ))}
          {list.length > listed && (
            <li className="px-4 py-1 pl-10 text-muted-foreground text-xs">
              {t("compare.rename.more", {
                count: list.length - listed,
                formatted: number.format(list.length - listed),
              })}
            </li>
          )}
        </ul>
      )}
    </section>
  );
}

function Line({ rename, busy }: { rename: Rename; busy: boolean }) {
  const { t, i18n } = useTranslation();
  const { kind, schema, table, name, member, to, confidence, answer } = rename;
  const above = [schema, table, member === "" ? "" : name].filter((part) => part !== "");
  const was = member === "" ? name : member;
  const percent = new Intl.NumberFormat(i18n.language, { style: "percent" });
  const label = t("compare.rename.label", { from: [...above, was].join("."), to });
  return (
    <li aria-label={label} className="flex min-h-8 items-center gap-2 px-4 pl-10">
      <KindIcon kind={kind} />
      <span className="flex min-w-0 items-center gap-1.5" title={`${kindWord(t, kind)} ${label}`}>
        <span className="truncate">
          {above.length > 0 && <span className="text-muted-foreground">{above.join(".")}.</span>}
          <span className={cn(answer === "confirmed" && "line-through decoration-muted-foreground/60")}>
            {was}
          </span>
        </span>
        <ArrowRight aria-hidden className="size-3.5 shrink-0 text-muted-foreground" />
        <span className="truncate font-medium">{to}</span>
      </span>
      {confidence > 0 && answer === "open" && (
        <Badge variant="outline" title={t("compare.rename.confidenceHint")}>
          {t("compare.rename.confidence", { percent: percent.format(confidence) })}
        </Badge>
      )}
      <span className="ml-auto flex shrink-0 items-center gap-1.5">
        {answer === "open" ? (
          <>
            <Button
              variant="outline"
              size="sm"
              disabled={busy}
              onClick={() => answerRenames(t, [rename], "confirmed")}
            >
              {t("compare.rename.confirm")}
            </Button>
            <Button
              variant="ghost"
              size="sm"
              disabled={busy}
              onClick={() => answerRenames(t, [rename], "refused")}
            >
              {t("compare.rename.refuse")}
            </Button>
          </>
        ) : (
          <>
            <span className="text-muted-foreground text-xs">
              {t(answer === "confirmed" ? "compare.rename.confirmed" : "compare.rename.refused")}
            </span>
            <Button
              variant="ghost"
              size="sm"
              disabled={busy}
              onClick={() => answerRenames(t, [rename], "open")}
            >
              {t("compare.rename.undo")}
            </Button>
          </>
        )}
      </span>
    </li>
  );
}
