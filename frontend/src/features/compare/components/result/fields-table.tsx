import { useTranslation } from "react-i18next";
import { fieldWord } from "@/features/compare/model/words";
import type { Field } from "@/lib/backend/client";
import { cn } from "@/lib/utils";

/** The properties that differ, with their values on both sides. */
export function FieldsTable({ kind, fields }: { kind: string; fields: readonly Field[] }) {
  const { t } = useTranslation();
  return (
    <table className="w-full table-fixed border-collapse text-sm">
      <thead>
        <tr className="border-b text-left text-muted-foreground text-xs">
          <th scope="col" className="w-44 py-1.5 pr-3 font-medium">
            {t("compare.detail.property")}
          </th>
          <th scope="col" className="py-1.5 pr-3 font-medium">
            {t("side.source")}
          </th>
          <th scope="col" className="py-1.5 font-medium">
            {t("side.target")}
          </th>
        </tr>
      </thead>
      <tbody>
        {fields.map(({ name, source, target }) => {
          const flag = source === "yes" || target === "yes";
          return (
            <tr key={name} className="border-b align-top last:border-b-0">
              <th scope="row" className="break-words py-1.5 pr-3 text-left font-normal">
                {fieldWord(t, kind, name)}
              </th>
              <Value value={source} flag={flag} tone="create" />
              <Value value={target} flag={flag} tone="drop" />
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

const tones = { create: "bg-create/10", drop: "bg-drop/10" } as const;

/** A flag reads as a word, everything else as the server writes it. */
function Value({ value, flag, tone }: { value: string; flag: boolean; tone: keyof typeof tones }) {
  const { t } = useTranslation();
  const text =
    flag && (value === "yes" || value === "") ? t(value === "yes" ? "objects.yes" : "objects.no") : value;
  return (
    <td className="py-1.5 pr-3">
      {text === "" ? (
        <span className="text-muted-foreground">{t("compare.detail.none")}</span>
      ) : (
        <span
          className={cn(
            "line-clamp-6 w-fit max-w-full select-text whitespace-pre-wrap break-words rounded-[4px] px-1.5",
            !flag && "font-mono text-xs leading-5",
            tones[tone],
          )}
        >
          {text}
        </span>
      )}
    </td>
  );
}
