import { useFormContext, useFormState } from "react-hook-form";
import { useTranslation } from "react-i18next";
import { DialogBody } from "@/components/ui/dialog";
import { Tabs, TabsContent, TabsList, TabsTrigger } from "@/components/ui/tabs";
import { GeneralTab } from "@/features/connections/components/general-tab";
import { SshTab } from "@/features/connections/components/ssh-tab";
import { SslTab } from "@/features/connections/components/ssl-tab";
import type { ConnectionForm } from "@/features/connections/model/form";
import { secretKinds, secretNames } from "@/features/connections/model/secrets";
import type { Connection } from "@/lib/backend/client";

const tabs = ["general", "ssh", "ssl"] as const;
export type TabName = (typeof tabs)[number];

/** A red dot at a tab says that something on it is wrong. */
export function ConnectionTabs({
  tab,
  onTabChange,
  connection,
}: {
  tab: TabName;
  onTabChange: (tab: TabName) => void;
  connection: Connection | null;
}) {
  const { t } = useTranslation();
  const { control } = useFormContext<ConnectionForm>();
  const { errors } = useFormState({ control });
  const { ssh, tls, secrets, ...general } = errors;
  const secretsOf = (tab: TabName) =>
    secretNames.some((name) => secretKinds[name].tab === tab && secrets?.[name] !== undefined);
  const wrong = {
    general: Object.keys(general).length > 0 || secretsOf("general"),
    ssh: ssh !== undefined || secretsOf("ssh"),
    ssl: tls !== undefined || secretsOf("ssl"),
  };
  const saved = connection?.savedSecrets ?? [];
  return (
    <Tabs
      value={tab}
      onValueChange={(value) => onTabChange(value as TabName)}
      className="flex min-h-0 flex-1 flex-col"
    >
      <TabsList className="mt-2 shrink-0 px-5">
        {tabs.map((name) => (
          <TabsTrigger key={name} value={name}>
            {t(`connections.tab.${name}`)}
            {wrong[name] && (
              <span className="size-1.5 rounded-full bg-destructive">
                <span className="sr-only">{t("connections.tab.problem")}</span>
              </span>
            )}
          </TabsTrigger>
        ))}
      </TabsList>
      {/* As high for every tab as the window allows, so that the dialog does not jump. */}
      <DialogBody className="min-h-[min(22rem,calc(100vh-28rem))]">
        <TabsContent value="general">
          <GeneralTab saved={saved} />
        </TabsContent>
        <TabsContent value="ssh">
          <SshTab saved={saved} />
        </TabsContent>
        <TabsContent value="ssl">
          <SslTab saved={saved} />
        </TabsContent>
      </DialogBody>
    </Tabs>
  );
}
