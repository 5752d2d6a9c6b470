import { EventsOn } from "../../../wailsjs/runtime/runtime";

/** What the backend reports while something runs, each with the run's id. */
export type Events = {
  /** `total` 0: unknown. */
  "compare:progress": {
    runId: string;
    side: "source" | "target";
    phase: string;
    done: number;
    total: number;
  };
  /** `index` -1: the phase begins; else the statement that begins or, with `done`, has ended. */
  "execute:progress": {
    runId: string;
    phase: "lock" | "check" | "execute" | "verify" | "recover";
    index: number;
    done: boolean;
    millis: number;
  };
  /** The user closes the window while something runs: nothing is closed until the page says so. */
  "window:close": null;
};

/** Listens until the returned function is called. */
export function onEvent<Name extends keyof Events>(
  name: Name,
  listen: (data: Events[Name]) => void,
): () => void {
  return EventsOn(name, listen);
}
