import { ShieldQuestion } from "lucide-react";
import { useTranslation } from "react-i18next";
import {
  AlertDialog,
  AlertDialogBody,
  AlertDialogCancel,
  AlertDialogContent,
  AlertDialogDescription,
  AlertDialogFooter,
  AlertDialogHeader,
  AlertDialogTitle,
} from "@/components/ui/alert-dialog";
import { Button } from "@/components/ui/button";
import { Facts, HopNote, hostName } from "@/features/questions/components/host-facts";
import type { QuestionProps } from "@/features/questions/components/question-host";
import { declined } from "@/features/questions/store";

/** The key of a host that nothing is known of. Whoever only presses Enter or Esc does not trust it. */
export function HostKeyQuestion({ question, onAnswer }: QuestionProps) {
  const { t } = useTranslation();
  const trust = (how: "once" | "save") => () => onAnswer({ trust: how, values: [] });
  const facts = [
    [t("questions.hostKey.host"), hostName(question)],
    [t("questions.hostKey.type"), question.keyType],
    [t("questions.hostKey.fingerprint"), question.fingerprint],
  ] as const;
  return (
    <AlertDialog open onOpenChange={(open) => open || onAnswer(declined)}>
      <AlertDialogContent className="max-w-lg">
        <AlertDialogHeader className="flex-row items-start gap-3 pr-5">
          <ShieldQuestion aria-hidden className="mt-0.5 size-5 shrink-0 text-warning" />
          <div className="flex min-w-0 flex-col gap-1">
            <AlertDialogTitle>{t("questions.hostKey.title")}</AlertDialogTitle>
            <AlertDialogDescription>{t("questions.hostKey.text")}</AlertDialogDescription>
          </div>
        </AlertDialogHeader>
        <AlertDialogBody className="flex flex-col gap-2">
          <Facts facts={facts} />
          <HopNote question={question} />
          {question.file !== "" && (
            <p className="text-muted-foreground text-xs">
              {t("questions.hostKey.savedTo")}{" "}
              <span className="select-text break-all font-mono">{question.file}</span>
            </p>
          )}
        </AlertDialogBody>
        <AlertDialogFooter>
          <AlertDialogCancel>{t("action.cancel")}</AlertDialogCancel>
          <Button variant="outline" onClick={trust("once")}>
            {t("questions.hostKey.once")}
          </Button>
          <Button onClick={trust("save")}>{t("questions.hostKey.save")}</Button>
        </AlertDialogFooter>
      </AlertDialogContent>
    </AlertDialog>
  );
}
