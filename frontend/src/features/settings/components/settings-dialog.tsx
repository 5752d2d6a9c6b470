import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { FailureAlert } from "@/components/failure-alert";
import { LanguageToggle } from "@/components/language-toggle";
import { ThemeToggle } from "@/components/theme-toggle";
import { Button } from "@/components/ui/button";
import { Dialog, DialogBody, DialogContent, DialogHeader, DialogTitle } from "@/components/ui/dialog";
import { useSecretStore } from "@/features/settings/api/secret-store";
import { ChangeMasterPassword } from "@/features/settings/components/change-master-password";
import type { StoreKind } from "@/features/settings/components/store-chooser";
import { closeDialog, useWindowDialog } from "@/features/settings/store";
import { askSecretStore, askUnlock } from "@/lib/prompts";

export function SettingsDialog() {
  const { t } = useTranslation();
  const open = useWindowDialog() === "settings";
  return (
    <Dialog open={open} onOpenChange={(next) => next || closeDialog()}>
      <DialogContent aria-describedby={undefined} className="max-w-lg">
        <DialogHeader>
          <DialogTitle>{t("settings.title")}</DialogTitle>
        </DialogHeader>
        <DialogBody className="flex flex-col gap-4">
          <Setting label={t("language.label")}>
            <LanguageToggle />
          </Setting>
          <Setting label={t("theme.label")}>
            <ThemeToggle labelled />
          </Setting>
          <SecretsSetting />
        </DialogBody>
      </DialogContent>
    </Dialog>
  );
}

function Setting({ label, note, children }: { label: string; note?: string; children: ReactNode }) {
  return (
    <div className="flex items-center justify-between gap-4">
      <div className="min-w-0">
        <p className="font-medium">{label}</p>
        {note && <p className="text-muted-foreground text-xs">{note}</p>}
      </div>
      <div className="flex shrink-0 items-center gap-2">{children}</div>
    </div>
  );
}

/** Where passwords are kept; a question that is asked meanwhile lies over this dialog. */
function SecretsSetting() {
  const { t } = useTranslation();
  const { data: status, error, refetch } = useSecretStore();
  const [changing, setChanging] = useState(false);
  if (error) {
    return <FailureAlert error={error} />;
  }
  if (!status) {
    return null;
  }
  const kind = status.kind === "" ? null : (status.kind as StoreKind);
  return (
    <div className="flex flex-col gap-3 border-t pt-4">
      <Setting
        label={t("secrets.setting")}
        note={kind ? t(`secrets.kind.${kind}.name`) : t("secrets.notChosen")}
      >
        {kind === "vault" &&
          (status.locked ? (
            <Button variant="outline" size="sm" onClick={() => void askUnlock().then(() => refetch())}>
              {t("secrets.unlock.action")}
            </Button>
          ) : (
            <Button variant="outline" size="sm" onClick={() => setChanging(true)}>
              {t("secrets.change.title")}
            </Button>
          ))}
        <Button variant="outline" size="sm" onClick={() => void askSecretStore().then(() => refetch())}>
          {t("secrets.choose.change")}
        </Button>
      </Setting>
      {changing && <ChangeMasterPassword onClose={() => setChanging(false)} />}
    </div>
  );
}
