import type { TFunction } from "i18next";

/** A time that passed, as exactly as a person wants it: "12 ms", "1.4 s", "2 min 5 s". */
export function formatDuration(t: TFunction, millis: number): string {
  if (millis < 999.5) {
    return t("run.duration.ms", { value: millis < 9.95 ? Math.round(millis * 10) / 10 : Math.round(millis) });
  }
  if (millis < 59_950) {
    return t("run.duration.s", { value: Math.round(millis / 100) / 10 });
  }
  const seconds = Math.round(millis / 1000);
  return t("run.duration.min", { minutes: Math.floor(seconds / 60), seconds: seconds % 60 });
}
