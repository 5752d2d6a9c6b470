import { FileCode2, NotebookText, SquareSplitHorizontal } from "lucide-react";
import type { RefObject } from "react";
import { useTranslation } from "react-i18next";
import { Tabs, TabsContent, TabsList, TabsTrigger } from "@/components/ui/tabs";
import { NotesPane } from "@/features/compare/components/notes/notes-pane";
import { DetailPane } from "@/features/compare/components/result/detail-pane";
import { patchResult, type Result, type Side, tickedOf } from "@/features/compare/store";
import { PlanPreview } from "@/features/plan/components/plan-preview";
import { useFormat } from "@/lib/i18n/format";
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
  const { number } = useFormat();
  const setTab = (side: Side) => patchResult(() => ({ side }));
  const { translated, noted: counts } = result.comparison;
  const count = counts.info + counts.lossy + counts.blocked;
  const noted = translated || count > 0;
  const tab = result.side === "notes" && !noted ? "detail" : result.side;
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
    {
      id: "result.notes",
      label: t("notes.title"),
      group: "result",
      keys: "alt+3",
      run: () => setTab("notes"),
      enabled: noted,
    },
  ]);
  return (
    <Tabs
      value={tab}
      onValueChange={(side) => setTab(side as Side)}
      className="flex h-full min-h-0 flex-col bg-card"
    >
      <TabsList aria-label={t("compare.side.label")} className="h-9 shrink-0 px-2.5">
        <TabsTrigger value="detail" className="h-9">
          <SquareSplitHorizontal aria-hidden />
          {t("compare.side.detail")}
        </TabsTrigger>
        <TabsTrigger value="sql" className="h-9">
          <FileCode2 aria-hidden />
          {t("compare.side.sql")}
        </TabsTrigger>
        {noted && (
          <TabsTrigger value="notes" className="h-9">
            <NotebookText aria-hidden />
            {t("notes.tab")}
            <span className="tabular-nums">{number(count)}</span>
          </TabsTrigger>
        )}
      </TabsList>
      <TabsContent value="detail" className="min-h-0 flex-1">
        <DetailPane result={result} heading={heading} />
      </TabsContent>
      {noted && (
        <TabsContent value="notes" className="min-h-0 flex-1">
          <NotesPane result={result} />
        </TabsContent>
      )}
      <TabsContent value="sql" className="min-h-0 flex-1">
        <PlanPreview comparison={result.comparison} ticked={tickedOf(result)} />
      </TabsContent>
    </Tabs>
  );
}
