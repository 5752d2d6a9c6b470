import { ChevronDown, OctagonAlert, Search, X } from "lucide-react";
import { type ReactNode, type RefObject, useMemo } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "@/components/ui/button";
import {
  DropdownMenu,
  DropdownMenuCheckboxItem,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from "@/components/ui/dropdown-menu";
import { setFilter } from "@/features/compare/actions";
import { signOf, toneOf } from "@/features/compare/components/state-sign";
import { filterStates, toggled } from "@/features/compare/model/filter";
import { countKinds, countStates } from "@/features/compare/model/rows";
import { kindsWord } from "@/features/compare/model/words";
import { filteredOf, type Result } from "@/features/compare/store";
import { cn } from "@/lib/utils";

/** What of the differences is shown: by state, kind, danger and name. */
export function FilterBar({
  result,
  input,
  onLeave,
}: {
  result: Result;
  input: RefObject<HTMLInputElement | null>;
  /** The person is done with the text and goes on in the tree. */
  onLeave: () => void;
}) {
  const { t, i18n } = useTranslation();
  const { rows, filter, comparison } = result;
  const counts = useMemo(() => countStates(rows), [rows]);
  const number = new Intl.NumberFormat(i18n.language);
  const badPattern = filteredOf(result).badPattern;

  return (
    <div className="flex flex-col gap-2 border-b p-2.5">
      <div
        className={cn(
          "flex h-8 items-center gap-2 rounded-md border border-input bg-card px-2.5 focus-within:border-ring focus-within:ring-1 focus-within:ring-ring",
          badPattern && "border-destructive",
        )}
      >
        <Search aria-hidden className="size-3.5 shrink-0 text-muted-foreground" />
        <input
          ref={input}
          type="search"
          aria-label={t("compare.filter.text")}
          aria-invalid={badPattern}
          placeholder={t("compare.filter.placeholder")}
          autoComplete="off"
          spellCheck={false}
          value={filter.text}
          onChange={(event) => setFilter({ text: event.target.value })}
          onKeyDown={(event) => {
            if (event.key === "Escape" && filter.text !== "") {
              event.preventDefault();
              setFilter({ text: "" });
            } else if (
              ["Escape", "Enter", "ArrowDown"].includes(event.key) &&
              !event.nativeEvent.isComposing
            ) {
              event.preventDefault();
              onLeave();
            }
          }}
          className="h-full min-w-0 flex-1 bg-transparent text-sm outline-none placeholder:text-muted-foreground [&::-webkit-search-cancel-button]:hidden"
        />
        {filter.text !== "" && (
          <button
            type="button"
            aria-label={t("compare.filter.clearText")}
            onClick={() => {
              setFilter({ text: "" });
              input.current?.focus();
            }}
            className="inline-flex size-5 items-center justify-center rounded-[4px] text-muted-foreground outline-none hover:text-foreground focus-visible:ring-2 focus-visible:ring-ring"
          >
            <X aria-hidden className="size-3.5" />
          </button>
        )}
      </div>
      {badPattern && (
        <p role="alert" className="text-destructive text-xs">
          {t("compare.filter.badPattern")}
        </p>
      )}
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset would want a legend to see */}
      <div role="group" aria-label={t("compare.filter.label")} className="flex flex-wrap items-center gap-1">
        {filterStates.map(
          (state) =>
            (counts[state] > 0 || (state !== "unmodelled" && state !== "rename")) && (
              <Chip
                key={state}
                pressed={filter.states.includes(state)}
                onPress={() => setFilter({ states: toggled(filter.states, state) })}
              >
                <span aria-hidden className={cn("font-mono font-semibold", toneOf(state), "bg-transparent")}>
                  {signOf(state)}
                </span>
                {t(`compare.state.${state}`)}
                <span className="text-muted-foreground tabular-nums">{number.format(counts[state])}</span>
              </Chip>
            ),
        )}
        {comparison.counts.destructive > 0 && (
          <Chip
            pressed={filter.destructiveOnly}
            onPress={() => setFilter({ destructiveOnly: !filter.destructiveOnly })}
          >
            <OctagonAlert aria-hidden className="size-3 text-destructive" />
            {t("compare.filter.destructive")}
            <span className="text-muted-foreground tabular-nums">
              {number.format(comparison.counts.destructive)}
            </span>
          </Chip>
        )}
        <KindMenu result={result} />
      </div>
    </div>
  );
}

function Chip({
  pressed,
  onPress,
  children,
}: {
  pressed: boolean;
  onPress: () => void;
  children: ReactNode;
}) {
  return (
    <button
      type="button"
      aria-pressed={pressed}
      onClick={onPress}
      className={cn(
        "inline-flex h-6 items-center gap-1 rounded-full border px-2 text-xs outline-none transition-colors focus-visible:ring-2 focus-visible:ring-ring",
        pressed ? "border-primary/45 bg-primary/10" : "text-muted-foreground hover:bg-accent",
      )}
    >
      {children}
    </button>
  );
}

function KindMenu({ result }: { result: Result }) {
  const { t, i18n } = useTranslation();
  const { rows, filter } = result;
  const kinds = useMemo(() => countKinds(rows), [rows]);
  const number = new Intl.NumberFormat(i18n.language);
  const chosen = filter.kinds;
  return (
    <DropdownMenu>
      <DropdownMenuTrigger asChild>
        <Button
          variant="ghost"
          size="sm"
          className={cn(
            "h-6 rounded-full border px-2 font-normal",
            chosen.length > 0 && "border-primary/45 bg-primary/10 text-foreground",
          )}
        >
          {chosen.length === 0
            ? t("compare.filter.allKinds")
            : chosen.length === 1
              ? kindsWord(t, chosen[0] as string)
              : t("compare.filter.someKinds", { count: chosen.length })}
          <ChevronDown aria-hidden />
        </Button>
      </DropdownMenuTrigger>
      <DropdownMenuContent>
        {kinds.map(({ kind, count }) => (
          <DropdownMenuCheckboxItem
            key={kind}
            checked={chosen.includes(kind)}
            onCheckedChange={() => setFilter({ kinds: toggled(chosen, kind) })}
            onSelect={(event) => event.preventDefault()}
          >
            {kindsWord(t, kind)}
            <span className="ml-auto pl-6 text-muted-foreground text-xs tabular-nums">
              {number.format(count)}
            </span>
          </DropdownMenuCheckboxItem>
        ))}
        <DropdownMenuSeparator />
        <DropdownMenuItem disabled={chosen.length === 0} onSelect={() => setFilter({ kinds: [] })}>
          <span className="pl-5">{t("compare.filter.allKinds")}</span>
        </DropdownMenuItem>
      </DropdownMenuContent>
    </DropdownMenu>
  );
}
