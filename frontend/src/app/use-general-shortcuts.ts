import { useTranslation } from "react-i18next";
import { navigate } from "@/app/navigation";
import { useConnections } from "@/features/connections/api/connections";
import { useExchange } from "@/features/connections/components/use-exchange";
import { useMakeSamples } from "@/features/connections/components/use-make-samples";
import { askToRemoveSamples, newConnection, selectConnection } from "@/features/connections/store";
import { openDialog } from "@/features/settings/store";
import { useShortcuts } from "@/lib/shortcuts/use-shortcuts";
import { useTheme } from "@/lib/theme/theme-provider";

/** What can be done wherever the person is. */
export function useGeneralShortcuts() {
  const { t, i18n } = useTranslation();
  const { theme, setTheme } = useTheme();
  const { importFile, exportFile } = useExchange();
  const { create: makeSamples } = useMakeSamples();
  const hasSamples = useConnections().data?.some(({ sample }) => sample) ?? false;
  useShortcuts([
    {
      id: "window.palette",
      label: t("palette.open"),
      group: "general",
      keys: "mod+k",
      palette: false,
      run: () => openDialog("palette"),
    },
    {
      id: "window.shortcuts",
      label: t("shortcuts.open"),
      group: "general",
      keys: ["?", "f1"],
      run: () => openDialog("shortcuts"),
    },
    {
      id: "window.home",
      label: t("sidebar.home"),
      group: "general",
      keys: "mod+1",
      run: () => {
        selectConnection("");
        navigate("home");
      },
    },
    {
      id: "window.compare",
      label: t("sidebar.compare"),
      group: "general",
      keys: "mod+2",
      run: () => navigate("compare"),
    },
    {
      id: "window.settings",
      label: t("settings.open"),
      group: "general",
      keys: "mod+,",
      run: () => openDialog("settings"),
    },
    { id: "window.about", label: t("about.title"), group: "general", run: () => openDialog("about") },
    {
      id: "window.language",
      label: t("language.other"),
      group: "general",
      run: () => void i18n.changeLanguage(i18n.language === "zh" ? "en" : "zh"),
    },
    {
      id: "window.theme",
      label: t(theme === "dark" ? "theme.toLight" : "theme.toDark"),
      group: "general",
      run: () => setTheme(theme === "dark" ? "light" : "dark"),
    },
    {
      id: "connections.new",
      label: t("connections.new"),
      group: "connections",
      keys: "mod+n",
      run: newConnection,
    },
    { id: "connections.edit", label: t("action.edit"), group: "connections", keys: "f2" },
    { id: "connections.delete", label: t("action.delete"), group: "connections", keys: "delete" },
    {
      id: "connections.import",
      label: t("connections.import.action"),
      group: "connections",
      run: importFile,
    },
    {
      id: "connections.export",
      label: t("connections.export.action"),
      group: "connections",
      run: exportFile,
    },
    {
      id: "connections.samples",
      label: t("connections.samples.action"),
      group: "connections",
      run: makeSamples,
    },
    {
      id: "connections.removeSamples",
      label: t("connections.samples.remove.action"),
      group: "connections",
      run: askToRemoveSamples,
      enabled: hasSamples,
    },
  ]);
}
