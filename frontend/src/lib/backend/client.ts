/** The only door to Go: no other module imports the generated code in wailsjs. */
import { Build } from "../../../wailsjs/go/api/About";
import * as Comparisons from "../../../wailsjs/go/api/Comparisons";
import * as Connections from "../../../wailsjs/go/api/Connections";
import * as Plans from "../../../wailsjs/go/api/Plans";
import * as Questions from "../../../wailsjs/go/api/Questions";
import * as Samples from "../../../wailsjs/go/api/Samples";
import * as Secrets from "../../../wailsjs/go/api/Secrets";
import * as Settings from "../../../wailsjs/go/api/Settings";
import type { api } from "../../../wailsjs/go/models";
import { ClipboardSetText, EventsEmit } from "../../../wailsjs/runtime/runtime";

export type BuildInfo = api.BuildInfo;
export type TLS = api.TLS;
export type SSH = api.SSH;
export type SecretChange = api.SecretChange;
/** The generator does not see the types of fields in embedded structs. */
type Exact<T> = Omit<T, "tls" | "ssh"> & { tls: TLS; ssh: SSH };
export type Connection = Exact<api.Connection>;
export type ConnectionDraft = Exact<api.ConnectionDraft>;
export type Problem = api.Problem;
export type Saved = { connection: Connection | null; problems: Problem[] };
export type TestReport = api.TestReport;
export type TestStep = api.TestStep;
export type ImportResult = api.ImportResult;
export type SecretStore = api.SecretStore;
export type CompareOptions = api.CompareOptions;
export type CompareRequest = api.CompareRequest;
export type Comparison = api.Comparison;
export type Database = api.Database;
export type Note = api.Note;
export type Notice = api.Notice;
export type Ignored = api.Ignored;
export type Rows = api.Rows;
export type Detail = api.Detail;
export type Rename = api.Rename;
export type Field = api.Field;
export type Hazard = api.Hazard;
export type Plan = api.Plan;
export type ObjectName = api.ObjectName;
export type Pulled = api.Pulled;
export type LeftOut = api.LeftOut;
export type Risk = api.Risk;
export type HazardCount = api.HazardCount;
export type CountRequest = api.CountRequest;
export type RowCount = api.RowCount;
export type Statement = api.Statement;
export type ExecuteRequest = api.ExecuteRequest;
export type Execution = api.Execution;
export type Residual = api.Residual;
export type Preset = api.Preset;
export type LastChoice = api.LastChoice;
export type Answer = api.Answer;

/** The running build. Rejects where there is no backend, as in a plain browser. */
export const fetchBuild = async (): Promise<BuildInfo> => Build();

export const connections = {
  list: async () => (await Connections.List()) as Connection[],
  /** Saves, or tells what is wrong with the draft. */
  save: async (draft: ConnectionDraft) => (await Connections.Save(draft)) as Saved,
  duplicate: async (id: string) => (await Connections.Duplicate(id)) as Connection,
  delete: async (id: string) => Connections.Delete(id),
  validate: async (draft: ConnectionDraft) => Connections.Validate(draft),
  parseURL: async (text: string) => (await Connections.ParseURL(text)) as ConnectionDraft,
  /** Ends with a report even when it fails; `cancelRun(runId)` ends it early. The password is used once. */
  test: async (runId: string, draft: ConnectionDraft, password = "") =>
    Connections.Test(runId, draft, password),
  /** The path that was written, "" when the user cancelled. */
  export: async (title: string) => Connections.Export(title),
  import: async (title: string) => Connections.Import(title),
  pickFile: async (title: string) => Connections.PickFile(title),
};

export const secrets = {
  status: async () => Secrets.Status(),
  choose: async (kind: string, masterPassword: string) => Secrets.Choose(kind, masterPassword),
  unlock: async (masterPassword: string) => Secrets.Unlock(masterPassword),
  changePassword: async (old: string, replacement: string) => Secrets.ChangePassword(old, replacement),
};

export const questions = {
  /** Answers a question of the event "ask"; rejects when nobody waits for it any more. */
  answer: async (id: string, answer: Answer) => Questions.Answer(id, answer),
};

export const settings = {
  all: async () => Settings.All(),
  put: async (key: string, json: string) => Settings.Put(key, json),
  presets: async () => Settings.Presets(),
  savePreset: async (preset: Preset) => Settings.SavePreset(preset),
  deletePreset: async (name: string) => Settings.DeletePreset(name),
  lastChoice: async () => Settings.LastChoice(),
  putLastChoice: async (choice: LastChoice) => Settings.PutLastChoice(choice),
};

export const samples = {
  /** Makes two small databases anew, and connections under these names where there are none. */
  create: async (sourceName: string, targetName: string) => Samples.Create(sourceName, targetName),
  remove: async () => Samples.Remove(),
};

export const comparisons = {
  run: async (request: CompareRequest) => Comparisons.Run(request),
  rows: async (comparisonId: string) => Comparisons.Rows(comparisonId),
  detail: async (comparisonId: string, row: number) => Comparisons.Detail(comparisonId, row),
  /** What is otherwise in the target because its engine, or its version, is another one. */
  notes: async (comparisonId: string) => Comparisons.Notes(comparisonId),
  /** Makes the comparison again with these renames confirmed and these refused, without reading anything. */
  rename: async (comparisonId: string, confirmed: string[], refused: string[]) =>
    Comparisons.Rename(comparisonId, confirmed, refused),
};

export const plans = {
  make: async (comparisonId: string, rows: number[]) => Plans.Make(comparisonId, rows),
  statements: async (planId: string, from: number, count: number) => Plans.Statements(planId, from, count),
  script: async (planId: string) => Plans.Script(planId),
  /** The path that was written, "" when the user cancelled. */
  saveScript: async (planId: string, title: string) => Plans.SaveScript(planId, title),
  /** How many rows of the target a hazard speaks of; `cancelRun(runId)` ends it early. Reads whole tables. */
  countRows: async (request: CountRequest) => Plans.CountRows(request),
  execute: async (request: ExecuteRequest) => Plans.Execute(request),
};

/** Ends a running comparison, execution or test; its promise then rejects or resolves as for any early end. */
export const cancelRun = async (runId: string) => Comparisons.Cancel(runId);

/** A name for a run, chosen by the caller so that its events can be told from others. */
export const newRunId = () => crypto.randomUUID();

/** Puts text on the clipboard; rejects when the system refuses it. */
export async function copyText(text: string): Promise<void> {
  if (!(await ClipboardSetText(text))) {
    throw new Error("the system refused the text for the clipboard");
  }
}

/** Closes the window although something runs, which is broken off. */
export const closeAnyway = () => EventsEmit("window:close-anyway");
