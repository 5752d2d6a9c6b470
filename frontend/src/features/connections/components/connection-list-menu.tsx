import { Download, Ellipsis, FlaskConicalOff, Upload } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Button } from "@/components/ui/button";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuLabel,
  DropdownMenuRadioGroup,
  DropdownMenuRadioItem,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from "@/components/ui/dropdown-menu";
import { Hint } from "@/components/ui/tooltip";
import { useConnections } from "@/features/connections/api/connections";
import { useExchange } from "@/features/connections/components/use-exchange";
import { type Grouping, groupings } from "@/features/connections/model/groups";
import { askToRemoveSamples } from "@/features/connections/store";

/** What concerns the list of connections as a whole. */
export function ConnectionListMenu({
  grouping,
  onGroupingChange,
}: {
  grouping: Grouping;
  onGroupingChange: (by: Grouping) => void;
}) {
  const { t } = useTranslation();
  const { importFile, exportFile } = useExchange();
  const hasSamples = useConnections().data?.some(({ sample }) => sample) ?? false;
  return (
    <DropdownMenu>
      <Hint label={t("action.more")}>
        <DropdownMenuTrigger asChild>
          <Button variant="ghost" size="icon-sm" aria-label={t("connections.menu")}>
            <Ellipsis aria-hidden />
          </Button>
        </DropdownMenuTrigger>
      </Hint>
      <DropdownMenuContent align="end">
        <DropdownMenuLabel>{t("connections.groupBy.label")}</DropdownMenuLabel>
        <DropdownMenuRadioGroup
          value={grouping}
          onValueChange={(value) => onGroupingChange(value as Grouping)}
        >
          {groupings.map((by) => (
            <DropdownMenuRadioItem key={by} value={by}>
              {t(`connections.groupBy.${by}`)}
            </DropdownMenuRadioItem>
          ))}
        </DropdownMenuRadioGroup>
        <DropdownMenuSeparator />
        <DropdownMenuItem onSelect={importFile}>
          <Download aria-hidden />
          {t("connections.import.action")}
        </DropdownMenuItem>
        <DropdownMenuItem onSelect={exportFile}>
          <Upload aria-hidden />
          {t("connections.export.action")}
        </DropdownMenuItem>
        {hasSamples && (
          <>
            <DropdownMenuSeparator />
            <DropdownMenuItem variant="destructive" onSelect={askToRemoveSamples}>
              <FlaskConicalOff aria-hidden />
              {t("connections.samples.remove.action")}
            </DropdownMenuItem>
          </>
        )}
      </DropdownMenuContent>
    </DropdownMenu>
  );
}
