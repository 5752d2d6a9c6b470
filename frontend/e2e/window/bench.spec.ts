import { test } from "@playwright/test";
import { tour } from "./tour";
import { Window } from "./window";

const runs = 5;
const median = (values: number[]) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

/** How long until the window shows something, and what it keeps in memory. Medians; nothing is asserted. */
test("start to first paint, and memory", async () => {
  const paint: number[] = [];
  const atStart: number[] = [];
  const afterTour: number[] = [];
  for (let run = 0; run < runs; run++) {
    const window = new Window();
    try {
      await window.start();
      const painted = await window.driver.wait(
        () =>
          window.driver.executeScript<number>(
            `const entry = performance.getEntriesByName("first-contentful-paint")[0];
             return entry ? performance.timeOrigin + entry.startTime : 0;`,
          ),
        20_000,
        "the window has painted nothing",
      );
      paint.push(painted - window.startedAt);
      atStart.push(window.memory());
      await tour(window, "en", "light", async () => undefined);
      afterTour.push(window.memory());
    } finally {
      await window.stop();
    }
  }
  console.log(`start to first contentful paint: ${median(paint).toFixed(0)} ms (median of ${runs})`);
  console.log(
    `memory of all its processes: ${median(atStart).toFixed(0)} MB at the start, ${median(afterTour).toFixed(0)} MB after a whole journey (PSS)`,
  );
});
