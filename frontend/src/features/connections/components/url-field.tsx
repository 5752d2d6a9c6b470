import { ClipboardPaste } from "lucide-react";
import { useState } from "react";
import { useFormContext } from "react-hook-form";
import { useTranslation } from "react-i18next";
import { useFailureWords } from "@/components/failure-alert";
import { Button } from "@/components/ui/button";
import { Input } from "@/components/ui/input";
import { Field } from "@/features/connections/components/form-fields";
import { type ConnectionForm, withAddress } from "@/features/connections/model/form";
import { connections } from "@/lib/backend/client";

/** An address that fills the form, at once when it is pasted. The address itself, which may hold a password, is not kept. */
export function UrlField() {
  const { t } = useTranslation();
  const { getValues, reset } = useFormContext<ConnectionForm>();
  const words = useFailureWords();
  const [typed, setTyped] = useState("");
  const [error, setError] = useState<string>();
  const [filled, setFilled] = useState(false);

  const fill = async (address: string) => {
    if (address.trim() === "") {
      return;
    }
    try {
      const parsed = await connections.parseURL(address);
      reset(withAddress(getValues(), parsed), { keepDefaultValues: true });
      setTyped("");
      setError(undefined);
      setFilled(true);
    } catch (failure) {
      const { title, details } = words(failure);
      setError(`${title} — ${details}`);
      setFilled(false);
    }
  };

  return (
    <Field
      id="connection-url"
      label={t("connections.url.label")}
      message={error}
      hint={filled ? t("connections.url.filled") : t("connections.url.hint")}
    >
      <div className="flex gap-2">
        <Input
          id="connection-url"
          aria-describedby="connection-url-note"
          aria-invalid={error !== undefined}
          value={typed}
          placeholder={t("connections.url.placeholder")}
          onChange={(event) => {
            setTyped(event.target.value);
            setError(undefined);
          }}
          onPaste={(event) => {
            const pasted = event.clipboardData.getData("text");
            if (typed === "" && pasted.includes(":")) {
              event.preventDefault();
              setTyped(pasted.trim());
              void fill(pasted);
            }
          }}
          onKeyDown={(event) => {
            if (event.key === "Enter") {
              event.preventDefault();
              void fill(typed);
            }
          }}
          className="font-mono text-xs"
        />
        <Button variant="outline" disabled={typed.trim() === ""} onClick={() => void fill(typed)}>
          <ClipboardPaste aria-hidden />
          {t("connections.url.fill")}
        </Button>
      </div>
    </Field>
  );
}
