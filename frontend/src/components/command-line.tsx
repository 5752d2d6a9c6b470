import { Check, Copy, TriangleAlert } from "lucide-react";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "@/components/ui/button";
import { copyText } from "@/lib/backend/client";

type Outcome = "idle" | "copied" | "failed";

const icons = { idle: Copy, copied: Check, failed: TriangleAlert } as const;

/** How long the button tells what became of a click. */
const outcomeMilliseconds = 2000;

/** A command as it is typed in a terminal, with a button that copies it. */
export function CommandLine({ command }: { command: string }) {
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
    copyText(command).then(
      () => setOutcome("copied"),
      () => setOutcome("failed"),
    );
  };

  return (
    <div className="flex items-start gap-2 rounded-lg border bg-muted/60 py-1.5 pr-1.5 pl-3">
      <code className="min-w-0 flex-1 select-text break-words py-1.5 font-mono text-xs leading-5">
        {command}
      </code>
      <Button variant="ghost" size="sm" className="mt-0.5" onClick={copy}>
        <Icon aria-hidden className="size-3.5" />
        <span aria-live="polite">{t(`copy.${outcome}`)}</span>
      </Button>
    </div>
  );
}
