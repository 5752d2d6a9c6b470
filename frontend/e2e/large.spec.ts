import { Journey } from "./support/journey";
import { expect, saveConnection, test } from "./support/test";

const tables = 25_000;

/** Tables in many, each with a key, an index and a foreign key to the one before. */
const many = `
DO $$ BEGIN
  FOR i IN 1..${tables} LOOP
    EXECUTE format('CREATE TABLE t_%s (id int PRIMARY KEY, name text, parent int)', i);
    EXECUTE format('CREATE INDEX t_%s_name ON t_%s (name)', i, i);
    IF i > 1 THEN
      EXECUTE format('ALTER TABLE t_%s ADD CONSTRAINT t_%s_fk FOREIGN KEY (parent) REFERENCES t_%s (id)', i, i, i - 1);
    END IF;
    IF i % 500 = 0 THEN COMMIT; END IF;
  END LOOP;
END $$;`;

test(`a result of ${tables} tables stays fluent`, async ({ app, database }, info) => {
  test.setTimeout(400_000);
  const j = new Journey(app, "en");
  await saveConnection(app, "Many", database("postgres17", many));
  await saveConnection(app, "None", database("postgres17", ""));
  await app.reload();
  await j.openCompare();
  await j.choose("source", "Many");
  await j.choose("target", "None");

  const started = Date.now();
  await j.compare();
  await expect(j.row("t_1")).toBeVisible({ timeout: 120_000 });
  const firstRow = Date.now() - started;

  // Only what is on the screen is in the page.
  expect(await j.main.getByRole("row").count()).toBeLessThan(120);

  const filter = j.main.getByRole("searchbox", { name: j.t("compare.filter.text") });
  await filter.fill("t_2499");
  await expect(j.row("t_24990")).toBeVisible();
  await expect(j.row("t_1")).toBeHidden();
  await filter.fill("");
  await expect(j.row("t_1")).toBeVisible();

  // A keystroke: from the input to the frame after the one in which the page has changed.
  const keystrokes = await filter.evaluate(async (element) => {
    const input = element as HTMLInputElement;
    const set = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value")?.set;
    const took: number[] = [];
    for (const text of ["t", "t_", "t_1", "t_12", "t_123", "t_12", "t_1", "t_", "t", ""]) {
      await new Promise((idle) => setTimeout(idle, 300));
      const began = performance.now();
      set?.call(input, text);
      input.dispatchEvent(new Event("input", { bubbles: true }));
      await new Promise((next) => requestAnimationFrame(() => setTimeout(next)));
      took.push(performance.now() - began);
    }
    return took.sort((a, b) => a - b);
  });

  const tree = j.main.getByRole("treegrid");
  const frames = await tree.evaluate(async (element) => {
    const scroller = [element, ...element.querySelectorAll("*")].find(
      (one) => one.scrollHeight > one.clientHeight + 100,
    );
    const box = scroller ?? (element.parentElement as Element);
    const took: number[] = [];
    for (let step = 0; step < 40; step++) {
      const began = performance.now();
      box.scrollTop += box.scrollHeight / 40;
      await new Promise((next) => requestAnimationFrame(() => requestAnimationFrame(next)));
      took.push((performance.now() - began) / 2);
    }
    return took.sort((a, b) => a - b);
  });
  await expect(j.row("t_1")).toBeHidden(); // it has scrolled away
  const memory = await app.evaluate(
    () => (performance as unknown as { memory?: { usedJSHeapSize: number } }).memory?.usedJSHeapSize ?? 0,
  );
  info.annotations.push({
    type: "measured",
    description: `first row after ${firstRow} ms; a keystroke in the filter ${keystrokes[5]?.toFixed(0)} ms (median), ${keystrokes.at(-1)?.toFixed(0)} ms (worst); a frame while scrolling ${frames[20]?.toFixed(0)} ms (median), ${frames.at(-1)?.toFixed(0)} ms (worst); heap ${(memory / 1e6).toFixed(0)} MB`,
  });
  console.log(info.annotations.at(-1)?.description);
});
