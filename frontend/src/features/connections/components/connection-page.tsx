import { ArrowLeftFromLine, ArrowRightFromLine, Ellipsis, PencilLine, PlugZap } from "lucide-react";
import { type ReactNode, useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { useConnectionTest } from "@/features/connections/api/use-connection-test";
import { ConnectionMenu } from "@/features/connections/components/connection-menus";
import { EngineMark } from "@/features/connections/components/engine-mark";
import { EnvironmentBadge } from "@/features/connections/components/environment-mark";
import { TestResult } from "@/features/connections/components/test-result";
import { useConnectionActions } from "@/features/connections/components/use-connection-actions";
import { useConnectionFacts } from "@/features/connections/components/use-connection-facts";
import { fromConnection, toDraft } from "@/features/connections/model/form";
import { takeTestRequest, useConnectionsState } from "@/features/connections/store";
import type { Connection } from "@/lib/backend/client";

/** Everything about one connection, and what can be done with it. */
export function ConnectionPage({ connection }: { connection: Connection }) {
  const { t } = useTranslation();
  const { testRequest } = useConnectionsState();
  const test = useConnectionTest();
  const facts = useConnectionFacts()(connection);
  const actions = useConnectionActions()(connection);
  const run = (id: string) => actions.find((action) => action.id === id)?.run();

  const startTest = () => void test.start(toDraft(fromConnection(connection)));

  // A wish to test comes from menus too, before this page is there.
  const latest = useRef(startTest);
  latest.current = startTest;
  useEffect(() => {
    if (testRequest !== connection.id) {
      return;
    }
    const timer = setTimeout(() => {
      takeTestRequest();
      latest.current();
    });
    return () => clearTimeout(timer);
  }, [testRequest, connection.id]);

  return (
    <article className="@container mx-auto flex w-full max-w-3xl flex-col gap-5 p-8">
      <header className="flex flex-wrap items-center gap-x-3 gap-y-3">
        <EngineMark engine={connection.engine} className="size-9 text-sm" />
        <div className="min-w-0 flex-1">
          <h1 className="flex min-w-0 items-center gap-2 font-semibold text-lg leading-6">
            <span className="select-text truncate">{connection.name}</span>
            <EnvironmentBadge environment={connection.environment} />
          </h1>
          <p className="truncate text-muted-foreground">{facts.subtitle}</p>
        </div>
        <div className="flex items-center gap-2">
          <Button variant="outline" onClick={() => run("edit")}>
            <PencilLine aria-hidden />
            {t("action.edit")}
          </Button>
          <ConnectionMenu connection={connection}>
            <Button
              variant="outline"
              size="icon"
              aria-label={t("connections.menuOf", { name: connection.name })}
            >
              <Ellipsis aria-hidden />
            </Button>
          </ConnectionMenu>
        </div>
      </header>
      <div className="grid gap-2 @lg:grid-cols-3">
        <Button size="lg" variant="outline" className="[&_svg]:text-primary" onClick={() => run("source")}>
          <ArrowRightFromLine aria-hidden />
          <span className="truncate">{t("connections.useAsSource")}</span>
        </Button>
        <Button size="lg" variant="outline" className="[&_svg]:text-primary" onClick={() => run("target")}>
          <ArrowLeftFromLine aria-hidden />
          <span className="truncate">{t("connections.useAsTarget")}</span>
        </Button>
        <Button size="lg" variant="outline" disabled={test.state.phase === "running"} onClick={startTest}>
          <PlugZap aria-hidden />
          <span className="truncate">{t("connections.test.action")}</span>
        </Button>
      </div>
      {test.state.phase !== "idle" && (
        <Card className="rounded-lg px-4 py-3">
          <TestResult state={test.state} onCancel={test.cancel} />
        </Card>
      )}
      <Card className="rounded-lg px-4 py-1.5">
        <dl>
          {facts.list.map(({ label, value, mono }) => (
            <Fact key={label} label={label} mono={mono}>
              {value}
            </Fact>
          ))}
        </dl>
      </Card>
    </article>
  );
}

function Fact({ label, mono, children }: { label: string; mono?: boolean; children: ReactNode }) {
  return (
    <div className="grid @lg:grid-cols-[9rem_1fr] gap-x-3 border-b py-1.5 last:border-b-0">
      <dt className="text-muted-foreground">{label}</dt>
      <dd className={mono ? "select-text break-all font-mono text-xs leading-5" : "select-text break-words"}>
        {children}
      </dd>
    </div>
  );
}
