import {
  ArrowLeftFromLine,
  ArrowRightFromLine,
  Copy,
  type LucideIcon,
  PencilLine,
  PlugZap,
  Trash2,
} from "lucide-react";
import { useTranslation } from "react-i18next";
import { chooseSide, navigate } from "@/app/navigation";
import { useFailureToast } from "@/components/failure-alert";
import { toast } from "@/components/ui/toast";
import { useDuplicateConnection } from "@/features/connections/api/connections";
import { askToDelete, editConnection, selectConnection, testConnection } from "@/features/connections/store";
import type { Connection } from "@/lib/backend/client";

export type ConnectionAction = {
  id: string;
  label: string;
  icon: LucideIcon;
  destructive?: boolean;
  /** A line is drawn above it. */
  apart?: boolean;
  run: () => void;
};

/** What can be done with a connection, in the order of its menu. */
export function useConnectionActions(): (connection: Connection) => ConnectionAction[] {
  const { t } = useTranslation();
  const duplicate = useDuplicateConnection();
  const failed = useFailureToast();
  const choose = (side: "source" | "target", { id }: Connection) => {
    chooseSide(side, id);
    navigate("compare");
  };
  return (connection) => [
    {
      id: "source",
      label: t("connections.useAsSource"),
      icon: ArrowRightFromLine,
      run: () => choose("source", connection),
    },
    {
      id: "target",
      label: t("connections.useAsTarget"),
      icon: ArrowLeftFromLine,
      run: () => choose("target", connection),
    },
    {
      id: "test",
      label: t("connections.test.action"),
      icon: PlugZap,
      apart: true,
      run: () => {
        navigate("home");
        testConnection(connection);
      },
    },
    {
      id: "edit",
      label: t("action.edit"),
      icon: PencilLine,
      run: () => editConnection(connection),
    },
    {
      id: "duplicate",
      label: t("action.duplicate"),
      icon: Copy,
      run: () =>
        duplicate.mutate(connection.id, {
          onSuccess: (copy) => {
            selectConnection(copy.id);
            toast({ variant: "success", title: t("connections.duplicated", { name: copy.name }) });
          },
          onError: failed,
        }),
    },
    {
      id: "delete",
      label: t("action.delete"),
      icon: Trash2,
      destructive: true,
      apart: true,
      run: () => askToDelete(connection),
    },
  ];
}
