import { expect, it } from "vitest";
import { isDark } from "@/lib/theme/theme";

it.each([
  ["light", false, false],
  ["light", true, false],
  ["dark", false, true],
  ["dark", true, true],
  ["system", false, false],
  ["system", true, true],
] as const)(
  "choosing %s on a system that prefers dark: %s, the page is dark: %s",
  (theme, prefersDark, dark) => {
    expect(isDark(theme, prefersDark)).toBe(dark);
  },
);
