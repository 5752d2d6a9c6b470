import { ChevronRight, Plus, Search, X } from "lucide-react";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { FailureAlert } from "@/components/failure-alert";
import { Button } from "@/components/ui/button";
import { Input } from "@/components/ui/input";
import { Skeleton } from "@/components/ui/skeleton";
import { Hint } from "@/components/ui/tooltip";
import { useConnections } from "@/features/connections/api/connections";
import { ConnectionListMenu } from "@/features/connections/components/connection-list-menu";
import { ConnectionRow } from "@/features/connections/components/connection-row";
import { EnvironmentDot } from "@/features/connections/components/environment-mark";
import { isEnvironment } from "@/features/connections/model/engines";
import {
  type ConnectionGroup,
  type Grouping,
  groupConnections,
  groupings,
  searchConnections,
} from "@/features/connections/model/groups";
import { newConnection } from "@/features/connections/store";
import { usePreference } from "@/lib/preferences";
import { cn } from "@/lib/utils";

/** The saved connections, searched and grouped. */
export function ConnectionSidebar() {
  const { t } = useTranslation();
  const { data, error, isPending } = useConnections();
  const [query, setQuery] = useState("");
  const [grouping, setGrouping] = usePreference<Grouping>("connections.grouping", groupings, "environment");
  const list = useRef<HTMLDivElement>(null);
  const found = searchConnections(data ?? [], query);

  /** Arrows go from row to row, across groups. */
  const move = (step: number) => {
    const rows = [...(list.current?.querySelectorAll<HTMLElement>("[data-connection-row]") ?? [])];
    const at = rows.indexOf(document.activeElement as HTMLElement);
    rows[Math.max(0, Math.min(rows.length - 1, at + step))]?.focus();
  };

  return (
    <section aria-label={t("connections.title")} className="flex min-h-0 flex-1 flex-col">
      <div className="flex h-9 shrink-0 items-center gap-0.5 pr-2 pl-4">
        <h2 className="flex-1 truncate font-medium text-muted-foreground text-xs">
          {t("connections.title")}
        </h2>
        <Hint label={t("connections.new")}>
          <Button variant="ghost" size="icon-sm" aria-label={t("connections.new")} onClick={newConnection}>
            <Plus aria-hidden />
          </Button>
        </Hint>
        <ConnectionListMenu grouping={grouping} onGroupingChange={setGrouping} />
      </div>
      {(data?.length ?? 0) > 0 && (
        <SearchField query={query} onQueryChange={setQuery} onDown={() => move(1)} />
      )}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: listens for the arrows of the rows in it */}
      <div
        ref={list}
        className="min-h-0 flex-1 overflow-y-auto px-2 pb-2"
        onKeyDown={(event) => {
          const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
          if (step && (event.target as HTMLElement).dataset.connectionRow !== undefined) {
            event.preventDefault();
            move(step);
          }
        }}
      >
        {isPending && <Loading />}
        {error && <FailureAlert error={error} className="mt-1" />}
        {data && found.length === 0 && (
          <p className="px-2 py-3 text-muted-foreground text-xs">
            {data.length === 0 ? t("connections.noneYet") : t("connections.noneFound", { query })}
          </p>
        )}
        {groupConnections(found, grouping).map((group) => (
          <Group key={group.title} group={group} by={grouping} />
        ))}
      </div>
    </section>
  );
}

function Loading() {
  const { t } = useTranslation();
  return (
    <div role="status" className="flex flex-col gap-2 p-2">
      <span className="sr-only">{t("connections.loading")}</span>
      <Skeleton className="h-8" />
      <Skeleton className="h-8" />
      <Skeleton className="h-8" />
    </div>
  );
}

function SearchField({
  query,
  onQueryChange,
  onDown,
}: {
  query: string;
  onQueryChange: (query: string) => void;
  onDown: () => void;
}) {
  const { t } = useTranslation();
  return (
    <div className="relative mx-3 mb-1.5 shrink-0">
      <Search aria-hidden className="absolute top-1.75 left-2 size-3.5 text-muted-foreground" />
      <Input
        aria-label={t("connections.search")}
        placeholder={t("connections.search")}
        value={query}
        onChange={(event) => onQueryChange(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === "ArrowDown") {
            event.preventDefault();
            onDown();
          } else if (event.key === "Escape" && query !== "") {
            event.preventDefault();
            event.stopPropagation();
            onQueryChange("");
          }
        }}
        className="h-7 px-7 text-xs"
      />
      {query !== "" && (
        <button
          type="button"
          aria-label={t("action.clear")}
          onClick={() => onQueryChange("")}
          className="absolute top-1 right-1 inline-flex size-5 items-center justify-center rounded text-muted-foreground outline-none hover:text-foreground focus-visible:ring-2 focus-visible:ring-ring"
        >
          <X aria-hidden className="size-3.5" />
        </button>
      )}
    </div>
  );
}

function Group({ group: { title, connections }, by }: { group: ConnectionGroup; by: Grouping }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(true);
  const heading =
    by === "group"
      ? title || t("connections.noGroup")
      : isEnvironment(title)
        ? t(`environment.${title}`)
        : t("environment.none");
  return (
    <div className="mb-1">
      <button
        type="button"
        aria-expanded={open}
        onClick={() => setOpen(!open)}
        className="flex h-6 w-full items-center gap-1.5 rounded-md px-1 text-left font-medium text-muted-foreground text-xs outline-none hover:text-foreground focus-visible:ring-2 focus-visible:ring-ring"
      >
        <ChevronRight
          aria-hidden
          className={cn("size-3.5 shrink-0 transition-transform", open && "rotate-90")}
        />
        {by === "environment" && <EnvironmentDot environment={title} />}
        <span className="truncate">{heading}</span>
        <span className="ml-auto pr-1 font-normal tabular-nums">{connections.length}</span>
      </button>
      {open && (
        <ul aria-label={heading} className="flex flex-col">
          {connections.map((connection) => (
            <ConnectionRow
              key={connection.id}
              connection={connection}
              showEnvironment={by !== "environment"}
            />
          ))}
        </ul>
      )}
    </div>
  );
}
