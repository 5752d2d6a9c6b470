import { PlugZap } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Button } from "@/components/ui/button";
import { DialogClose, DialogFooter } from "@/components/ui/dialog";
import { Spinner } from "@/components/ui/spinner";

export function DialogActions({
  testing,
  saving,
  onTest,
}: {
  testing: boolean;
  saving: boolean;
  onTest: () => void;
}) {
  const { t } = useTranslation();
  return (
    <DialogFooter>
      <Button variant="outline" className="mr-auto" disabled={testing || saving} onClick={onTest}>
        <PlugZap aria-hidden />
        {t("connections.test.action")}
      </Button>
      <DialogClose asChild>
        <Button variant="outline">{t("action.cancel")}</Button>
      </DialogClose>
      <Button type="submit" disabled={saving}>
        {saving && <Spinner className="text-current" />}
        {t("action.save")}
      </Button>
    </DialogFooter>
  );
}
