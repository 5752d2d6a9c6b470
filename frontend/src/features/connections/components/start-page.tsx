import { GitCompareArrows, Plus } from "lucide-react";
import { useTranslation } from "react-i18next";
import { navigate } from "@/app/navigation";
import { Button } from "@/components/ui/button";
import { FlowPicture } from "@/features/connections/components/flow-picture";
import { newConnection } from "@/features/connections/store";

/** There are connections, and none is chosen: how to go on. */
export function StartPage() {
  const { t } = useTranslation();
  return (
    <div className="mx-auto flex min-h-full w-full max-w-3xl flex-col items-center justify-center gap-7 p-8">
      <div className="flex flex-col items-center gap-2 text-center">
        <h1 className="font-semibold text-xl">{t("connections.start.title")}</h1>
        <p className="max-w-lg text-balance text-muted-foreground">{t("connections.start.text")}</p>
      </div>
      <div className="flex flex-wrap justify-center gap-2">
        <Button size="lg" onClick={() => navigate("compare")}>
          <GitCompareArrows aria-hidden />
          {t("connections.start.compare")}
        </Button>
        <Button size="lg" variant="outline" onClick={newConnection}>
          <Plus aria-hidden />
          {t("connections.new")}
        </Button>
      </div>
      <FlowPicture />
    </div>
  );
}
