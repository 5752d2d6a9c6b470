import { Check, ChevronDown } from "lucide-react";
import { Popover as PopoverPrimitive } from "radix-ui";
import {
  type ComponentProps,
  createContext,
  type KeyboardEvent,
  type ReactNode,
  use,
  useCallback,
  useId,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from "react";
import { fieldClasses } from "@/components/ui/input";
import { menuClasses } from "@/components/ui/menu-classes";
import { moveInList } from "@/components/ui/select-keys";
import { cn } from "@/lib/utils";

/*
 * A listbox of our own in shadcn's shape: Radix' select puts style elements into the page, which the page's policy
 * forbids. The focus stays on the trigger; aria-activedescendant names the item that the arrows are on.
 */

type Item = { value: string; content: ReactNode; disabled: boolean };

type SelectState = {
  value: string;
  choose: (value: string) => void;
  open: boolean;
  setOpen: (open: boolean) => void;
  active: string | null;
  setActive: (value: string | null) => void;
  items: ReadonlyMap<string, Item>;
  register: (item: Item) => () => void;
  listId: string;
  disabled: boolean;
};

const SelectContext = createContext<SelectState | null>(null);

function useSelect(): SelectState {
  const state = use(SelectContext);
  if (!state) {
    throw new Error("parts of a select need a Select around them");
  }
  return state;
}

export function Select({
  value,
  onValueChange,
  disabled = false,
  children,
}: {
  value: string;
  onValueChange: (value: string) => void;
  disabled?: boolean;
  children: ReactNode;
}) {
  const listId = useId();
  const [open, setOpenState] = useState(false);
  const [active, setActive] = useState<string | null>(null);
  const [items, setItems] = useState<ReadonlyMap<string, Item>>(new Map());

  const register = useCallback((item: Item) => {
    setItems((all) => new Map(all).set(item.value, item));
    return () =>
      setItems((all) => {
        const rest = new Map(all);
        rest.delete(item.value);
        return rest;
      });
  }, []);

  const state = useMemo<SelectState>(
    () => ({
      value,
      choose: (next) => {
        setOpenState(false);
        if (next !== value) {
          onValueChange(next);
        }
      },
      open,
      setOpen: (next) => {
        setActive(next ? value : null);
        setOpenState(next && !disabled);
      },
      active,
      setActive,
      items,
      register,
      listId,
      disabled,
    }),
    [value, onValueChange, open, active, items, register, listId, disabled],
  );
  return (
    <SelectContext value={state}>
      <PopoverPrimitive.Root open={open} onOpenChange={state.setOpen}>
        {children}
      </PopoverPrimitive.Root>
    </SelectContext>
  );
}

export function SelectTrigger({
  className,
  children,
  size = "default",
  ...props
}: ComponentProps<"button"> & { size?: "default" | "sm" }) {
  const { open, setOpen, choose, active, setActive, value, listId, disabled } = useSelect();
  const typed = useRef({ text: "", at: 0 });

  const onKeyDown = (event: KeyboardEvent<HTMLButtonElement>) => {
    const options = [...document.querySelectorAll<HTMLElement>(`[id="${listId}"] [role=option]`)]
      .filter((option) => option.ariaDisabled !== "true")
      .map((option) => ({ value: option.dataset.value ?? "", text: option.textContent ?? "" }));
    const outcome = moveInList(event, { open, options, active: active ?? value, typed: typed.current });
    if (outcome.handled) {
      event.preventDefault();
    }
    if (outcome.open !== undefined) {
      setOpen(outcome.open);
    }
    if (outcome.active !== undefined) {
      setActive(outcome.active);
    }
    if (outcome.chosen !== undefined) {
      choose(outcome.chosen);
    }
  };

  return (
    <PopoverPrimitive.Trigger asChild>
      <button
        data-slot="select-trigger"
        type="button"
        role="combobox"
        aria-haspopup="listbox"
        aria-expanded={open}
        aria-controls={listId}
        aria-activedescendant={open && active !== null ? `${listId}-${active}` : undefined}
        disabled={disabled}
        onKeyDown={onKeyDown}
        className={cn(
          fieldClasses,
          "flex cursor-default items-center gap-2 text-left [&_svg]:size-3.5 [&_svg]:shrink-0",
          size === "sm" && "h-7 px-2 text-xs",
          className,
        )}
        {...props}
      >
        {children}
        <ChevronDown aria-hidden className="ml-auto text-muted-foreground" />
      </button>
    </PopoverPrimitive.Trigger>
  );
}

/** The chosen item as it stands in the list. */
export function SelectValue({ placeholder }: { placeholder?: ReactNode }) {
  const { items, value } = useSelect();
  const item = items.get(value);
  return (
    <span className={cn("flex min-w-0 items-center gap-2 truncate", !item && "text-muted-foreground")}>
      {item ? item.content : placeholder}
    </span>
  );
}

export function SelectContent({ className, children }: { className?: string; children: ReactNode }) {
  const { open, listId } = useSelect();
  if (!open) {
    // Items tell what they look like even while nobody sees them: the trigger shows the chosen one.
    return <div hidden>{children}</div>;
  }
  return (
    <PopoverPrimitive.Portal>
      <PopoverPrimitive.Content
        asChild
        align="start"
        sideOffset={4}
        collisionPadding={8}
        onOpenAutoFocus={(event) => event.preventDefault()}
        onCloseAutoFocus={(event) => event.preventDefault()}
      >
        <div
          id={listId}
          role="listbox"
          tabIndex={-1}
          className={cn(menuClasses.content, "min-w-(--radix-popper-anchor-width)", className)}
        >
          {children}
        </div>
      </PopoverPrimitive.Content>
    </PopoverPrimitive.Portal>
  );
}

export function SelectItem({
  value,
  disabled = false,
  className,
  children,
}: {
  value: string;
  disabled?: boolean;
  className?: string;
  children: ReactNode;
}) {
  const { value: chosen, active, setActive, choose, register, open, listId } = useSelect();
  const ref = useRef<HTMLDivElement>(null);
  const isActive = active === value;

  // biome-ignore lint/correctness/useExhaustiveDependencies: content is new at every render; its text is what changes
  useLayoutEffect(
    () => register({ value, content: children, disabled }),
    [value, disabled, register, typeof children === "string" ? children : null],
  );
  useLayoutEffect(() => {
    if (open && isActive) {
      ref.current?.scrollIntoView?.({ block: "nearest" });
    }
  }, [open, isActive]);

  if (!open) {
    return null;
  }
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are handled where the focus is, on the trigger
    <div
      ref={ref}
      id={`${listId}-${value}`}
      role="option"
      tabIndex={-1}
      data-value={value}
      aria-selected={chosen === value}
      aria-disabled={disabled}
      data-highlighted={isActive ? "" : undefined}
      data-disabled={disabled ? "" : undefined}
      onClick={() => disabled || choose(value)}
      onMouseDown={(event) => event.preventDefault()}
      onMouseMove={() => disabled || setActive(value)}
      className={cn(menuClasses.item, "pr-7", className)}
    >
      {children}
      {chosen === value && <Check aria-hidden className="absolute right-2" />}
    </div>
  );
}
