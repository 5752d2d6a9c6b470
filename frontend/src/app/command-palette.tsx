import { useTranslation } from "react-i18next";
import { navigate } from "@/app/navigation";
import { ShortcutKeys } from "@/components/shortcut-keys";
import { CommandDialog, type CommandItem } from "@/components/ui/command";
import { useConnections } from "@/features/connections/api/connections";
import { EngineMark } from "@/features/connections/components/engine-mark";
import { EnvironmentBadge } from "@/features/connections/components/environment-mark";
import { useConnectionActions } from "@/features/connections/components/use-connection-actions";
import { placeOf } from "@/features/connections/model/groups";
import { selectConnection } from "@/features/connections/store";
import { closeDialog, openDialog, useWindowDialog } from "@/features/settings/store";
import { keyList } from "@/lib/shortcuts/registry";
import { useActions } from "@/lib/shortcuts/use-shortcuts";

/** Everything that can be done now, and every connection with what can be done with it, found by typing. */
export function CommandPalette() {
  const { t } = useTranslation();
  const open = useWindowDialog() === "palette";
  const items = useCommands();
  return (
    <CommandDialog
      open={open}
      onOpenChange={(next) => (next ? openDialog("palette") : closeDialog())}
      title={t("palette.title")}
      placeholder={t("palette.placeholder")}
      empty={t("palette.empty")}
      items={items}
    />
  );
}

function useCommands(): CommandItem[] {
  const { t } = useTranslation();
  const { data: connections = [] } = useConnections();
  const actionsOf = useConnectionActions();
  const commands: CommandItem[] = useActions()
    .filter(({ run, enabled, palette }) => run && enabled !== false && palette !== false)
    .map((action) => ({
      id: action.id,
      label: action.label,
      group: t(`shortcuts.group.${action.group}`),
      hint: keyList(action)[0] && <ShortcutKeys keys={keyList(action)[0] as string} />,
      run: () => action.run?.(),
    }));
  const shown: CommandItem[] = connections.map((connection) => ({
    id: `connection.${connection.id}`,
    label: connection.name,
    group: t("connections.title"),
    keywords: placeOf(connection),
    icon: <EngineMark engine={connection.engine} className="size-5" />,
    hint: <EnvironmentBadge environment={connection.environment} />,
    run: () => {
      selectConnection(connection.id);
      navigate("home");
    },
  }));
  const withConnections: CommandItem[] = connections.flatMap((connection) =>
    actionsOf(connection).map(({ id, label, icon: Icon, run }) => ({
      id: `connection.${connection.id}.${id}`,
      label: t("palette.with", { name: connection.name, action: label }),
      group: t("palette.connectionActions"),
      icon: <Icon aria-hidden />,
      run,
    })),
  );
  // Groups stay together in the order in which each first appears.
  const groups = [...new Set(commands.map(({ group }) => group))];
  commands.sort((a, b) => groups.indexOf(a.group) - groups.indexOf(b.group));
  return [...commands, ...shown, ...withConnections];
}
