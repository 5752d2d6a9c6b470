import { Fragment } from "react";
import { useTranslation } from "react-i18next";
import { ShortcutKeys } from "@/components/shortcut-keys";
import { Dialog, DialogBody, DialogContent, DialogHeader, DialogTitle } from "@/components/ui/dialog";
import { closeDialog, useWindowDialog } from "@/features/settings/store";
import { keyList, shortcutGroups } from "@/lib/shortcuts/registry";
import { useActions } from "@/lib/shortcuts/use-shortcuts";

/** All keys that mean something on the page that is shown. */
export function ShortcutSheet() {
  const { t } = useTranslation();
  const open = useWindowDialog() === "shortcuts";
  const actions = useActions().filter((action) => keyList(action).length > 0);
  return (
    <Dialog open={open} onOpenChange={(next) => next || closeDialog()}>
      <DialogContent aria-describedby={undefined} className="max-w-2xl">
        <DialogHeader>
          <DialogTitle>{t("shortcuts.title")}</DialogTitle>
        </DialogHeader>
        <DialogBody className="columns-1 gap-8 sm:columns-2">
          {shortcutGroups.map((group) => {
            const inGroup = actions.filter((action) => action.group === group);
            return inGroup.length === 0 ? null : (
              <section key={group} className="mb-5 break-inside-avoid">
                <h3 className="mb-1 font-medium text-muted-foreground text-xs">
                  {t(`shortcuts.group.${group}`)}
                </h3>
                <ul>
                  {inGroup.map((action) => (
                    <li key={action.id} className="flex min-h-7 items-center justify-between gap-3">
                      <span>{action.label}</span>
                      <span className="flex shrink-0 items-center gap-1.5">
                        {keyList(action).map((keys, index) => (
                          <Fragment key={keys}>
                            {index > 0 && <span className="text-muted-foreground">/</span>}
                            <ShortcutKeys keys={keys} />
                          </Fragment>
                        ))}
                      </span>
                    </li>
                  ))}
                </ul>
              </section>
            );
          })}
        </DialogBody>
      </DialogContent>
    </Dialog>
  );
}
