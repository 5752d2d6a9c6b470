import { FlaskConical } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useFailureToast } from "@/components/failure-alert";
import { Button } from "@/components/ui/button";
import { Spinner } from "@/components/ui/spinner";
import { Hint } from "@/components/ui/tooltip";
import { useSamples } from "@/features/connections/api/connections";

/** For a person who has no database at hand, or would rather not try with their own. */
export function SamplesButton() {
  const { t } = useTranslation();
  const samples = useSamples();
  const failed = useFailureToast();
  const create = () =>
    samples.mutate(
      { source: t("connections.samples.source"), target: t("connections.samples.target") },
      { onError: failed },
    );
  return (
    <Hint label={t("connections.samples.note")}>
      <Button size="lg" variant="outline" disabled={samples.isPending} onClick={create}>
        {samples.isPending ? <Spinner /> : <FlaskConical aria-hidden />}
        {t("connections.samples.action")}
      </Button>
    </Hint>
  );
}
