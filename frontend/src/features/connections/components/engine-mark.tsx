import { engineFacts, isEngine } from "@/features/connections/model/engines";
import { cn } from "@/lib/utils";

const tones: Record<string, string> = {
  postgres: "tint-engine-postgres text-engine-postgres",
  mysql: "tint-engine-mysql text-engine-mysql",
  mariadb: "tint-engine-mariadb text-engine-mariadb",
  sqlite: "tint-engine-sqlite text-engine-sqlite",
};

/** Stands for the kind of database beside a name; the kind itself is written where it matters. */
export function EngineMark({ engine, className }: { engine: string; className?: string }) {
  return (
    <span
      aria-hidden
      className={cn(
        "inline-flex size-6 shrink-0 items-center justify-center rounded-md font-semibold text-2xs",
        tones[engine] ?? "bg-muted text-muted-foreground",
        className,
      )}
    >
      {isEngine(engine) ? engineFacts[engine].mark : "?"}
    </span>
  );
}
