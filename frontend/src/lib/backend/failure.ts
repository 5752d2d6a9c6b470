/** An error of the backend: a code to choose words by, and the details in English, often the server's own words. */
export type Failure = { code: string; message: string; side: "" | "source" | "target" };

/** Whatever a call was rejected with, as a Failure. */
export function toFailure(error: unknown): Failure {
  if (typeof error === "object" && error !== null && "code" in error && "message" in error) {
    const { code, message } = error;
    const side = "side" in error && (error.side === "source" || error.side === "target") ? error.side : "";
    return { code: String(code), message: String(message), side };
  }
  return { code: "internal", message: error instanceof Error ? error.message : String(error), side: "" };
}
