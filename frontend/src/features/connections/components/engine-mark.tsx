import { engineFacts, isEngine } from "@/features/connections/model/engines";
import { cn } from "@/lib/utils";

const tones: Record<string, string> = {
  postgres: "bg-engine-postgres/14 text-engine-postgres",
  mysql: "bg-engine-mysql/14 text-engine-mysql",
  mariadb: "bg-engine-mariadb/14 text-engine-mariadb",
  sqlite: "bg-engine-sqlite/14 text-engine-sqlite",
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
