import { FolderOpen } from "lucide-react";
import type { ReactNode } from "react";
import { useFormContext } from "react-hook-form";
import { useTranslation } from "react-i18next";
import { useFailureToast } from "@/components/failure-alert";
import { Button } from "@/components/ui/button";
import { Input } from "@/components/ui/input";
import { Field, type FieldName, useField } from "@/features/connections/components/form-fields";
import type { ConnectionForm } from "@/features/connections/model/form";
import { connections } from "@/lib/backend/client";

/** A path: typed, or picked in the system's own dialog. */
export function FileField({
  name,
  label,
  hint,
  placeholder,
}: {
  name: FieldName;
  label: string;
  hint?: ReactNode;
  placeholder?: string;
}) {
  const { t } = useTranslation();
  const { register, setValue } = useFormContext<ConnectionForm>();
  const { id, message, aria } = useField(name);
  const failed = useFailureToast();
  const pick = () =>
    connections.pickFile(label).then((path) => {
      if (path !== "") {
        setValue(name, path, { shouldDirty: true, shouldValidate: true });
      }
    }, failed);
  return (
    <Field id={id} label={label} message={message} hint={hint}>
      <div className="flex gap-2">
        <Input {...aria} {...register(name)} placeholder={placeholder} className="font-mono text-xs" />
        <Button
          variant="outline"
          onClick={() => void pick()}
          aria-label={t("connections.browseFor", { label })}
        >
          <FolderOpen aria-hidden />
          {t("action.browse")}
        </Button>
      </div>
    </Field>
  );
}
