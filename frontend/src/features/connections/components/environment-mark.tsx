import { useTranslation } from "react-i18next";
import { isEnvironment } from "@/features/connections/model/engines";
import { cn } from "@/lib/utils";

const dots = {
  development: "bg-environment-development",
  staging: "bg-environment-staging",
  production: "bg-environment-production",
} as const;

const badges = {
  development: "tint-environment-development text-environment-development",
  staging: "tint-environment-staging text-environment-staging",
  production: "tint-environment-production text-environment-production",
} as const;

export function EnvironmentDot({ environment }: { environment: string }) {
  return (
    <span
      aria-hidden
      className={cn(
        "size-2 shrink-0 rounded-full",
        isEnvironment(environment) ? dots[environment] : "border border-muted-foreground/60",
      )}
    />
  );
}

/** The environment in its colour and in words; nothing where there is none. */
export function EnvironmentBadge({ environment }: { environment: string }) {
  const { t } = useTranslation();
  if (!isEnvironment(environment)) {
    return null;
  }
  return (
    <span
      className={cn(
        "inline-flex h-4.5 shrink-0 items-center whitespace-nowrap rounded-[4px] px-1.5 font-medium text-2xs",
        badges[environment],
      )}
    >
      {t(`environment.${environment}`)}
    </span>
  );
}
