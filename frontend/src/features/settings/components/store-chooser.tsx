import { KeyRound, type LucideIcon, TimerReset, Vault } from "lucide-react";
import { RadioGroup } from "radix-ui";
import { useId } from "react";
import { useTranslation } from "react-i18next";
import { PasswordInput } from "@/components/password-input";
import { Label } from "@/components/ui/label";
import type { SecretStore } from "@/lib/backend/client";
import { cn } from "@/lib/utils";

export const storeKinds = ["keyring", "vault", "session"] as const;
export type StoreKind = (typeof storeKinds)[number];

export type StoreChoice = { kind: string; password: string; repeated: string };

const icons: Record<StoreKind, LucideIcon> = { keyring: KeyRound, vault: Vault, session: TimerReset };

/** Whether a choice can be carried out: a new vault needs its master password twice, one that is there needs it once. */
export function isComplete({ kind, password, repeated }: StoreChoice, status: SecretStore): boolean {
  if (kind !== "vault") {
    return kind !== "";
  }
  return password !== "" && (status.vaultExists || password === repeated);
}

/** The places for passwords with what each means, and why the keyring is not among them where it is not. */
export function StoreChooser({
  status,
  choice,
  onChange,
}: {
  status: SecretStore;
  choice: StoreChoice;
  onChange: (choice: StoreChoice) => void;
}) {
  const { t } = useTranslation();
  const id = useId();
  return (
    <>
      <RadioGroup.Root
        aria-label={t("secrets.choose.title")}
        value={choice.kind}
        onValueChange={(kind) => onChange({ ...choice, kind })}
        className="flex flex-col gap-2"
      >
        {storeKinds.map((kind) => {
          const Icon = icons[kind];
          const available = status.available.includes(kind);
          return (
            <RadioGroup.Item
              key={kind}
              value={kind}
              disabled={!available}
              aria-labelledby={`${id}-${kind}`}
              aria-describedby={`${id}-${kind}-note`}
              className="flex items-start gap-3 rounded-lg border border-input bg-card px-3 py-2.5 text-left outline-none transition-colors hover:bg-accent/50 focus-visible:ring-2 focus-visible:ring-ring disabled:border-dashed disabled:bg-transparent disabled:hover:bg-transparent data-[state=checked]:border-primary data-[state=checked]:bg-selected/50 data-[state=checked]:hover:bg-selected/50"
            >
              <Icon
                aria-hidden
                className={cn("mt-0.5 size-4 shrink-0", available ? "text-primary" : "text-muted-foreground")}
              />
              <span className="min-w-0">
                <span id={`${id}-${kind}`} className="block font-medium">
                  {t(`secrets.kind.${kind}.name`)}
                </span>
                <span id={`${id}-${kind}-note`} className="block text-muted-foreground text-xs">
                  {available ? t(`secrets.kind.${kind}.text`) : t("secrets.choose.notHere")}
                  {!available && status.problem !== "" && (
                    <span className="mt-0.5 block break-words font-mono">{status.problem}</span>
                  )}
                </span>
              </span>
            </RadioGroup.Item>
          );
        })}
      </RadioGroup.Root>
      {choice.kind === "vault" && <MasterPassword status={status} choice={choice} onChange={onChange} />}
    </>
  );
}

function MasterPassword({
  status,
  choice,
  onChange,
}: {
  status: SecretStore;
  choice: StoreChoice;
  onChange: (choice: StoreChoice) => void;
}) {
  const { t } = useTranslation();
  const id = useId();
  const { password, repeated } = choice;
  const differs = repeated !== "" && !password.startsWith(repeated) && password !== repeated;
  return (
    <div className="grid grid-cols-2 gap-3">
      <div className="flex flex-col gap-1">
        <Label htmlFor={id}>
          {t(status.vaultExists ? "secrets.masterPassword" : "secrets.newMasterPassword")}
        </Label>
        <PasswordInput
          id={id}
          value={password}
          onValueChange={(value) => onChange({ ...choice, password: value })}
          autoFocus
        />
      </div>
      {!status.vaultExists && (
        <div className="flex flex-col gap-1">
          <Label htmlFor={`${id}-again`}>{t("secrets.repeat")}</Label>
          <PasswordInput
            id={`${id}-again`}
            value={repeated}
            aria-invalid={differs}
            aria-describedby={`${id}-note`}
            onValueChange={(value) => onChange({ ...choice, repeated: value })}
          />
        </div>
      )}
      <p
        id={`${id}-note`}
        className={cn("col-span-2 text-xs", differs ? "text-destructive" : "text-muted-foreground")}
      >
        {differs
          ? t("secrets.differs")
          : t(status.vaultExists ? "secrets.vaultIsThere" : "secrets.vaultWarning")}
      </p>
    </div>
  );
}
