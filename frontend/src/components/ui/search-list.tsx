import { Search } from "lucide-react";
import { type KeyboardEvent, type RefObject, useEffect, useRef, useState } from "react";
import { cn } from "@/lib/utils";

/** The option that the keys have reached in a list whose focus stays in the field above it. */
export function useActiveOption<T>(
  found: readonly T[],
  { start = 0, page, onEnter }: { start?: number; page: number; onEnter: (option: T) => void },
): {
  active: T | undefined;
  setAt: (index: number) => void;
  activeRef: RefObject<HTMLDivElement | null>;
  onKeyDown: (event: KeyboardEvent) => void;
} {
  const [at, setAt] = useState(start);
  const activeRef = useRef<HTMLDivElement>(null);
  const last = found.length - 1;
  const active = found[Math.min(at, last)];

  // biome-ignore lint/correctness/useExhaustiveDependencies: follows the active option
  useEffect(() => {
    activeRef.current?.scrollIntoView?.({ block: "nearest" });
  }, [active]);

  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1, PageDown: page, PageUp: -page }[event.key];
    if (step) {
      event.preventDefault();
      setAt(Math.max(0, Math.min(last, Math.min(at, last) + step)));
    } else if (event.key === "Enter" && !event.nativeEvent.isComposing) {
      event.preventDefault();
      if (active !== undefined) {
        onEnter(active);
      }
    }
  };
  return { active, setAt, activeRef, onKeyDown };
}

/** The field over such a list. */
export function SearchListField({
  listId,
  activeId,
  label,
  value,
  onChange,
  onKeyDown,
  className,
}: {
  listId: string;
  activeId: string | undefined;
  label: string;
  value: string;
  onChange: (text: string) => void;
  onKeyDown: (event: KeyboardEvent) => void;
  className: string;
}) {
  return (
    <div className={cn("flex shrink-0 items-center border-b", className)}>
      <Search aria-hidden className="shrink-0 text-muted-foreground" />
      <input
        role="combobox"
        aria-expanded
        aria-controls={listId}
        aria-activedescendant={activeId}
        aria-label={label}
        autoComplete="off"
        spellCheck={false}
        placeholder={label}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={onKeyDown}
        className="h-full min-w-0 flex-1 bg-transparent outline-none placeholder:text-muted-foreground"
      />
    </div>
  );
}
