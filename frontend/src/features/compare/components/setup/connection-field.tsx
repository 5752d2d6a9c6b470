import { ChevronsUpDown, Database } from "lucide-react";
import { useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { chooseSide, type Side } from "@/app/navigation";
import { Popover, PopoverContent, PopoverTrigger } from "@/components/ui/popover";
import { ConnectionList } from "@/features/compare/components/setup/connection-list";
import { EngineName } from "@/features/compare/components/setup/engine-name";
import { type ChoiceProblem, shortAddress } from "@/features/compare/model/choice";
import { EngineMark } from "@/features/connections/components/engine-mark";
import { EnvironmentBadge } from "@/features/connections/components/environment-mark";
import type { Connection } from "@/lib/backend/client";

/** One side of the comparison: a saved connection, found by typing. */
export function ConnectionField({
  side,
  connections,
  chosenId,
  otherId,
  problem,
  disabled,
}: {
  side: Side;
  connections: readonly Connection[];
  chosenId: string;
  otherId: string;
  problem?: ChoiceProblem;
  disabled: boolean;
}) {
  const { t } = useTranslation();
  const id = useId();
  const [open, setOpen] = useState(false);
  const chosen = connections.find((connection) => connection.id === chosenId);
  const label = t(side === "source" ? "side.sourceDatabase" : "side.targetDatabase");

  return (
    <div className="flex min-w-0 flex-col gap-1.5">
      <div className="flex items-baseline gap-2">
        <span id={`${id}-label`} className="font-medium">
          {label}
        </span>
        <span className="truncate text-muted-foreground text-xs">{t(`compare.setup.role.${side}`)}</span>
      </div>
      <Popover open={open} onOpenChange={setOpen}>
        <PopoverTrigger asChild>
          <button
            type="button"
            role="combobox"
            aria-expanded={open}
            aria-controls={`${id}-list`}
            aria-labelledby={`${id}-label ${id}-value`}
            aria-describedby={problem ? `${id}-problem` : undefined}
            aria-invalid={problem !== undefined && problem !== "missing"}
            disabled={disabled}
            className="flex h-14 w-full min-w-0 cursor-default items-center gap-3 rounded-lg border border-input bg-card px-3 text-left outline-none transition-colors hover:border-ring/60 focus-visible:border-ring focus-visible:ring-1 focus-visible:ring-ring disabled:opacity-60 aria-invalid:border-destructive"
          >
            {chosen ? (
              <EngineMark engine={chosen.engine} className="size-8 text-xs" />
            ) : (
              <span
                aria-hidden
                className="inline-flex size-8 shrink-0 items-center justify-center rounded-md bg-muted text-muted-foreground"
              >
                <Database className="size-4" />
              </span>
            )}
            <span id={`${id}-value`} className="min-w-0 flex-1">
              {chosen ? (
                <>
                  <span className="flex items-center gap-1.5">
                    <span className="truncate font-medium">{chosen.name}</span>
                    <EnvironmentBadge environment={chosen.environment} />
                    <EngineName engine={chosen.engine} />
                  </span>
                  <span className="block truncate font-mono text-muted-foreground text-xs">
                    {shortAddress(chosen.address)}
                  </span>
                </>
              ) : (
                <span className="text-muted-foreground">{t("compare.setup.choose")}</span>
              )}
            </span>
            <ChevronsUpDown aria-hidden className="size-4 shrink-0 text-muted-foreground" />
          </button>
        </PopoverTrigger>
        <PopoverContent
          id={`${id}-list`}
          aria-label={label}
          className="w-(--radix-popover-trigger-width) min-w-80 p-0"
        >
          <ConnectionList
            connections={connections}
            chosen={chosenId}
            refused={otherId}
            refusal={t(side === "source" ? "compare.setup.isTarget" : "compare.setup.isSource")}
            label={label}
            onChoose={(chosenConnection) => {
              chooseSide(side, chosenConnection);
              setOpen(false);
            }}
          />
        </PopoverContent>
      </Popover>
      {problem && problem !== "missing" && (
        <p id={`${id}-problem`} role="alert" className="text-destructive text-xs">
          {t(`compare.setup.problem.${problem}`)}
        </p>
      )}
    </div>
  );
}
