import type { TFunction } from "i18next";
import { toast } from "@/components/ui/toast";
import { copyText, plans } from "@/lib/backend/client";
import { toFailure } from "@/lib/backend/failure";

/** Puts the whole plan on the clipboard, as a script that runs as it is. */
export async function copyScript(t: TFunction, planId: string) {
  await copy(t, async () => plans.script(planId));
}

/** Puts one statement on the clipboard. */
export async function copyStatement(t: TFunction, sql: string) {
  await copy(t, async () => `${sql};`);
}

async function copy(t: TFunction, text: () => Promise<string>) {
  try {
    await copyText(await text());
    toast({ title: t("plan.copied"), variant: "success" });
  } catch (error) {
    toast({ title: t("plan.copyFailed"), description: toFailure(error).message, variant: "destructive" });
  }
}

/** Asks where to save the script and saves it there. */
export async function saveScript(t: TFunction, planId: string) {
  try {
    const path = await plans.saveScript(planId, t("plan.saveTitle"));
    if (path !== "") {
      toast({ title: t("plan.saved"), description: path, variant: "success" });
    }
  } catch (error) {
    toast({ title: t("plan.saveFailed"), description: toFailure(error).message, variant: "destructive" });
  }
}
