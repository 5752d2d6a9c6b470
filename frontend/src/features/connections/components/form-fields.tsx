import { type ReactNode, useId } from "react";
import { type FieldError, type FieldPath, get, useFormContext, useFormState } from "react-hook-form";
import { useTranslation } from "react-i18next";
import { Checkbox } from "@/components/ui/checkbox";
import { Input } from "@/components/ui/input";
import { Label } from "@/components/ui/label";
import { useProblemText } from "@/features/connections/components/use-problem-text";
import type { ConnectionForm } from "@/features/connections/model/form";
import { cn } from "@/lib/utils";

export type FieldName = FieldPath<ConnectionForm>;

/** Names and descriptions that tie a field's parts together. */
export function useField(name: FieldName) {
  const id = useId();
  const { control } = useFormContext<ConnectionForm>();
  const { errors } = useFormState({ control, name });
  const message = useProblemText((get(errors, name) as FieldError | undefined)?.message);
  return {
    id,
    message,
    aria: {
      id,
      "aria-invalid": message !== undefined,
      "aria-describedby": `${id}-note`,
    },
  };
}

/** Label, field, and below it what is wrong or worth knowing. */
export function Field({
  id,
  label,
  message,
  hint,
  children,
  className,
}: {
  id: string;
  label: ReactNode;
  message?: string;
  hint?: ReactNode;
  children: ReactNode;
  className?: string;
}) {
  return (
    <div className={cn("flex min-w-0 flex-col gap-1", className)}>
      <Label htmlFor={id}>{label}</Label>
      {children}
      <p
        id={`${id}-note`}
        className={cn("text-xs empty:hidden", message ? "text-destructive" : "text-muted-foreground")}
      >
        {message ?? hint}
      </p>
    </div>
  );
}

/** A field of one line. */
export function TextField({
  name,
  label,
  hint,
  placeholder,
  className,
  mono = false,
  numeric = false,
}: {
  name: FieldName;
  label: string;
  hint?: ReactNode;
  placeholder?: string;
  className?: string;
  mono?: boolean;
  numeric?: boolean;
}) {
  const { register } = useFormContext<ConnectionForm>();
  const { id, message, aria } = useField(name);
  return (
    <Field id={id} label={label} message={message} hint={hint} className={className}>
      <Input
        {...aria}
        {...register(name)}
        placeholder={placeholder}
        inputMode={numeric ? "numeric" : undefined}
        className={cn(mono && "font-mono text-xs")}
      />
    </Field>
  );
}

/** A yes or no, with what it means. */
export function CheckField({ name, label, hint }: { name: FieldName; label: string; hint?: string }) {
  const { watch, setValue } = useFormContext<ConnectionForm>();
  const id = useId();
  return (
    <div className="flex items-start gap-2">
      <Checkbox
        id={id}
        checked={watch(name) === true}
        onCheckedChange={(checked) => setValue(name, checked === true, { shouldDirty: true })}
        aria-describedby={hint ? `${id}-note` : undefined}
        className="mt-0.5"
      />
      <div className="min-w-0">
        <Label htmlFor={id} className="font-normal text-sm">
          {label}
        </Label>
        {hint && (
          <p id={`${id}-note`} className="text-muted-foreground text-xs">
            {hint}
          </p>
        )}
      </div>
    </div>
  );
}

/** What a tab says at its top when its subject does not concern this kind of database. */
export function TabNote({ children }: { children: ReactNode }) {
  const { t } = useTranslation();
  return (
    <p role="note" aria-label={t("connections.note")} className="py-8 text-center text-muted-foreground">
      {children}
    </p>
  );
}
