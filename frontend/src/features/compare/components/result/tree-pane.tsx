import { ChevronsDownUp, ChevronsUpDown, FilterX, ListChecks } from "lucide-react";
import type { RefObject } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "@/components/ui/button";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuTrigger,
} from "@/components/ui/dropdown-menu";
import { EmptyState } from "@/components/ui/empty-state";
import { Hint } from "@/components/ui/tooltip";
import { clearFilter, openAllRows, reachOf, tickMany, tickShown } from "@/features/compare/actions";
import { FilterBar } from "@/features/compare/components/result/filter-bar";
import { TickBox } from "@/features/compare/components/result/tick-box";
import { Tree } from "@/features/compare/components/result/tree";
import { narrows } from "@/features/compare/model/filter";
import { rangeTick } from "@/features/compare/model/ticks";
import { filteredOf, type Result, shownExpansion } from "@/features/compare/store";

/** The tree of differences under its filter. */
export function TreePane({
  result,
  filterInput,
  onEnter,
  onLeaveFilter,
}: {
  result: Result;
  filterInput: RefObject<HTMLInputElement | null>;
  onEnter: () => void;
  onLeaveFilter: () => void;
}) {
  const { t } = useTranslation();
  const { matches } = filteredOf(result);
  return (
    <div className="flex h-full min-h-0 flex-col bg-background">
      <FilterBar result={result} input={filterInput} onLeave={onLeaveFilter} />
      {matches === 0 ? (
        <EmptyState
          icon={FilterX}
          title={t("compare.filter.nothing")}
          actions={
            <Button variant="outline" size="sm" onClick={clearFilter}>
              {t("compare.filter.clear")}
            </Button>
          }
        >
          {t("compare.filter.nothingHint")}
        </EmptyState>
      ) : (
        <>
          <Bar result={result} matches={matches} onDone={onLeaveFilter} />
          <Tree result={result} onEnter={onEnter} />
        </>
      )}
    </div>
  );
}

/** What concerns all lines: their box, how many they are, and folding. */
function Bar({
  result,
  matches,
  onDone,
}: {
  result: Result;
  matches: number;
  /** The person goes on in the tree. */
  onDone: () => void;
}) {
  const { t, i18n } = useTranslation();
  const { rows, ticks, filter } = result;
  const narrowed = narrows(filter);
  const allOpen = shownExpansion(result).open && shownExpansion(result).except.size === 0;
  const formatted = new Intl.NumberFormat(i18n.language).format(matches);
  const tick = rangeTick(rows, ticks, 0, rows.count, reachOf(result));
  return (
    <div className="flex h-8 shrink-0 items-center gap-1 border-b bg-muted/40 pr-1 pl-2.5 text-muted-foreground text-xs">
      <TickBox
        focusable
        tick={tick}
        label={t(narrowed ? "compare.tree.tickShown" : "compare.tree.tickAll")}
        onPress={tickShown}
      />
      <span className="ml-1.5 flex-1 truncate" aria-live="polite">
        {t(narrowed ? "compare.tree.shown" : "compare.tree.all", { count: matches, formatted })}
      </span>
      <DropdownMenu>
        <Hint label={t("compare.tree.ticks")}>
          <DropdownMenuTrigger asChild>
            <Button variant="ghost" size="icon-sm" aria-label={t("compare.tree.ticks")}>
              <ListChecks aria-hidden />
            </Button>
          </DropdownMenuTrigger>
        </Hint>
        <DropdownMenuContent
          align="end"
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            onDone();
          }}
        >
          <DropdownMenuItem onSelect={() => tickMany(true, false)}>
            {t(narrowed ? "compare.tree.safeShown" : "compare.tree.safe")}
          </DropdownMenuItem>
          <DropdownMenuItem onSelect={() => tickMany(true, true)}>
            {t(narrowed ? "compare.tree.everythingShown" : "compare.tree.everything")}
          </DropdownMenuItem>
          <DropdownMenuItem onSelect={() => tickMany(false, true)}>
            {t(narrowed ? "compare.tree.noneShown" : "compare.tree.none")}
          </DropdownMenuItem>
        </DropdownMenuContent>
      </DropdownMenu>
      <Hint label={t(allOpen ? "compare.tree.foldAll" : "compare.tree.unfoldAll")}>
        <Button
          variant="ghost"
          size="icon-sm"
          aria-label={t(allOpen ? "compare.tree.foldAll" : "compare.tree.unfoldAll")}
          onClick={() => openAllRows(!allOpen)}
        >
          {allOpen ? <ChevronsDownUp aria-hidden /> : <ChevronsUpDown aria-hidden />}
        </Button>
      </Hint>
    </div>
  );
}
