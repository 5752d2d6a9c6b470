import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Alert, AlertDescription, AlertTitle } from "@/components/ui/alert";
import { toast } from "@/components/ui/toast";
import { toFailure } from "@/lib/backend/failure";
import type { Texts } from "@/lib/i18n/languages";

type Code = keyof Texts["errors"];

/** What is said about a failure: its own words if there are any, else those for an unknown one. */
export function useFailureWords() {
  const { t, i18n } = useTranslation();
  return (error: unknown) => {
    const failure = toFailure(error);
    const code = (i18n.exists(`errors.${failure.code}.title`) ? failure.code : "unknown") as Code;
    return { title: t(`errors.${code}.title`), hint: t(`errors.${code}.hint`), details: failure.message };
  };
}

/** Tells in a toast that something failed that has no place of its own on the page. */
export function useFailureToast() {
  const words = useFailureWords();
  return (error: unknown) => {
    const { title, details } = words(error);
    toast({ variant: "destructive", title, description: details });
  };
}

/** A failure where it happened: what it is, what to do, and the details to be selected and copied. */
export function FailureAlert({
  error,
  children,
  className,
}: {
  error: unknown;
  children?: ReactNode;
  className?: string;
}) {
  const { title, hint, details } = useFailureWords()(error);
  return (
    <Alert role="alert" variant="destructive" className={className}>
      <AlertTitle>{title}</AlertTitle>
      <AlertDescription>{hint}</AlertDescription>
      <p className="mt-1 max-h-40 select-text overflow-auto whitespace-pre-wrap break-words font-mono text-muted-foreground text-xs">
        {details}
      </p>
      {children}
    </Alert>
  );
}
