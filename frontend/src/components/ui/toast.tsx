import { CircleAlert, CircleCheck, Info, X } from "lucide-react";
import { Toast as ToastPrimitive } from "radix-ui";
import { useSyncExternalStore } from "react";
import { useTranslation } from "react-i18next";
import { createStore } from "@/lib/store";
import { cn } from "@/lib/utils";

export type ToastMessage = {
  title: string;
  description?: string;
  variant?: "info" | "success" | "destructive";
  action?: { label: string; onClick: () => void };
};

type Shown = ToastMessage & { id: number };

const store = createStore<readonly Shown[]>([]);
let lastId = 0;

/** Tells something in passing, from anywhere. What a person must act on belongs on the page instead. */
export function toast(message: ToastMessage) {
  lastId += 1;
  const shown = { ...message, id: lastId };
  store.set((all) => [...all.slice(-3), shown]);
}

function remove(id: number) {
  store.set((all) => all.filter((shown) => shown.id !== id));
}

const icons = { info: Info, success: CircleCheck, destructive: CircleAlert } as const;
const tones = { info: "text-info", success: "text-success", destructive: "text-destructive" } as const;

/** How long a toast stays; a failure longer, for it is read twice. */
const milliseconds = { info: 4000, success: 4000, destructive: 10_000 } as const;

/** Shows the toasts; once, around the window. */
export function Toaster() {
  const { t } = useTranslation();
  const all = useSyncExternalStore(store.subscribe, store.get);
  return (
    <ToastPrimitive.Provider label={t("toast.label")} swipeDirection="left">
      {all.map((shown) => (
        <ToastCard key={shown.id} {...shown} />
      ))}
      <ToastPrimitive.Viewport
        label={t("toast.viewport")}
        // At the left: buttons that go on are at the right, of pages and of dialogs.
        className="fixed bottom-3 left-3 z-60 flex w-72 max-w-[calc(100vw-2rem)] flex-col gap-2 outline-none"
      />
    </ToastPrimitive.Provider>
  );
}

function ToastCard({ id, title, description, variant = "info", action }: Shown) {
  const { t } = useTranslation();
  const Icon = icons[variant];
  return (
    <ToastPrimitive.Root
      duration={milliseconds[variant]}
      type={variant === "destructive" ? "foreground" : "background"}
      onOpenChange={(open) => open || remove(id)}
      className="appear flex items-start gap-2.5 rounded-lg border bg-popover p-3 text-popover-foreground text-sm shadow-popover outline-none focus-visible:ring-2 focus-visible:ring-ring"
    >
      <Icon aria-hidden className={cn("mt-0.5 size-4 shrink-0", tones[variant])} />
      <div className="min-w-0 flex-1">
        <ToastPrimitive.Title className="font-medium">{title}</ToastPrimitive.Title>
        {description && (
          <ToastPrimitive.Description className="select-text break-words text-muted-foreground text-xs">
            {description}
          </ToastPrimitive.Description>
        )}
        {action && (
          <ToastPrimitive.Action
            altText={action.label}
            onClick={action.onClick}
            className="mt-1 rounded-sm font-medium text-primary text-xs underline-offset-4 outline-none hover:underline focus-visible:ring-2 focus-visible:ring-ring"
          >
            {action.label}
          </ToastPrimitive.Action>
        )}
      </div>
      <ToastPrimitive.Close
        aria-label={t("action.close")}
        className="rounded-sm text-muted-foreground outline-none hover:text-foreground focus-visible:ring-2 focus-visible:ring-ring"
      >
        <X aria-hidden className="size-3.5" />
      </ToastPrimitive.Close>
    </ToastPrimitive.Root>
  );
}
