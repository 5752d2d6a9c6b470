import { CircleHelp, Info, Keyboard, Search, Settings } from "lucide-react";
import { useTranslation } from "react-i18next";
import { LanguageToggle } from "@/components/language-toggle";
import { ShortcutKeys } from "@/components/shortcut-keys";
import { ThemeToggle } from "@/components/theme-toggle";
import { Button } from "@/components/ui/button";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuShortcut,
  DropdownMenuTrigger,
} from "@/components/ui/dropdown-menu";
import { Hint } from "@/components/ui/tooltip";
import { openDialog } from "@/features/settings/store";
import iconUrl from "../../../build/icon.svg";

export function TopBar() {
  const { t } = useTranslation();
  return (
    <header className="flex h-11 shrink-0 items-center gap-2.5 border-b bg-sidebar px-3">
      <img src={iconUrl} alt="" className="size-5.5" />
      <span className="truncate font-semibold">{t("app.name")}</span>
      <div className="ml-auto flex shrink-0 items-center gap-1.5">
        <button
          type="button"
          aria-keyshortcuts="Control+K"
          onClick={() => openDialog("palette")}
          className="mr-1 hidden h-7 w-52 items-center gap-2 rounded-md border border-input bg-card px-2 text-muted-foreground text-xs outline-none transition-colors hover:border-ring focus-visible:ring-2 focus-visible:ring-ring md:flex"
        >
          <Search aria-hidden className="size-3.5" />
          <span className="flex-1 text-left">{t("palette.button")}</span>
          <span aria-hidden>
            <ShortcutKeys keys="mod+k" />
          </span>
        </button>
        <LanguageToggle />
        <ThemeToggle />
        <Hint label={t("settings.open")}>
          <Button
            variant="ghost"
            size="icon-sm"
            aria-label={t("settings.open")}
            onClick={() => openDialog("settings")}
          >
            <Settings aria-hidden />
          </Button>
        </Hint>
        <HelpMenu />
      </div>
    </header>
  );
}

function HelpMenu() {
  const { t } = useTranslation();
  return (
    <DropdownMenu>
      <Hint label={t("help.label")}>
        <DropdownMenuTrigger asChild>
          <Button variant="ghost" size="icon-sm" aria-label={t("help.label")}>
            <CircleHelp aria-hidden />
          </Button>
        </DropdownMenuTrigger>
      </Hint>
      <DropdownMenuContent align="end">
        <DropdownMenuItem onSelect={() => openDialog("shortcuts")}>
          <Keyboard aria-hidden />
          {t("shortcuts.title")}
          <DropdownMenuShortcut>?</DropdownMenuShortcut>
        </DropdownMenuItem>
        <DropdownMenuItem onSelect={() => openDialog("about")}>
          <Info aria-hidden />
          {t("about.title")}
        </DropdownMenuItem>
      </DropdownMenuContent>
    </DropdownMenu>
  );
}
