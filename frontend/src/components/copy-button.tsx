import { Check, Copy, TriangleAlert } from "lucide-react";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "@/components/ui/button";
import { Hint } from "@/components/ui/tooltip";
import { copyText } from "@/lib/backend/client";

type Outcome = "idle" | "copied" | "failed";

const icons = { idle: Copy, copied: Check, failed: TriangleAlert } as const;

/** How long the button tells what became of a click. */
const outcomeMilliseconds = 2000;

/** Puts a text on the clipboard and tells whether that went well. */
export function CopyButton({ text, className }: { text: string; className?: string }) {
  const { t } = useTranslation();
  const [outcome, setOutcome] = useState<Outcome>("idle");
  const Icon = icons[outcome];

  useEffect(() => {
    if (outcome === "idle") {
      return;
    }
    const timer = setTimeout(() => setOutcome("idle"), outcomeMilliseconds);
    return () => clearTimeout(timer);
  }, [outcome]);

  const copy = () => {
    copyText(text).then(
      () => setOutcome("copied"),
      () => setOutcome("failed"),
    );
  };
  return (
    <Hint label={t(`copy.${outcome}`)}>
      <Button
        variant="ghost"
        size="icon-sm"
        aria-label={t(`copy.${outcome}`)}
        onClick={copy}
        className={className}
      >
        <Icon aria-hidden />
      </Button>
    </Hint>
  );
}
