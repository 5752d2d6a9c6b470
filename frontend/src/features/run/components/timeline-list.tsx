import { useVirtualizer } from "@tanstack/react-virtual";
import { ArrowDownToLine } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "@/components/ui/button";
import { useStatements } from "@/features/plan/store";
import { TimelineRow } from "@/features/run/components/timeline-row";
import type { Timeline } from "@/features/run/timeline";
import type { Plan } from "@/lib/backend/client";

const rowHeight = 30;

/** So many statements are fetched before they are looked at: small ones run by the hundred in a second. */
const ahead = 400;

/** Keys that move a list. */
const moving = new Set(["ArrowUp", "ArrowDown", "PageUp", "PageDown", "Home", "End", " "]);

/**
 * The statements as they run. The list follows the running one until the person scrolls, and again when they ask for
 * it; at the end it shows the one that failed.
 */
export function TimelineList({
  plan,
  timeline,
  running,
}: {
  plan: Plan;
  timeline: Timeline;
  running: boolean;
}) {
  const { t } = useTranslation();
  const statements = useStatements(plan);
  const scroller = useRef<HTMLDivElement>(null);
  const [following, setFollowing] = useState(true);
  const virtualizer = useVirtualizer({
    count: plan.statements,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 10,
  });
  const items = virtualizer.getVirtualItems();
  const first = items[0]?.index ?? 0;
  const last = items.at(-1)?.index ?? 0;
  useEffect(() => statements.want(first, last + ahead), [statements, first, last]);
  const { current } = timeline;
  useEffect(() => {
    if (following && current >= 0) {
      virtualizer.scrollToIndex(current, { align: "center" });
    }
  }, [following, current, virtualizer]);
  const leave = () => setFollowing(false);
  const failed = timeline.states[current] === "failed";

  return (
    <div className="relative flex min-h-0 flex-1 flex-col">
      {/* biome-ignore lint/a11y/noStaticElementInteractions: only notices that the person scrolls */}
      <div
        ref={scroller}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reachable by keyboard
        tabIndex={0}
        className="min-h-0 flex-1 overflow-y-auto bg-card outline-none focus-visible:ring-2 focus-visible:ring-ring focus-visible:ring-inset"
        onWheel={leave}
        onPointerDown={leave}
        onTouchMove={leave}
        onKeyDown={(event) => moving.has(event.key) && leave()}
      >
        <ol
          aria-label={t("run.timeline.label")}
          className="relative"
          style={{ height: virtualizer.getTotalSize() }}
        >
          {items.map(({ index, start }) => (
            <li
              key={index}
              aria-posinset={index + 1}
              aria-setsize={plan.statements}
              className="absolute top-0 left-0 w-full"
              style={{ transform: `translateY(${start}px)`, height: rowHeight }}
            >
              <TimelineRow
                number={index + 1}
                statement={statements.get(index)}
                state={timeline.states[index] ?? "waiting"}
                millis={timeline.millis[index] ?? null}
              />
            </li>
          ))}
        </ol>
      </div>
      {!following && current >= 0 && (running || failed) && (
        <Button
          variant="outline"
          size="sm"
          className="absolute right-5 bottom-4 shadow-popover"
          onClick={() => setFollowing(true)}
        >
          <ArrowDownToLine aria-hidden />
          {running ? t("run.timeline.follow") : t("run.timeline.failed")}
        </Button>
      )}
    </div>
  );
}
