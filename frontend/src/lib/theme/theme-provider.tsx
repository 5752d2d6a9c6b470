import { createContext, type ReactNode, use, useLayoutEffect, useMemo, useSyncExternalStore } from "react";
import { usePreference } from "@/lib/preferences";
import { isDark, type Theme, themes } from "@/lib/theme/theme";

type ThemeChoice = { theme: Theme; setTheme: (theme: Theme) => void };

const ThemeContext = createContext<ThemeChoice | null>(null);

const darkQuery = "(prefers-color-scheme: dark)";

function subscribeToSystem(onChange: () => void) {
  const query = window.matchMedia(darkQuery);
  query.addEventListener("change", onChange);
  return () => query.removeEventListener("change", onChange);
}

function systemPrefersDark() {
  return window.matchMedia(darkQuery).matches;
}

/** Keeps the page in the chosen theme, follows the system where that is the choice, and remembers it. */
export function ThemeProvider({ children }: { children: ReactNode }) {
  const [theme, setTheme] = usePreference<Theme>("theme", themes, "system");
  const dark = isDark(theme, useSyncExternalStore(subscribeToSystem, systemPrefersDark));

  useLayoutEffect(() => {
    document.documentElement.classList.toggle("dark", dark);
  }, [dark]);

  const choice = useMemo(() => ({ theme, setTheme }), [theme, setTheme]);
  return <ThemeContext value={choice}>{children}</ThemeContext>;
}

export function useTheme(): ThemeChoice {
  const choice = use(ThemeContext);
  if (!choice) {
    throw new Error("useTheme needs a ThemeProvider around it");
  }
  return choice;
}
