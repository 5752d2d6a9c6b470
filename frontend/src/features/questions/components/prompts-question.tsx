import { MessageSquareQuote } from "lucide-react";
import { useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { PasswordInput } from "@/components/password-input";
import { Input } from "@/components/ui/input";
import { Label } from "@/components/ui/label";
import { HopNote, hostName } from "@/features/questions/components/host-facts";
import type { QuestionProps } from "@/features/questions/components/question-host";
import { declined } from "@/features/questions/store";
import { PromptDialog } from "@/features/settings/components/prompt-dialog";

/** What a host asks for in its own words, such as a second factor. Those words are marked as the host's. */
export function PromptsQuestion({ question, onAnswer }: QuestionProps) {
  const { t } = useTranslation();
  const id = useId();
  const [values, setValues] = useState<string[]>(() => question.prompts.map(() => ""));
  const put = (index: number, value: string) =>
    setValues((all) => all.map((old, at) => (at === index ? value : old)));
  const words = [question.name, question.instruction].map((text) => text.trim()).filter(Boolean);
  return (
    <PromptDialog
      title={t("questions.prompts.title", { host: hostName(question) })}
      text={t("questions.prompts.text", { user: question.user })}
      action={t("password.connect")}
      onSubmit={() => onAnswer({ trust: "", values })}
      onCancel={() => onAnswer(declined)}
    >
      <HopNote question={question} />
      <section
        aria-label={t("questions.prompts.words")}
        className="flex flex-col gap-2.5 border-warning/60 border-l-2 pl-3"
      >
        <p className="flex items-center gap-1.5 text-muted-foreground text-xs">
          <MessageSquareQuote aria-hidden className="size-3.5" />
          {t("questions.prompts.words")}
        </p>
        {words.map((text) => (
          <p key={text} className="select-text whitespace-pre-wrap break-words font-mono text-xs">
            {text}
          </p>
        ))}
        {question.prompts.map((prompt, index) => {
          const field = `${id}-${index}`;
          const value = values[index] ?? "";
          return (
            <div key={field} className="flex flex-col gap-1">
              <Label htmlFor={field} className="whitespace-pre-wrap break-words font-mono">
                {prompt.text.trim() || t("questions.prompts.answer")}
              </Label>
              {prompt.echo ? (
                <Input
                  id={field}
                  value={value}
                  autoComplete="off"
                  autoFocus={index === 0}
                  onChange={(event) => put(index, event.target.value)}
                />
              ) : (
                <PasswordInput
                  id={field}
                  value={value}
                  autoFocus={index === 0}
                  onValueChange={(typed) => put(index, typed)}
                />
              )}
            </div>
          );
        })}
      </section>
    </PromptDialog>
  );
}
