import { X } from "lucide-react";
import { useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "@/components/ui/button";
import { Input } from "@/components/ui/input";
import { isRule, withRule } from "@/features/compare/model/choice";

/** The rules for types that are in force, to be removed, and one more to be written. */
export function RuleList({
  rules,
  onChange,
  disabled,
}: {
  rules: readonly string[];
  onChange: (rules: string[]) => void;
  disabled: boolean;
}) {
  const { t } = useTranslation();
  const id = useId();
  const [typed, setTyped] = useState("");
  const [bad, setBad] = useState(false);
  const add = () => {
    if (!isRule(typed)) {
      setBad(true);
      return;
    }
    onChange(withRule(rules, typed));
    setTyped("");
  };
  return (
    <section aria-labelledby={`${id}-title`} className="flex flex-col gap-2">
      <div>
        <h3 id={`${id}-title`} className="font-medium text-xs">
          {t("notes.rules.title")}
        </h3>
        <p className="text-muted-foreground text-xs">
          {t(rules.length === 0 ? "notes.rules.none" : "notes.rules.intro")}
        </p>
      </div>
      {rules.length > 0 && (
        <ul className="flex flex-wrap gap-1.5">
          {rules.map((rule) => (
            <li
              key={rule}
              className="flex h-6 min-w-0 items-center gap-1 rounded-md border bg-muted/40 pr-0.5 pl-2 font-mono text-xs"
            >
              <span className="select-text truncate">{rule.replace("=", " → ")}</span>
              <Button
                variant="ghost"
                size="icon-sm"
                className="size-5"
                disabled={disabled}
                aria-label={t("notes.rules.remove", { rule })}
                onClick={() => onChange(rules.filter((other) => other !== rule))}
              >
                <X aria-hidden />
              </Button>
            </li>
          ))}
        </ul>
      )}
      <div className="flex gap-2">
        <Input
          value={typed}
          aria-label={t("notes.rules.label")}
          aria-invalid={bad}
          aria-describedby={bad ? `${id}-bad` : undefined}
          placeholder={t("notes.rules.placeholder")}
          disabled={disabled}
          className="font-mono text-xs"
          onChange={(event) => {
            setTyped(event.target.value);
            setBad(false);
          }}
          onKeyDown={(event) => {
            if (event.key === "Enter") {
              event.preventDefault();
              add();
            }
          }}
        />
        <Button variant="outline" disabled={disabled || typed.trim() === ""} onClick={add}>
          {t("notes.rules.add")}
        </Button>
      </div>
      {bad && (
        <p id={`${id}-bad`} role="alert" className="text-destructive text-xs">
          {t("notes.rules.bad")}
        </p>
      )}
    </section>
  );
}
