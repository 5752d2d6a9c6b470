import { Play, ShieldCheck } from "lucide-react";
import { type FormEvent, type ReactNode, useId, useState } from "react";
import { Trans, useTranslation } from "react-i18next";
import {
  AlertDialog,
  AlertDialogBody,
  AlertDialogCancel,
  AlertDialogContent,
  AlertDialogDescription,
  AlertDialogFooter,
  AlertDialogHeader,
  AlertDialogTitle,
} from "@/components/ui/alert-dialog";
import { Button } from "@/components/ui/button";
import { Input } from "@/components/ui/input";
import { Label } from "@/components/ui/label";
import { useConnections } from "@/features/connections/api/connections";
import { EnvironmentBadge } from "@/features/connections/components/environment-mark";
import { atomicity } from "@/features/plan/model";
import { RiskItem } from "@/features/run/components/risk-item";
import {
  acknowledge,
  type Consent,
  mayExecute,
  nameMatches,
  noConsent,
  unacknowledged,
} from "@/features/run/consent";
import type { Comparison, Database, Plan } from "@/lib/backend/client";

type ConfirmProps = {
  plan: Plan;
  comparison: Comparison;
  onCancel: () => void;
  onConfirm: (consent: Consent) => void;
};

/** The last question before a database is changed. It starts anew every time it is asked. */
export function ConfirmDialog({ open, ...props }: ConfirmProps & { open: boolean }) {
  return (
    <AlertDialog open={open} onOpenChange={(next) => next || props.onCancel()}>
      <AlertDialogContent className="max-w-xl">
        <Question {...props} />
      </AlertDialogContent>
    </AlertDialog>
  );
}

function Question({ plan, comparison: { target }, onConfirm }: ConfirmProps) {
  const { t } = useTranslation();
  const [consent, setConsent] = useState(noConsent);
  const demands = { risks: plan.risks, name: target.production ? target.name : null };
  const allowed = mayExecute(consent, demands);
  const dangerous = target.production || plan.risks.some((risk) => risk.hazard.severity === "destroys");
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (allowed) {
      onConfirm(consent);
    }
  };
  return (
    <form onSubmit={submit} className="flex min-h-0 flex-col">
      <AlertDialogHeader className="pr-5">
        <AlertDialogTitle className="break-words">
          {t("run.confirm.title", { name: target.name })}
        </AlertDialogTitle>
        <AlertDialogDescription>
          <span className="block">{t("run.confirm.text", { count: plan.statements })}</span>
          <span className="block">
            {t(`plan.atomicity.${atomicity(plan)}.text`, { flavor: target.flavor })}
          </span>
        </AlertDialogDescription>
      </AlertDialogHeader>
      <AlertDialogBody className="flex flex-col gap-4">
        <dl className="grid grid-cols-[auto_minmax(0,1fr)] items-center gap-x-4 gap-y-1 rounded-lg border bg-muted/40 px-3 py-2.5 text-sm">
          <Fact name={t("run.confirm.target")}>
            <span className="min-w-0 select-text break-words font-medium">{target.name}</span>
          </Fact>
          <Fact name={t("run.confirm.address")}>
            <span className="min-w-0 select-text break-all font-mono text-xs">{target.address}</span>
          </Fact>
          <Fact name={t("run.confirm.server")}>
            {target.flavor} {target.version}
          </Fact>
          <Fact name={t("run.confirm.environment")}>
            <TargetEnvironment target={target} />
          </Fact>
        </dl>
        {plan.risks.length === 0 ? (
          <p className="flex items-start gap-2 text-muted-foreground">
            <ShieldCheck aria-hidden className="mt-0.5 size-4 shrink-0 text-success" />
            {t("run.confirm.noRisks")}
          </p>
        ) : (
          <fieldset className="flex flex-col gap-2">
            <legend className="mb-1.5 font-medium">{t("run.confirm.risks")}</legend>
            {plan.risks.map((risk) => (
              <RiskItem
                key={risk.id}
                risk={risk}
                checked={consent.acknowledged.has(risk.id)}
                onChange={(agreed) => setConsent((now) => acknowledge(now, risk.id, agreed))}
              />
            ))}
          </fieldset>
        )}
      </AlertDialogBody>
      {/* Outside of what scrolls: it is never out of sight. */}
      {demands.name !== null && (
        <NameField
          name={demands.name}
          value={consent.typedName}
          onChange={(typedName) => setConsent((now) => ({ ...now, typedName }))}
        />
      )}
      <AlertDialogFooter>
        <p role="status" className="mr-auto text-muted-foreground text-xs">
          {unacknowledged(consent, demands) > 0
            ? t("run.confirm.risksLeft", { count: unacknowledged(consent, demands) })
            : !nameMatches(consent, demands)
              ? t("run.confirm.nameLeft")
              : plan.risks.length > 0 && t("run.confirm.ready")}
        </p>
        <AlertDialogCancel>{t("run.confirm.cancel")}</AlertDialogCancel>
        <Button type="submit" variant={dangerous ? "destructive" : "default"} disabled={!allowed}>
          <Play aria-hidden />
          {t("run.confirm.execute")}
        </Button>
      </AlertDialogFooter>
    </form>
  );
}

/** How careful one has to be with the target, as its connection says. */
function TargetEnvironment({ target }: { target: Database }) {
  const { t } = useTranslation();
  const connections = useConnections().data ?? [];
  const saved = connections.find(({ id }) => id === target.connectionId)?.environment;
  const environment = target.production ? "production" : saved;
  return environment ? (
    <EnvironmentBadge environment={environment} />
  ) : (
    <span className="text-muted-foreground">{t("run.confirm.notProduction")}</span>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-muted-foreground">{name}</dt>
      <dd className="min-w-0">{children}</dd>
    </>
  );
}

function NameField({
  name,
  value,
  onChange,
}: {
  name: string;
  value: string;
  onChange: (value: string) => void;
}) {
  const { t } = useTranslation();
  const id = useId();
  return (
    <div className="flex shrink-0 flex-col gap-1.5 border-t px-5 py-3">
      <p id={`${id}-why`}>
        <Trans
          i18nKey="run.confirm.typeName"
          values={{ name }}
          components={{
            name: (
              <strong className="select-text break-words rounded-sm bg-muted px-1 py-0.5 font-mono font-medium text-xs" />
            ),
          }}
        />
      </p>
      <Label htmlFor={id} className="sr-only">
        {t("run.confirm.typeLabel")}
      </Label>
      <Input
        id={id}
        value={value}
        placeholder={t("run.confirm.typeLabel")}
        aria-describedby={`${id}-why`}
        onChange={(event) => onChange(event.target.value)}
      />
    </div>
  );
}
