import { useTranslation } from "react-i18next";
import { useFailureToast } from "@/components/failure-alert";
import { useSamples } from "@/features/connections/api/connections";

/** Makes the sample databases, named in the language of the window, and tells when that fails. */
export function useMakeSamples() {
  const { t } = useTranslation();
  const { mutate, isPending } = useSamples();
  const failed = useFailureToast();
  const create = () =>
    mutate(
      { source: t("connections.samples.source"), target: t("connections.samples.target") },
      { onError: failed },
    );
  return { create, isPending };
}
