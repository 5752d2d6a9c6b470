import { FileCode2, SquareSplitHorizontal } from "lucide-react";
import { type RefObject, useState } from "react";
import { useTranslation } from "react-i18next";
import { Tabs, TabsContent, TabsList, TabsTrigger } from "@/components/ui/tabs";
import { DetailPane } from "@/features/compare/components/result/detail-pane";
import { type Result, tickedOf } from "@/features/compare/store";
import { PlanPreview } from "@/features/plan/components/plan-preview";
import { useShortcuts } from "@/lib/shortcuts/use-shortcuts";

/** Beside the tree: how the chosen line differs, or the SQL of everything that is ticked. */
export function SidePane({
  result,
  heading,
}: {
  result: Result;
  heading: RefObject<HTMLHeadingElement | null>;
}) {
  const { t } = useTranslation();
  const [tab, setTab] = useState("detail");
  useShortcuts([
    {
      id: "result.detail",
      label: t("compare.side.detail"),
      group: "result",
      keys: "alt+1",
      run: () => setTab("detail"),
    },
    {
      id: "result.sql",
      label: t("compare.side.sql"),
      group: "result",
      keys: "alt+2",
      run: () => setTab("sql"),
    },
  ]);
  return (
    <Tabs value={tab} onValueChange={setTab} className="flex h-full min-h-0 flex-col bg-card">
      <TabsList aria-label={t("compare.side.label")} className="h-9 shrink-0 px-2.5">
        <TabsTrigger value="detail" className="h-9">
          <SquareSplitHorizontal aria-hidden />
          {t("compare.side.detail")}
        </TabsTrigger>
        <TabsTrigger value="sql" className="h-9">
          <FileCode2 aria-hidden />
          {t("compare.side.sql")}
        </TabsTrigger>
      </TabsList>
      <TabsContent value="detail" className="min-h-0 flex-1">
        <DetailPane result={result} heading={heading} />
      </TabsContent>
      <TabsContent value="sql" className="min-h-0 flex-1">
        <PlanPreview comparison={result.comparison} ticked={tickedOf(result)} />
      </TabsContent>
    </Tabs>
  );
}
