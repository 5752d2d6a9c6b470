import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "@/components/ui/button";
import { fieldWord } from "@/features/compare/model/words";
import { ObjectLabel } from "@/features/plan/components/object-label";
import { fullName } from "@/features/plan/model";
import type { Field, Residual } from "@/lib/backend/client";

const actions = ["create", "drop"] as const;

/** At most so many are listed: comparing again shows all. */
const most = 200;

/** What is not as the plan was to make it; one click opens it. */
export function ResidualList({ residual }: { residual: readonly Residual[] }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  if (residual.length === 0) {
    return null;
  }
  return (
    <div className="flex flex-col gap-2">
      <Button
        variant="outline"
        size="sm"
        className="w-fit"
        aria-expanded={open}
        onClick={() => setOpen(!open)}
      >
        {open ? t("run.residual.hide") : t("run.residual.show", { count: residual.length })}
      </Button>
      {open && (
        <ul className="flex flex-col gap-2">
          {residual.slice(0, most).map((item) => (
            <li
              key={`${item.object.kind} ${fullName(item.object)}`}
              className="rounded-md border bg-card px-3 py-2"
            >
              <p className="flex min-w-0 items-center gap-2">
                <ObjectLabel object={item.object} />
                <span className="text-muted-foreground text-xs">
                  {t(`run.residual.action.${actions.find((known) => known === item.action) ?? "alter"}`)}
                </span>
              </p>
              {item.fields.length > 0 && <Fields item={item} />}
            </li>
          ))}
          {residual.length > most && (
            <li className="text-muted-foreground text-xs">
              {t("plan.more", { count: residual.length - most })}
            </li>
          )}
        </ul>
      )}
    </div>
  );
}

function Fields({ item }: { item: Residual }) {
  const { t } = useTranslation();
  return (
    <table className="mt-1.5 w-full table-fixed text-left text-xs">
      <thead className="text-muted-foreground">
        <tr>
          <th className="w-1/4 py-0.5 pr-3 font-normal">{t("run.residual.field")}</th>
          <th className="py-0.5 pr-3 font-normal">{t("run.residual.goal")}</th>
          <th className="py-0.5 font-normal">{t("run.residual.target")}</th>
        </tr>
      </thead>
      <tbody>
        {item.fields.map((field) => (
          <tr key={field.name} className="border-t align-top">
            <th scope="row" className="break-words py-1 pr-3 font-normal">
              {fieldWord(t, item.object.kind, field.name)}
            </th>
            <Value text={field.source} flag={isFlag(field)} />
            <Value text={field.target} flag={isFlag(field)} />
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** A property that the object has or has not. */
function isFlag({ source, target }: Field): boolean {
  return (source === "yes" || source === "") && (target === "yes" || target === "");
}

function Value({ text, flag }: { text: string; flag: boolean }) {
  const { t } = useTranslation();
  if (flag) {
    return <td className="py-1 pr-3">{t(text === "yes" ? "objects.yes" : "objects.no")}</td>;
  }
  return (
    <td className="py-1 pr-3">
      {text === "" ? (
        <span className="text-muted-foreground">{t("run.residual.absent")}</span>
      ) : (
        <span className="select-text whitespace-pre-wrap break-words font-mono">{text}</span>
      )}
    </td>
  );
}
