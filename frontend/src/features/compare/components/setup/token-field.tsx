import { X } from "lucide-react";
import { type KeyboardEvent, useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { Label } from "@/components/ui/label";
import { splitTokens, tokenEnd } from "@/features/compare/model/choice";
import { cn } from "@/lib/utils";

/** A list of short texts: typed, pasted, taken away again. */
export function TokenField({
  label,
  placeholder,
  tokens,
  onChange,
  check = () => undefined,
  disabled,
}: {
  label: string;
  placeholder: string;
  tokens: readonly string[];
  onChange: (tokens: string[]) => void;
  /** What is wrong with a token. */
  check?: (token: string) => string | undefined;
  disabled: boolean;
}) {
  const { t } = useTranslation();
  const id = useId();
  const [text, setText] = useState("");
  const problem = tokens.map(check).find((found) => found !== undefined);

  const add = (more: string) => {
    onChange([...new Set([...tokens, ...splitTokens(more)])]);
    setText("");
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Enter" && text.trim() !== "" && !event.nativeEvent.isComposing) {
      event.preventDefault();
      add(text);
    } else if (event.key === "Backspace" && text === "") {
      onChange(tokens.slice(0, -1));
    }
  };

  return (
    <div className="flex min-w-0 flex-col gap-1.5">
      <Label htmlFor={id}>{label}</Label>
      {/* biome-ignore lint/a11y/noStaticElementInteractions lint/a11y/useKeyWithClickEvents: a larger place to click for the field inside */}
      <div
        onClick={(event) => event.currentTarget.querySelector("input")?.focus()}
        className={cn(
          "flex min-h-8 flex-wrap items-center gap-1 rounded-md border border-input bg-card px-1.5 py-[3px] focus-within:border-ring focus-within:ring-1 focus-within:ring-ring",
          disabled && "opacity-60",
          problem && "border-destructive",
        )}
      >
        {tokens.map((token) => (
          <span
            key={token}
            className={cn(
              "inline-flex h-6 max-w-full items-center gap-0.5 rounded-[4px] bg-muted pr-0.5 pl-2 font-mono text-xs",
              check(token) && "bg-destructive/12 text-destructive",
            )}
          >
            <span className="truncate">{token}</span>
            <button
              type="button"
              disabled={disabled}
              aria-label={t("compare.setup.removeToken", { token })}
              onClick={() => onChange(tokens.filter((other) => other !== token))}
              className="inline-flex size-4.5 items-center justify-center rounded-[3px] text-muted-foreground outline-none hover:text-foreground focus-visible:ring-2 focus-visible:ring-ring"
            >
              <X aria-hidden className="size-3" />
            </button>
          </span>
        ))}
        <input
          id={id}
          value={text}
          disabled={disabled}
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          placeholder={tokens.length === 0 ? placeholder : ""}
          aria-invalid={problem !== undefined}
          aria-describedby={problem ? `${id}-problem` : undefined}
          onChange={(event) => {
            const typed = event.target.value;
            // A comma ends a token, and what is pasted may hold several.
            tokenEnd.test(typed) ? add(typed) : setText(typed);
          }}
          onKeyDown={onKeyDown}
          onBlur={() => text.trim() !== "" && add(text)}
          className="h-6 min-w-24 flex-1 bg-transparent px-1 font-mono text-xs outline-none placeholder:font-sans placeholder:text-muted-foreground"
        />
      </div>
      {problem && (
        <p id={`${id}-problem`} className="text-destructive text-xs">
          {problem}
        </p>
      )}
    </div>
  );
}
