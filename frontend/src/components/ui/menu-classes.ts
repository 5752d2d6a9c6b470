/** One look for everything that opens as a list: dropdown menus, context menus, selects. */
export const menuClasses = {
  content:
    "appear z-50 max-h-(--radix-popper-available-height) min-w-44 overflow-y-auto rounded-lg border bg-popover p-1 text-popover-foreground text-sm shadow-popover outline-none",
  item: "relative flex h-7 cursor-default items-center gap-2 rounded-[5px] px-2 outline-none data-[disabled]:pointer-events-none data-[highlighted]:bg-accent data-[disabled]:opacity-50 [&_svg:not([class*='text-'])]:text-muted-foreground [&_svg]:size-3.5 [&_svg]:shrink-0",
  destructive: "text-destructive data-[highlighted]:bg-destructive/10 [&_svg]:!text-destructive",
  checkable: "pl-7",
  indicator: "absolute left-2 flex size-3.5 items-center justify-center",
  label: "px-2 pt-1.5 pb-1 font-medium text-muted-foreground text-xs",
  separator: "-mx-1 my-1 h-px bg-border",
} as const;
