import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "@/components/ui/button";
import { ObjectLabel } from "@/features/plan/components/object-label";
import { byCause, fullName } from "@/features/plan/model";
import type { LeftOut, Pulled } from "@/lib/backend/client";

const reasons = ["depends_on", "dependents", "name", "steps_aside", "rows"] as const;

/** What came in although nobody ticked it, and why. */
export function PulledSection({ pulled }: { pulled: readonly Pulled[] }) {
  const { t } = useTranslation();
  if (pulled.length === 0) {
    return null;
  }
  return (
    <section className="flex flex-col gap-1.5">
      <SectionTitle title={t("plan.pulled.title")} count={pulled.length} />
      <p className="text-muted-foreground text-xs">{t("plan.pulled.text")}</p>
      <Some
        items={pulled}
        show={(item) => {
          const code = reasons.find((known) => known === item.reason) ?? "other";
          return (
            <Entry key={`${item.object.kind} ${fullName(item.object)}`}>
              <ObjectLabel object={item.object} />
              <span className="break-words text-muted-foreground text-xs">
                {t(`plan.pulled.reason.${code}`, { object: fullName(item.for) })}
              </span>
            </Entry>
          );
        }}
      />
    </section>
  );
}

/** What was ticked but cannot run, because of what, and how to let it in. */
export function LeftOutSection({ leftOut }: { leftOut: readonly LeftOut[] }) {
  const { t } = useTranslation();
  if (leftOut.length === 0) {
    return null;
  }
  return (
    <section className="flex flex-col gap-1.5">
      <SectionTitle title={t("plan.leftOut.title")} count={leftOut.length} />
      <p className="text-muted-foreground text-xs">{t("plan.leftOut.text")}</p>
      {byCause(leftOut).map(({ because, objects }) => (
        <div
          key={`${because.kind} ${fullName(because)}`}
          className="rounded-md border border-warning/35 bg-warning/8 p-2.5"
        >
          <Some
            items={objects}
            show={(object) => (
              <Entry key={`${object.kind} ${fullName(object)}`}>
                <ObjectLabel object={object} />
              </Entry>
            )}
          />
          <p className="mt-1.5 break-words text-xs">
            {t("plan.leftOut.because", { object: fullName(because) })}
          </p>
          <p className="mt-0.5 break-words text-muted-foreground text-xs">
            {t("plan.leftOut.hint", { object: fullName(because) })}
          </p>
        </div>
      ))}
    </section>
  );
}

function SectionTitle({ title, count }: { title: string; count: number }) {
  return (
    <h2 className="flex items-baseline justify-between gap-2 font-medium">
      {title}
      <span className="font-normal text-muted-foreground text-xs tabular-nums">{count}</span>
    </h2>
  );
}

function Entry({ children }: { children: ReactNode }) {
  return <li className="flex min-w-0 flex-col">{children}</li>;
}

/** How many are shown at first, and at most: nobody reads more here. */
const few = 5;
const most = 200;

function Some<Item>({ items, show }: { items: readonly Item[]; show: (item: Item) => ReactNode }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const shown = items.slice(0, open ? most : few);
  return (
    <>
      <ul className="flex flex-col gap-1.5">{shown.map(show)}</ul>
      {open && items.length > most && (
        <p className="text-muted-foreground text-xs">{t("plan.more", { count: items.length - most })}</p>
      )}
      {items.length > few && (
        <Button
          variant="link"
          size="link"
          className="h-6 w-fit text-xs"
          aria-expanded={open}
          onClick={() => setOpen(!open)}
        >
          {open ? t("plan.showLess") : t("plan.showAll", { count: items.length })}
        </Button>
      )}
    </>
  );
}
