import { type FormEvent, useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { Alert, AlertDescription, AlertTitle } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { Input } from "@/components/ui/input";
import { Label } from "@/components/ui/label";
import type { Failure } from "@/lib/backend/failure";

/** Codes after which a password helps. */
const passwordCodes = ["auth_failed", "secret_missing"];

/**
 * Why a comparison failed, on which side, and what to do. Where a password helps, it is asked for here, used once, and
 * forgotten.
 */
export function FailurePanel({
  failure,
  name,
  onRetry,
}: {
  failure: Failure;
  /** The connection of the side that failed. */
  name: string;
  onRetry: (password?: string) => void;
}) {
  const { t, i18n } = useTranslation();
  const known = i18n.exists(`errors.${failure.code}.title`) ? failure.code : "unknown";
  const title = t(`errors.${known}.title` as "errors.unknown.title");
  const { side } = failure;
  const askPassword = side !== "" && passwordCodes.includes(failure.code);
  return (
    <Alert variant={failure.code === "secret_missing" ? "info" : "destructive"} role="alert">
      <AlertTitle>
        {side === ""
          ? title
          : t(side === "source" ? "compare.failure.source" : "compare.failure.target", { name, title })}
      </AlertTitle>
      <AlertDescription>{t(`errors.${known}.hint` as "errors.unknown.hint")}</AlertDescription>
      <p className="mt-1 select-text whitespace-pre-wrap break-words font-mono text-xs">{failure.message}</p>
      <div className="mt-2">
        {askPassword ? (
          <PasswordForm key={`${side}${failure.message}`} name={name} onSubmit={onRetry} />
        ) : (
          <Button variant="outline" size="sm" onClick={() => onRetry()}>
            {t("action.retry")}
          </Button>
        )}
      </div>
    </Alert>
  );
}

function PasswordForm({ name, onSubmit }: { name: string; onSubmit: (password: string) => void }) {
  const { t } = useTranslation();
  const id = useId();
  const [password, setPassword] = useState("");
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onSubmit(password);
  };
  return (
    <form onSubmit={submit} className="flex flex-col gap-1.5">
      <Label htmlFor={id}>{t("compare.failure.password", { name })}</Label>
      <div className="flex items-center gap-2">
        <Input
          id={id}
          type="password"
          autoFocus
          value={password}
          onChange={(event) => setPassword(event.target.value)}
          className="max-w-72"
        />
        <Button type="submit">{t("compare.failure.retry")}</Button>
      </div>
      <p className="text-muted-foreground text-xs">{t("compare.failure.passwordHint")}</p>
    </form>
  );
}
