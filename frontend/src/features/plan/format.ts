import type { TFunction } from "i18next";

/** A size in the unit that a person reads: bytes, KB, MB. */
export function formatBytes(t: TFunction, bytes: number): string {
  if (bytes < 1000) {
    return t("plan.bytes.b", { value: bytes });
  }
  if (bytes < 999_500) {
    return t("plan.bytes.kb", { value: rounded(bytes / 1000) });
  }
  return t("plan.bytes.mb", { value: rounded(bytes / 1_000_000) });
}

/** Two digits at least: 3.4, 34, 340. */
function rounded(value: number): number {
  return value < 9.95 ? Math.round(value * 10) / 10 : Math.round(value);
}
