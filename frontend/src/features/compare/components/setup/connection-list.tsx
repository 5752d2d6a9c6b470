import { Check } from "lucide-react";
import { useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { SearchListField, useActiveOption } from "@/components/ui/search-list";
import { shortAddress } from "@/features/compare/model/choice";
import { EngineMark } from "@/features/connections/components/engine-mark";
import { EnvironmentBadge } from "@/features/connections/components/environment-mark";
import type { Connection } from "@/lib/backend/client";
import { cn } from "@/lib/utils";

/** Every word that was typed must be in what is known of the connection. */
export function findConnections(all: readonly Connection[], query: string): Connection[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  return all.filter((connection) => {
    const { name, group, address, engine, environment } = connection;
    const text = `${name} ${group} ${address} ${engine} ${environment}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
}

/** The saved connections to choose one from, filtered by typing: the focus stays in the field. */
export function ConnectionList({
  connections,
  chosen,
  refused,
  refusal,
  label,
  onChoose,
}: {
  connections: readonly Connection[];
  chosen: string;
  /** The connection of the other side, which cannot be chosen, and why. */
  refused: string;
  refusal: string;
  label: string;
  onChoose: (id: string) => void;
}) {
  const { t } = useTranslation();
  const id = useId();
  const [query, setQuery] = useState("");
  const fitting = findConnections(connections, query);
  // What cannot be chosen is in nobody's way.
  const found = [
    ...fitting.filter(({ id }) => id !== refused),
    ...fitting.filter(({ id }) => id === refused),
  ];
  const choose = (connection: Connection | undefined) => {
    if (connection && connection.id !== refused) {
      onChoose(connection.id);
    }
  };
  const { active, setAt, activeRef, onKeyDown } = useActiveOption(found, {
    start: Math.max(
      0,
      found.findIndex((one) => one.id === chosen),
    ),
    page: 6,
    onEnter: choose,
  });

  return (
    <>
      <SearchListField
        listId={id}
        activeId={active && `${id}-${active.id}`}
        label={t("compare.setup.search")}
        value={query}
        onChange={(text) => {
          setQuery(text);
          setAt(0);
        }}
        onKeyDown={onKeyDown}
        className="h-9 gap-2 px-3 [&_svg]:size-3.5"
      />
      <div id={id} role="listbox" aria-label={label} className="max-h-72 overflow-y-auto p-1">
        {found.map((connection, index) => {
          const isRefused = connection.id === refused;
          return (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are handled in the field, where the focus is
            <div
              key={connection.id}
              ref={connection === active ? activeRef : undefined}
              id={`${id}-${connection.id}`}
              role="option"
              tabIndex={-1}
              aria-selected={connection.id === chosen}
              aria-disabled={isRefused}
              onMouseDown={(event) => event.preventDefault()}
              onMouseMove={() => setAt(index)}
              onClick={() => choose(connection)}
              className={cn(
                "flex items-center gap-2.5 rounded-md px-2 py-1.5",
                connection === active && "bg-accent",
              )}
            >
              <EngineMark engine={connection.engine} className={cn("size-7", isRefused && "opacity-60")} />
              <div className={cn("min-w-0 flex-1", isRefused && "opacity-60")}>
                <div className="flex items-center gap-1.5">
                  <span className="truncate font-medium">{connection.name}</span>
                  <EnvironmentBadge environment={connection.environment} />
                </div>
                <div className="truncate font-mono text-muted-foreground text-xs">
                  {shortAddress(connection.address)}
                </div>
              </div>
              {isRefused && <span className="shrink-0 text-muted-foreground text-xs">{refusal}</span>}
              {connection.id === chosen && <Check aria-hidden className="size-4 shrink-0 text-primary" />}
            </div>
          );
        })}
      </div>
      {found.length === 0 && (
        <p className="px-3 pt-2 pb-4 text-center text-muted-foreground text-sm">
          {connections.length === 0 ? t("compare.setup.noConnections") : t("compare.setup.nothingFound")}
        </p>
      )}
    </>
  );
}
