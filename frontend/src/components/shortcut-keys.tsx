import { useTranslation } from "react-i18next";
import { Kbd } from "@/components/ui/kbd";
import { keyLabels } from "@/lib/shortcuts/keys";

const named = ["Space", "Enter", "Home", "End"] as const;
type Named = (typeof named)[number];

/** Keys as they are printed on a keyboard. */
export function ShortcutKeys({ keys }: { keys: string }) {
  const { t } = useTranslation();
  return (
    <span className="inline-flex items-center gap-0.5">
      {keyLabels(keys).map((label) => (
        <Kbd key={label}>
          {(named as readonly string[]).includes(label) ? t(`shortcuts.key.${label as Named}`) : label}
        </Kbd>
      ))}
    </span>
  );
}
