/** The only door to Go: no other module imports the generated code in wailsjs. */
import { Build } from "../../../wailsjs/go/api/About";
import type { api } from "../../../wailsjs/go/models";
import { ClipboardSetText } from "../../../wailsjs/runtime/runtime";

export type BuildInfo = api.BuildInfo;

/** The running build. Rejects where there is no backend, as in a plain browser. */
export async function fetchBuild(): Promise<BuildInfo> {
  return Build();
}

/** Puts text on the clipboard; rejects when the system refuses it. */
export async function copyText(text: string): Promise<void> {
  if (!(await ClipboardSetText(text))) {
    throw new Error("the system refused the text for the clipboard");
  }
}
