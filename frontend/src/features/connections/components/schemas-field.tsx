import { X } from "lucide-react";
import { useState } from "react";
import { useFormContext } from "react-hook-form";
import { useTranslation } from "react-i18next";
import { Badge } from "@/components/ui/badge";
import { Field, useField } from "@/features/connections/components/form-fields";
import type { ConnectionForm } from "@/features/connections/model/form";

/** The schemas to compare, one after the other; none means all. */
export function SchemasField() {
  const { t } = useTranslation();
  const { watch, setValue } = useFormContext<ConnectionForm>();
  const { id, message, aria } = useField("schemas");
  const [typed, setTyped] = useState("");
  const schemas = watch("schemas");
  const set = (next: string[]) => setValue("schemas", next, { shouldDirty: true });
  const add = () => {
    const names = typed
      .split(",")
      .map((name) => name.trim())
      .filter((name) => name !== "");
    if (names.length > 0) {
      set([...new Set([...schemas, ...names])]);
    }
    setTyped("");
  };
  return (
    <Field
      id={id}
      label={t("connections.field.schemas")}
      message={message}
      hint={t("connections.hint.schemas")}
    >
      <div className="flex min-h-8 flex-wrap items-center gap-1 rounded-md border border-input bg-card px-1.5 py-1 focus-within:border-ring focus-within:ring-1 focus-within:ring-ring">
        {schemas.map((name) => (
          <Badge key={name} variant="secondary" className="h-5 gap-0.5 pr-0.5 font-mono">
            {name}
            <button
              type="button"
              aria-label={t("connections.removeSchema", { name })}
              onClick={() => set(schemas.filter((other) => other !== name))}
              className="inline-flex size-4 items-center justify-center rounded-sm outline-none hover:text-foreground focus-visible:ring-2 focus-visible:ring-ring"
            >
              <X aria-hidden />
            </button>
          </Badge>
        ))}
        <input
          {...aria}
          autoComplete="off"
          spellCheck={false}
          placeholder={schemas.length === 0 ? t("connections.allSchemas") : undefined}
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
          onBlur={add}
          onKeyDown={(event) => {
            if ((event.key === "Enter" || event.key === ",") && typed.trim() !== "") {
              event.preventDefault();
              add();
            } else if (event.key === "Backspace" && typed === "" && schemas.length > 0) {
              set(schemas.slice(0, -1));
            }
          }}
          className="h-5.5 min-w-24 flex-1 bg-transparent px-1 font-mono text-xs outline-none placeholder:font-sans placeholder:text-muted-foreground"
        />
      </div>
    </Field>
  );
}
