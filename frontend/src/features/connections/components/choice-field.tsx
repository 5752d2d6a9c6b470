import type { ReactNode } from "react";
import { useFormContext } from "react-hook-form";
import { Select, SelectContent, SelectItem, SelectTrigger, SelectValue } from "@/components/ui/select";
import { Field, type FieldName, useField } from "@/features/connections/components/form-fields";
import type { ConnectionForm } from "@/features/connections/model/form";

/** A choice from a list. */
export function ChoiceField({
  name,
  label,
  hint,
  options,
  onChange,
  className,
}: {
  name: FieldName;
  label: string;
  hint?: ReactNode;
  options: readonly { value: string; label: ReactNode }[];
  onChange?: (value: string) => void;
  className?: string;
}) {
  const { watch, setValue } = useFormContext<ConnectionForm>();
  const { id, message, aria } = useField(name);
  const choose = (value: string) => {
    setValue(name, value, { shouldDirty: true, shouldValidate: true });
    onChange?.(value);
  };
  return (
    <Field id={id} label={label} message={message} hint={hint} className={className}>
      <Select value={String(watch(name) ?? "")} onValueChange={choose}>
        <SelectTrigger {...aria}>
          <SelectValue />
        </SelectTrigger>
        <SelectContent>
          {options.map((option) => (
            <SelectItem key={option.value} value={option.value}>
              {option.label}
            </SelectItem>
          ))}
        </SelectContent>
      </Select>
    </Field>
  );
}
