import { Download, Plus } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Button } from "@/components/ui/button";
import { FlowPicture } from "@/features/connections/components/flow-picture";
import { SamplesButton } from "@/features/connections/components/samples-button";
import { useExchange } from "@/features/connections/components/use-exchange";
import { newConnection } from "@/features/connections/store";
import iconUrl from "../../../../../build/icon.svg";

/** What a person sees first: what the program is for, and the ways to begin. */
export function WelcomePage() {
  const { t } = useTranslation();
  const { importFile } = useExchange();
  return (
    <div className="mx-auto flex min-h-full w-full max-w-3xl flex-col items-center justify-center gap-8 p-8">
      <div className="flex flex-col items-center gap-3 text-center">
        <img src={iconUrl} alt="" className="size-16" />
        <h1 className="font-semibold text-xl">{t("app.name")}</h1>
        <p className="max-w-xl text-balance text-muted-foreground">{t("connections.welcome.intro")}</p>
      </div>
      <div className="flex flex-wrap justify-center gap-2">
        <Button size="lg" onClick={newConnection}>
          <Plus aria-hidden />
          {t("connections.new")}
        </Button>
        <Button size="lg" variant="outline" onClick={importFile}>
          <Download aria-hidden />
          {t("connections.import.action")}
        </Button>
        <SamplesButton />
      </div>
      <FlowPicture />
    </div>
  );
}
