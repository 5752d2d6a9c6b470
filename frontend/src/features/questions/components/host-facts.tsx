import { Fragment, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { Question } from "@/lib/backend/events";

/** Facts that a person compares, letter by letter, with what somebody else says. */
export function Facts({ facts }: { facts: readonly (readonly [label: string, value: ReactNode])[] }) {
  return (
    <dl className="grid grid-cols-[auto_minmax(0,1fr)] items-baseline gap-x-4 gap-y-1.5 rounded-lg border bg-muted/40 px-3 py-2.5">
      {facts.map(([label, value]) => (
        <Fragment key={label}>
          <dt className="text-muted-foreground text-xs">{label}</dt>
          <dd className="min-w-0 select-text break-all font-mono text-xs">{value}</dd>
        </Fragment>
      ))}
    </dl>
  );
}

/** The host as it was written and, where that says something else, the address behind it. */
export function hostName({ host, address }: Question): string {
  return host === "" || address === host || address.startsWith(`${host}:`) || address.startsWith(`[${host}]:`)
    ? address
    : `${host} (${address})`;
}

/** Which of several hosts on the way this one is. */
export function HopNote({ question: { hop, hops } }: { question: Question }) {
  const { t } = useTranslation();
  return hops > 1 ? (
    <p className="text-muted-foreground text-xs">{t("questions.hop", { hop, hops })}</p>
  ) : null;
}
