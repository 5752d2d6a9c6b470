import { useMemo } from "react";
import { useTranslation } from "react-i18next";

/** Numbers and times as the language of the window writes them. */
export function formats(language: string) {
  const number = new Intl.NumberFormat(language);
  const unit = (name: string, digits: number) =>
    new Intl.NumberFormat(language, {
      style: "unit",
      unit: name,
      unitDisplay: "short",
      maximumFractionDigits: digits,
    });
  const second = unit("second", 1);
  const millisecond = [unit("millisecond", 0), unit("millisecond", 1)] as const;
  const and = new Intl.ListFormat(language, { type: "conjunction" });
  const moment = new Intl.DateTimeFormat(language, { dateStyle: "medium", timeStyle: "short" });
  return {
    list: (items: readonly string[]) => and.format(items),
    number: (value: number) => number.format(value),
    seconds: (value: number) => second.format(value),
    /** Short times keep a digit: 0.4 ms. */
    milliseconds: (value: number) => millisecond[value < 10 ? 1 : 0].format(value),
    /** A time as RFC 3339 writes it, in the person's own zone. */
    moment: (rfc3339: string) => moment.format(new Date(rfc3339)),
  };
}

export function useFormat() {
  const { i18n } = useTranslation();
  const { language } = i18n;
  return useMemo(() => formats(language), [language]);
}
