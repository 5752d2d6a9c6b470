import { FlaskConical } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Button } from "@/components/ui/button";
import { Spinner } from "@/components/ui/spinner";
import { Hint } from "@/components/ui/tooltip";
import { useMakeSamples } from "@/features/connections/components/use-make-samples";

/** For a person who has no database at hand, or would rather not try with their own. */
export function SamplesButton() {
  const { t } = useTranslation();
  const { create, isPending } = useMakeSamples();
  return (
    <Hint label={t("connections.samples.note")}>
      <Button size="lg" variant="outline" disabled={isPending} onClick={create}>
        {isPending ? <Spinner /> : <FlaskConical aria-hidden />}
        {t("connections.samples.action")}
      </Button>
    </Hint>
  );
}
