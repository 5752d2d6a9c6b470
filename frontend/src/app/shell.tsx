import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { LanguageToggle } from "@/components/language-toggle";
import { ThemeToggle } from "@/components/theme-toggle";
import iconUrl from "../../../build/icon.svg";

/** The frame around every page: the name, and the choices that hold everywhere. */
export function Shell({ children }: { children: ReactNode }) {
  const { t } = useTranslation();
  return (
    <div className="flex h-full flex-col">
      <header className="flex h-13 shrink-0 items-center gap-2.5 border-b bg-card px-4">
        <img src={iconUrl} alt="" className="size-6" />
        <span className="truncate font-medium">{t("app.name")}</span>
        <div className="ml-auto flex shrink-0 items-center gap-3">
          <LanguageToggle />
          <ThemeToggle />
        </div>
      </header>
      <main className="min-h-0 flex-1 overflow-auto">{children}</main>
    </div>
  );
}
