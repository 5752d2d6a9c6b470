import type { ReactNode } from "react";
import { Trans, useTranslation } from "react-i18next";
import { CommandLine } from "@/components/command-line";
import { Card } from "@/components/ui/card";
import { BuildLine } from "@/features/welcome/components/build-line";
import { diffCommand, syncCommand } from "@/features/welcome/model";
import iconUrl from "../../../../../build/icon.svg";

/** Says what the program is and, as long as the window cannot compare, what can. */
export function WelcomePage() {
  const { t } = useTranslation();
  return (
    <div className="mx-auto flex min-h-full max-w-2xl flex-col justify-center gap-8 px-8 py-10">
      <div className="flex items-start gap-5">
        <img src={iconUrl} alt="" className="size-16 shrink-0" />
        <div className="space-y-2">
          <h1 className="font-semibold text-2xl tracking-tight">{t("app.name")}</h1>
          <p className="text-pretty text-muted-foreground leading-6">{t("welcome.intro")}</p>
        </div>
      </div>
      <Card aria-labelledby="today" className="space-y-5 p-6">
        <div className="space-y-1.5 border-warning border-l-2 pl-3.5">
          <h2 id="today" className="font-semibold">
            {t("welcome.today.title")}
          </h2>
          <p className="text-pretty text-muted-foreground leading-6">
            <Trans i18nKey="welcome.today.text" components={{ program: <ProgramName /> }} />
          </p>
        </div>
        <Step title={t("welcome.diff.title")} note={t("welcome.diff.note")} command={diffCommand} />
        <Step title={t("welcome.sync.title")} note={t("welcome.sync.note")} command={syncCommand} />
        <p className="text-pretty text-muted-foreground text-xs leading-5">
          <Trans i18nKey="welcome.hint" components={{ program: <ProgramName /> }} />
        </p>
      </Card>
      <BuildLine />
    </div>
  );
}

type StepProps = { title: string; note: string; command: string };

function Step({ title, note, command }: StepProps) {
  return (
    <div className="space-y-2">
      <div>
        <h3 className="font-medium">{title}</h3>
        <p className="text-muted-foreground text-xs leading-5">{note}</p>
      </div>
      <CommandLine command={command} />
    </div>
  );
}

/** Filled by Trans with what the text marks as a program or an address. */
function ProgramName({ children }: { children?: ReactNode }) {
  return <code className="font-mono text-[0.92em] text-foreground">{children}</code>;
}
