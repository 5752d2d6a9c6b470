import { Check, X } from "lucide-react";
import { useFormContext } from "react-hook-form";
import { useTranslation } from "react-i18next";
import { PasswordInput } from "@/components/password-input";
import { Button } from "@/components/ui/button";
import { Field, useField } from "@/features/connections/components/form-fields";
import type { ConnectionForm } from "@/features/connections/model/form";
import type { SecretName } from "@/features/connections/model/secrets";

/**
 * A password or passphrase. What is saved never comes here: the field says that there is one, and offers to replace or
 * clear it.
 */
export function SecretField({
  name,
  label,
  saved: all,
  hint,
}: {
  name: SecretName;
  label: string;
  /** The names of those that are saved. */
  saved: readonly string[];
  hint?: string;
}) {
  const { t } = useTranslation();
  const { watch, setValue } = useFormContext<ConnectionForm>();
  const saved = all.includes(name);
  const path = `secrets.${name}` as const;
  const { id, message, aria } = useField(path);
  const { action, value } = watch(path);
  const set = (next: { action: string; value: string }) =>
    setValue(path, next, { shouldDirty: true, shouldValidate: message !== undefined });

  if (action === "clear" || (saved && action === "keep")) {
    return (
      <Field id={id} label={label} message={message} hint={hint}>
        <div className="flex h-8 items-center gap-1 rounded-md border border-dashed px-2.5">
          <span {...aria} className="flex min-w-0 flex-1 items-center gap-1.5 truncate text-muted-foreground">
            {action === "clear" ? (
              <X aria-hidden className="size-3.5 text-destructive" />
            ) : (
              <Check aria-hidden className="size-3.5 text-success" />
            )}
            {action === "clear" ? t("connections.secret.cleared") : t("connections.secret.saved")}
          </span>
          {action === "clear" && (
            <Button variant="ghost" size="sm" onClick={() => set({ action: "keep", value: "" })}>
              {t("connections.secret.undo")}
            </Button>
          )}
          <Button variant="ghost" size="sm" onClick={() => set({ action: "set", value: "" })}>
            {t("connections.secret.replace")}
          </Button>
          {action === "keep" && (
            <Button variant="ghost" size="sm" onClick={() => set({ action: "clear", value: "" })}>
              {t("action.clear")}
            </Button>
          )}
        </div>
      </Field>
    );
  }
  return (
    <Field id={id} label={label} message={message} hint={hint}>
      <div className="flex gap-1">
        <PasswordInput
          {...aria}
          value={value}
          // Without a saved one, an empty field means that there is none, not that an empty one is set.
          onValueChange={(typed) =>
            set(typed === "" && !saved ? { action: "keep", value: "" } : { action: "set", value: typed })
          }
        />
        {saved && (
          <Button
            variant="ghost"
            size="sm"
            className="h-8"
            onClick={() => set({ action: "keep", value: "" })}
          >
            {t("action.cancel")}
          </Button>
        )}
      </div>
    </Field>
  );
}
