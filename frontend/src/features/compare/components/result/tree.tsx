import { useVirtualizer } from "@tanstack/react-virtual";
import { type KeyboardEvent, useEffect, useId, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { openRow, select, tickItem } from "@/features/compare/actions";
import { rowHeight, TreeRow } from "@/features/compare/components/result/tree-row";
import { at } from "@/features/compare/model/rows";
import { canOpen, indexOfItem, isGroup, isOpen, isOwnLine, rowOf } from "@/features/compare/model/tree";
import { filteredOf, itemsOf, type Result, shownExpansion } from "@/features/compare/store";
import { cn } from "@/lib/utils";

/**
 * The differences, table by table. The tree has the keyboard as a whole and names the line that it is on: lines come and
 * go while it scrolls.
 */
export function Tree({ result, onEnter }: { result: Result; onEnter: () => void }) {
  const { t } = useTranslation();
  const id = useId();
  const scroller = useRef<HTMLDivElement>(null);
  const [focused, setFocused] = useState(false);
  const { rows, ticks, item } = result;
  const filtered = filteredOf(result);
  const expansion = shownExpansion(result);
  const items = itemsOf(result);
  const index = item === undefined ? -1 : indexOfItem(items, item);
  const virtualizer = useVirtualizer({
    count: items.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 10,
    initialRect: { width: 400, height: 600 },
  });

  // The line that was chosen comes into view, by whatever means it was.
  // biome-ignore lint/correctness/useExhaustiveDependencies: only a new choice scrolls, not every change of the list
  useEffect(() => {
    if (index >= 0) {
      virtualizer.scrollToIndex(index, { align: "auto" });
    }
  }, [item]);

  const go = (to: number) => {
    const next = items[Math.max(0, Math.min(items.length - 1, to))];
    if (next !== undefined) {
      select(next);
    }
  };
  const page = () => Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / rowHeight) - 1);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) {
      return;
    }
    const row = item === undefined ? -1 : rowOf(item);
    const group = item !== undefined && index >= 0 && isGroup(rows, item) && canOpen(rows, filtered, row);
    const open = group && isOpen(expansion, row);
    const actions: Record<string, () => void> = {
      ArrowDown: () => go(index + 1),
      ArrowUp: () => go(index - 1),
      PageDown: () => go(index + page()),
      PageUp: () => go(index - page()),
      Home: () => go(0),
      End: () => go(items.length - 1),
      ArrowRight: () => {
        if (group) {
          open ? go(index + 1) : openRow(row, true);
        }
      },
      ArrowLeft: () => {
        if (open) {
          openRow(row, false);
        } else if (item !== undefined && (isOwnLine(item) || at(rows.parent, row) >= 0)) {
          select(isOwnLine(item) ? row : at(rows.parent, row));
        }
      },
      " ": () => item !== undefined && index >= 0 && tickItem(item),
      Enter: onEnter,
    };
    const action = actions[event.key];
    if (action) {
      event.preventDefault();
      action();
    }
  };

  return (
    <div
      ref={scroller}
      role="treegrid"
      aria-label={t("compare.tree.label")}
      aria-rowcount={items.length}
      aria-multiselectable={false}
      aria-activedescendant={index >= 0 ? `${id}-${item}` : undefined}
      tabIndex={0}
      onKeyDown={onKeyDown}
      onFocus={(event) => setFocused(event.target === event.currentTarget)}
      onBlur={() => setFocused(false)}
      className={cn(
        "@container min-h-0 flex-1 overflow-y-auto outline-none",
        // A line that is chosen shows by itself where the keyboard is.
        index < 0 && "focus-visible:ring-1 focus-visible:ring-ring focus-visible:ring-inset",
      )}
    >
      {/* biome-ignore lint/a11y/useSemanticElements: holds the lines at the height of all of them */}
      <div role="rowgroup" className="relative w-full" style={{ height: virtualizer.getTotalSize() }}>
        {virtualizer.getVirtualItems().map(({ index: at, start }) => {
          const line = items[at] as number;
          return (
            <TreeRow
              key={line}
              id={`${id}-${line}`}
              item={line}
              index={at}
              rows={rows}
              filtered={filtered}
              ticks={ticks}
              open={isOpen(expansion, rowOf(line))}
              selected={line === item}
              focused={focused}
              style={{ transform: `translateY(${start}px)` }}
            />
          );
        })}
      </div>
    </div>
  );
}
