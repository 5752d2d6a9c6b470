import { ChevronRight, CircleHelp, OctagonAlert, TriangleAlert } from "lucide-react";
import type { CSSProperties } from "react";
import { useTranslation } from "react-i18next";
import { openRow, select, tickItem, toggleRow } from "@/features/compare/actions";
import { KindIcon } from "@/features/compare/components/kind-icon";
import { TickBox } from "@/features/compare/components/result/tick-box";
import { StateSign, signOf, toneOf } from "@/features/compare/components/state-sign";
import type { Filtered } from "@/features/compare/model/filter";
import { shown } from "@/features/compare/model/filter";
import {
  at,
  destructive,
  flag,
  kindOf,
  nameOf,
  type Rows,
  schemaOf,
  stateOf,
  states,
} from "@/features/compare/model/rows";
import { ownTick, rangeTick, type Ticks } from "@/features/compare/model/ticks";
import { canOpen, type Item, isGroup, isOwnLine, level, rowOf } from "@/features/compare/model/tree";
import { kindWord } from "@/features/compare/model/words";
import { cn } from "@/lib/utils";

export const rowHeight = 28;

/** One line of the tree. */
export function TreeRow({
  id,
  item,
  index,
  rows,
  filtered,
  ticks,
  open,
  selected,
  focused,
  style,
}: {
  id: string;
  item: Item;
  index: number;
  rows: Rows;
  filtered: Filtered;
  ticks: Ticks;
  open: boolean;
  selected: boolean;
  /** The tree has the keyboard. */
  focused: boolean;
  style: CSSProperties;
}) {
  const { t } = useTranslation();
  const row = rowOf(item);
  const own = isOwnLine(item);
  const depth = level(rows, item);
  const kind = kindOf(rows, row);
  const name = nameOf(rows, row);
  const state = stateOf(rows, row);
  const group = isGroup(rows, item);
  const foldable = group && canOpen(rows, filtered, row);
  const reach = (r: number) => at(filtered.shown, r) === shown.match;
  const tick = group ? rangeTick(rows, ticks, row, at(rows.end, row), reach) : ownTick(rows, ticks, row);
  const schema = depth === 1 && rows.manySchemas ? schemaOf(rows, row) : "";
  const was = rows.was.get(row);
  const label = own ? t("compare.tree.own") : was === undefined ? name : `${was} → ${name}`;

  return (
    // biome-ignore lint/a11y/useSemanticElements lint/a11y/useKeyWithClickEvents lint/a11y/useFocusableInteractive: a line of a grid without a table; the keys are handled by the tree, which has the focus
    <div
      id={id}
      role="row"
      aria-level={depth}
      aria-rowindex={index + 1}
      aria-selected={selected}
      aria-expanded={foldable ? open : undefined}
      onClick={() => select(item)}
      onDoubleClick={() => foldable && toggleRow(row)}
      style={style}
      className={cn(
        "absolute inset-x-0 top-0 flex h-7 items-center gap-1.5 pr-2 pl-2.5",
        selected ? "bg-selected" : "hover:bg-accent/60",
        selected && focused && "shadow-[inset_2px_0_0_var(--ring)]",
        at(filtered.shown, row) === shown.context && "text-muted-foreground",
      )}
    >
      {/* biome-ignore lint/a11y/useSemanticElements lint/a11y/useFocusableInteractive: cells of a grid without a table */}
      <div role="gridcell" className="flex items-center">
        <TickBox
          tick={tick}
          label={t("compare.tree.tick", { name: label })}
          danger={!group && destructive(rows, row)}
          onPress={() => tickItem(item)}
        />
      </div>
      {/* biome-ignore lint/a11y/useSemanticElements lint/a11y/useFocusableInteractive: cells of a grid without a table */}
      <div role="gridcell" className={cn("flex min-w-0 flex-1 items-center gap-1.5", depth === 2 && "pl-10")}>
        {foldable ? (
          <button
            type="button"
            tabIndex={-1}
            aria-label={t(open ? "compare.tree.fold" : "compare.tree.unfold", { name })}
            onMouseDown={(event) => event.preventDefault()}
            onClick={(event) => {
              event.stopPropagation();
              openRow(row, !open);
            }}
            className="-mx-0.5 inline-flex size-5 shrink-0 items-center justify-center rounded-[4px] text-muted-foreground hover:bg-accent hover:text-foreground"
          >
            <ChevronRight aria-hidden className={cn("size-3.5 transition-transform", open && "rotate-90")} />
          </button>
        ) : (
          depth === 1 && <span className="-mx-0.5 size-5 shrink-0" />
        )}
        <StateSign state={state} />
        <KindIcon kind={kind} />
        <span className={cn("truncate", own && "italic")} title={name}>
          {schema !== "" && <span className="text-muted-foreground">{schema}.</span>}
          {label}
        </span>
        {!open && group && <Under rows={rows} row={row} filtered={filtered} />}
        <Marks rows={rows} row={row} />
        <span
          className={cn(
            "sr-only shrink-[999] truncate text-right text-muted-foreground text-xs",
            !open && group
              ? "@sm:not-sr-only @sm:ml-auto @sm:truncate @sm:pl-2"
              : "@xs:not-sr-only @xs:ml-auto @xs:truncate @xs:pl-2",
          )}
        >
          {kindWord(t, kind)}
        </span>
      </div>
    </div>
  );
}

/** What is worth a warning about the row itself. */
function Marks({ rows, row }: { rows: Rows; row: number }) {
  const { t } = useTranslation();
  const flags = at(rows.flags, row);
  return (
    <span className="flex shrink-0 items-center gap-1">
      {(flags & flag.destructive) !== 0 ? (
        <span title={t("compare.mark.destructive")} className="text-destructive">
          <OctagonAlert aria-hidden className="size-3.5" />
          <span className="sr-only">{t("compare.mark.destructive")}</span>
        </span>
      ) : (
        (flags & flag.hazard) !== 0 && (
          <span title={t("compare.mark.hazard")} className="text-warning">
            <TriangleAlert aria-hidden className="size-3.5" />
            <span className="sr-only">{t("compare.mark.hazard")}</span>
          </span>
        )
      )}
      {(flags & flag.unmodelled) !== 0 && (
        <span title={t("compare.mark.unmodelled")} className="text-info">
          <CircleHelp aria-hidden className="size-3.5" />
          <span className="sr-only">{t("compare.mark.unmodelled")}</span>
        </span>
      )}
    </span>
  );
}

/** How many changes of each sort a folded table holds. */
function Under({ rows, row, filtered }: { rows: Rows; row: number; filtered: Filtered }) {
  const { t } = useTranslation();
  const counts = new Map<number, number>();
  for (let child = row + 1; child < at(rows.end, row); child++) {
    if (at(filtered.shown, child) === shown.match) {
      const state = at(rows.state, child);
      counts.set(state, (counts.get(state) ?? 0) + 1);
    }
  }
  return (
    <span className="flex shrink-0 items-center gap-1">
      {states.map((state, number) => {
        const count = counts.get(number);
        return (
          count && (
            <span
              key={state}
              className={cn("rounded-[4px] px-1 font-medium text-2xs tabular-nums", toneOf(state))}
            >
              <span aria-hidden>{signOf(state)}</span>
              {count}
              <span className="sr-only"> {t(`compare.state.${state}`)}</span>
            </span>
          )
        );
      })}
    </span>
  );
}
