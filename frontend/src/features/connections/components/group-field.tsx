import { useFormContext } from "react-hook-form";
import { useTranslation } from "react-i18next";
import { Input } from "@/components/ui/input";
import { useConnections } from "@/features/connections/api/connections";
import { Field, useField } from "@/features/connections/components/form-fields";
import type { ConnectionForm } from "@/features/connections/model/form";

/** Any text; the groups that there are already are offered. */
export function GroupField() {
  const { t } = useTranslation();
  const { register } = useFormContext<ConnectionForm>();
  const { id, message, aria } = useField("group");
  const { data = [] } = useConnections();
  const groups = [...new Set(data.map(({ group }) => group).filter((group) => group !== ""))].sort();
  return (
    <Field id={id} label={t("connections.field.group")} message={message}>
      <Input
        {...aria}
        {...register("group")}
        list={`${id}-groups`}
        placeholder={t("connections.placeholder.group")}
      />
      <datalist id={`${id}-groups`}>
        {groups.map((group) => (
          <option key={group} value={group} />
        ))}
      </datalist>
    </Field>
  );
}
