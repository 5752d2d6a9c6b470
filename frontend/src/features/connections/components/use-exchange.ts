import { useTranslation } from "react-i18next";
import { useFailureToast } from "@/components/failure-alert";
import { toast } from "@/components/ui/toast";
import { useExportConnections, useImportConnections } from "@/features/connections/api/connections";

/** Import and export by the system's dialogs, and what is told afterwards. */
export function useExchange() {
  const { t } = useTranslation();
  const failed = useFailureToast();
  const importing = useImportConnections();
  const exporting = useExportConnections();
  return {
    importFile: () =>
      importing.mutate(t("connections.import.title"), {
        onError: failed,
        onSuccess: (result) => {
          if (!result) {
            return;
          }
          const renamed = result.added.filter(({ name, original }) => name !== original);
          const missing = result.added.filter(({ problems }) => problems.length > 0);
          const notes = [
            renamed.length > 0 &&
              t("connections.import.renamed", { names: renamed.map(({ name }) => name).join(", ") }),
            missing.length > 0 &&
              t("connections.import.missing", { names: missing.map(({ name }) => name).join(", ") }),
            result.added.length > 0 && t("connections.import.noSecrets"),
          ];
          toast({
            variant: "success",
            title: t("connections.import.done", { count: result.added.length }),
            description: notes.filter(Boolean).join(" "),
          });
        },
      }),
    exportFile: () =>
      exporting.mutate(t("connections.export.title"), {
        onError: failed,
        onSuccess: (path) => {
          if (path !== "") {
            toast({ variant: "success", title: t("connections.export.done"), description: path });
          }
        },
      }),
  };
}
