import { CloseGuard } from "@/app/close-guard";
import { CommandPalette } from "@/app/command-palette";
import { useNavigation } from "@/app/navigation";
import { Shell } from "@/app/shell";
import { ShortcutSheet } from "@/app/shortcut-sheet";
import { useGeneralShortcuts } from "@/app/use-general-shortcuts";
import { ComparePage } from "@/features/compare/components/compare-page";
import { ConnectionDialog } from "@/features/connections/components/connection-dialog";
import { DeleteDialog } from "@/features/connections/components/delete-dialog";
import { HomePage } from "@/features/connections/components/home-page";
import { RemoveSamplesDialog } from "@/features/connections/components/remove-samples-dialog";
import { QuestionHost } from "@/features/questions/components/question-host";
import { AboutDialog } from "@/features/settings/components/about-dialog";
import { PromptHost } from "@/features/settings/components/prompt-host";
import { SettingsDialog } from "@/features/settings/components/settings-dialog";
import { useShortcutKeys } from "@/lib/shortcuts/use-shortcuts";

/** Everything in the window: the page that is chosen in its frame, and the dialogs that any page may open. */
export function Window() {
  const { view } = useNavigation();
  useShortcutKeys();
  useGeneralShortcuts();
  return (
    <>
      <Shell>{view === "home" ? <HomePage /> : <ComparePage />}</Shell>
      <ConnectionDialog />
      <DeleteDialog />
      <RemoveSamplesDialog />
      <SettingsDialog />
      <AboutDialog />
      <ShortcutSheet />
      <CommandPalette />
      <PromptHost />
      <QuestionHost />
      <CloseGuard />
    </>
  );
}
