import { Ellipsis } from "lucide-react";
import { useTranslation } from "react-i18next";
import { navigate, useNavigation } from "@/app/navigation";
import { Badge } from "@/components/ui/badge";
import { ConnectionContextMenu, ConnectionMenu } from "@/features/connections/components/connection-menus";
import { EngineMark } from "@/features/connections/components/engine-mark";
import { EnvironmentDot } from "@/features/connections/components/environment-mark";
import { placeOf } from "@/features/connections/model/groups";
import {
  askToDelete,
  editConnection,
  selectConnection,
  useConnectionsState,
} from "@/features/connections/store";
import type { Connection } from "@/lib/backend/client";
import { cn } from "@/lib/utils";

/** One connection in the sidebar: a click shows it, a double click edits it. */
export function ConnectionRow({
  connection,
  showEnvironment,
}: {
  connection: Connection;
  showEnvironment: boolean;
}) {
  const { t } = useTranslation();
  const { selectedId } = useConnectionsState();
  const { view, sourceId, targetId } = useNavigation();
  const selected = view === "home" && selectedId === connection.id;
  const side = connection.id === sourceId ? "source" : connection.id === targetId ? "target" : undefined;
  const show = () => {
    selectConnection(connection.id);
    navigate("home");
  };
  return (
    <ConnectionContextMenu connection={connection}>
      <li className={cn("group relative rounded-md", selected ? "bg-selected" : "hover:bg-accent")}>
        <button
          type="button"
          data-connection-row=""
          aria-current={selected ? "true" : undefined}
          onClick={show}
          onDoubleClick={() => editConnection(connection)}
          onKeyDown={(event) => {
            if (event.key === "Delete") {
              askToDelete(connection);
            } else if (event.key === "F2") {
              editConnection(connection);
            }
          }}
          className="flex h-11 w-full min-w-0 cursor-default items-center gap-2.5 rounded-md pr-8 pl-2 text-left outline-none focus-visible:ring-2 focus-visible:ring-ring"
        >
          <EngineMark engine={connection.engine} />
          <span className="min-w-0 flex-1">
            <span className="flex items-center gap-1.5">
              {showEnvironment && <EnvironmentDot environment={connection.environment} />}
              <span className="truncate">{connection.name}</span>
              {side && (
                <Badge variant="default" className="h-4">
                  {t(`side.${side}`)}
                </Badge>
              )}
            </span>
            <span className="block truncate text-muted-foreground text-xs">{placeOf(connection)}</span>
          </span>
        </button>
        <ConnectionMenu connection={connection}>
          <button
            type="button"
            aria-label={t("connections.menuOf", { name: connection.name })}
            className="absolute top-2.5 right-1.5 inline-flex size-6 items-center justify-center rounded-md text-muted-foreground opacity-0 outline-none hover:bg-background hover:text-foreground focus-visible:opacity-100 focus-visible:ring-2 focus-visible:ring-ring group-hover:opacity-100 data-[state=open]:opacity-100"
          >
            <Ellipsis aria-hidden className="size-4" />
          </button>
        </ConnectionMenu>
      </li>
    </ConnectionContextMenu>
  );
}
