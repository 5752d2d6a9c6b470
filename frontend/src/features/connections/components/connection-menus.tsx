import { Fragment, type ReactNode } from "react";
import {
  ContextMenu,
  ContextMenuContent,
  ContextMenuItem,
  ContextMenuSeparator,
  ContextMenuTrigger,
} from "@/components/ui/context-menu";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from "@/components/ui/dropdown-menu";
import { useConnectionActions } from "@/features/connections/components/use-connection-actions";
import type { Connection } from "@/lib/backend/client";

type Props = { connection: Connection; children: ReactNode };

/** The menu of a connection at a button. */
export function ConnectionMenu({ connection, children }: Props) {
  const actions = useConnectionActions()(connection);
  return (
    <DropdownMenu>
      <DropdownMenuTrigger asChild>{children}</DropdownMenuTrigger>
      <DropdownMenuContent align="end">
        {actions.map(({ id, label, icon: Icon, destructive, apart, run }) => (
          <Fragment key={id}>
            {apart && <DropdownMenuSeparator />}
            <DropdownMenuItem variant={destructive ? "destructive" : "default"} onSelect={run}>
              <Icon aria-hidden />
              {label}
            </DropdownMenuItem>
          </Fragment>
        ))}
      </DropdownMenuContent>
    </DropdownMenu>
  );
}

/** The same menu by the right button. */
export function ConnectionContextMenu({ connection, children }: Props) {
  const actions = useConnectionActions()(connection);
  return (
    <ContextMenu>
      <ContextMenuTrigger asChild>{children}</ContextMenuTrigger>
      <ContextMenuContent>
        {actions.map(({ id, label, icon: Icon, destructive, apart, run }) => (
          <Fragment key={id}>
            {apart && <ContextMenuSeparator />}
            <ContextMenuItem variant={destructive ? "destructive" : "default"} onSelect={run}>
              <Icon aria-hidden />
              {label}
            </ContextMenuItem>
          </Fragment>
        ))}
      </ContextMenuContent>
    </ContextMenu>
  );
}
