export const themes = ["light", "dark", "system"] as const;
export type Theme = (typeof themes)[number];

export function isTheme(value: string): value is Theme {
  return (themes as readonly string[]).includes(value);
}

/** Whether the page is dark for a choice, given what the system prefers. */
export function isDark(theme: Theme, systemPrefersDark: boolean): boolean {
  return theme === "dark" || (theme === "system" && systemPrefersDark);
}
