import { useCallback, useEffect, useRef, useState } from "react";
import {
  type ConnectionDraft,
  cancelRun,
  connections,
  newRunId,
  type TestReport,
} from "@/lib/backend/client";
import { toFailure } from "@/lib/backend/failure";
import { askPassword, withSecrets } from "@/lib/prompts";

export type TestState =
  | { phase: "idle" }
  | { phase: "running"; began: number }
  | { phase: "done"; report: TestReport }
  | { phase: "failed"; error: unknown };

/** Tests a connection, asks for a password where one is needed and not kept, and can be cancelled. */
export function useConnectionTest() {
  const [state, setState] = useState<TestState>({ phase: "idle" });
  const run = useRef("");

  const cancel = () => {
    if (run.current !== "") {
      void cancelRun(run.current);
      run.current = "";
      setState({ phase: "idle" });
    }
  };
  const start = async (draft: ConnectionDraft) => {
    cancel();
    const id = newRunId();
    run.current = id;
    setState({ phase: "running", began: Date.now() });
    const end = (next: TestState) => {
      if (run.current === id) {
        run.current = "";
        setState(next);
      }
    };
    try {
      end({ phase: "done", report: await testAskingPassword(id, draft) });
    } catch (error) {
      end(error === declined ? { phase: "idle" } : { phase: "failed", error });
    }
  };

  // A test whose outcome nobody waits for is ended.
  useEffect(
    () => () => {
      if (run.current !== "") {
        void cancelRun(run.current);
        run.current = "";
      }
    },
    [],
  );
  /** Forgets an outcome; a test that runs goes on. */
  const clear = useCallback(() => setState((now) => (now.phase === "running" ? now : { phase: "idle" })), []);
  return { state, start, cancel, clear };
}

const declined = Symbol("no password was given");

async function testAskingPassword(id: string, draft: ConnectionDraft): Promise<TestReport> {
  try {
    return await withSecrets(() => connections.test(id, draft));
  } catch (error) {
    if (toFailure(error).code !== "secret_missing") {
      throw error;
    }
    const password = await askPassword(draft.name);
    if (password === null) {
      throw declined;
    }
    return connections.test(id, draft, password);
  }
}
