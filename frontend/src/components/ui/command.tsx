import { type ReactNode, useId, useMemo, useState } from "react";
import { Dialog, DialogContent, DialogTitle } from "@/components/ui/dialog";
import { SearchListField, useActiveOption } from "@/components/ui/search-list";
import { cn } from "@/lib/utils";

export type CommandItem = {
  id: string;
  label: string;
  group: string;
  icon?: ReactNode;
  /** Found by these too. */
  keywords?: string;
  hint?: ReactNode;
  run: () => void;
};

/** Every word that was typed must be in the item. */
export function matchCommands(items: readonly CommandItem[], query: string): CommandItem[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  return items.filter(({ label, group, keywords }) => {
    const text = `${label} ${group} ${keywords ?? ""}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
}

/** A list that is filtered by typing, in a dialog: the focus stays in the field, arrows move in the list. */
export function CommandDialog({
  open,
  onOpenChange,
  title,
  placeholder,
  empty,
  items,
}: {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: string;
  placeholder: string;
  empty: string;
  items: readonly CommandItem[];
}) {
  return (
    <Dialog open={open} onOpenChange={onOpenChange}>
      <DialogContent
        closable={false}
        aria-describedby={undefined}
        className="top-[18%] max-w-xl translate-y-0 rounded-xl"
      >
        <DialogTitle className="sr-only">{title}</DialogTitle>
        <CommandList
          placeholder={placeholder}
          empty={empty}
          items={items}
          onRun={(item) => {
            onOpenChange(false);
            // After the dialog has given the focus back, which it does in a timer that starts after this one.
            setTimeout(() => setTimeout(item.run));
          }}
        />
      </DialogContent>
    </Dialog>
  );
}

function CommandList({
  placeholder,
  empty,
  items,
  onRun,
}: {
  placeholder: string;
  empty: string;
  items: readonly CommandItem[];
  onRun: (item: CommandItem) => void;
}) {
  const id = useId();
  const [query, setQuery] = useState("");
  const found = useMemo(() => matchCommands(items, query), [items, query]);
  const { active, setAt, activeRef, onKeyDown } = useActiveOption(found, { page: 8, onEnter: onRun });

  return (
    <>
      <SearchListField
        listId={id}
        activeId={active && `${id}-${active.id}`}
        label={placeholder}
        value={query}
        onChange={(text) => {
          setQuery(text);
          setAt(0);
        }}
        onKeyDown={onKeyDown}
        className="h-11 gap-2.5 px-4 [&_svg]:size-4"
      />
      <div id={id} role="listbox" aria-label={placeholder} className="max-h-80 overflow-y-auto p-1.5">
        {found.map((item, index) => (
          <div key={item.id} role="presentation">
            {item.group !== found[index - 1]?.group && (
              <div role="presentation" className="px-2 pt-2 pb-1 font-medium text-muted-foreground text-xs">
                {item.group}
              </div>
            )}
            {/* biome-ignore lint/a11y/useKeyWithClickEvents: the keys are handled in the field, where the focus is */}
            <div
              ref={item === active ? activeRef : undefined}
              id={`${id}-${item.id}`}
              role="option"
              tabIndex={-1}
              aria-selected={item === active}
              onMouseDown={(event) => event.preventDefault()}
              onMouseMove={() => setAt(index)}
              onClick={() => onRun(item)}
              className={cn(
                "flex h-8 items-center gap-2.5 rounded-md px-2 [&_svg]:size-4 [&_svg]:shrink-0 [&_svg]:text-muted-foreground",
                item === active && "bg-accent",
              )}
            >
              {item.icon}
              <span className="truncate">{item.label}</span>
              {item.hint && (
                <span className="ml-auto flex shrink-0 items-center gap-1 text-muted-foreground text-xs">
                  {item.hint}
                </span>
              )}
            </div>
          </div>
        ))}
      </div>
      {found.length === 0 && <p className="px-4 pt-4 pb-7 text-center text-muted-foreground">{empty}</p>}
    </>
  );
}
