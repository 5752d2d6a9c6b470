import { type LucideIcon, Monitor, Moon, Sun } from "lucide-react";
import { useTranslation } from "react-i18next";
import { ToggleGroup, ToggleGroupItem } from "@/components/ui/toggle-group";
import { isTheme, type Theme, themes } from "@/lib/theme/theme";
import { useTheme } from "@/lib/theme/theme-provider";

const icons: Record<Theme, LucideIcon> = { light: Sun, dark: Moon, system: Monitor };

/** Icons where there is little room, with their names where there is. */
export function ThemeToggle({ labelled = false }: { labelled?: boolean }) {
  const { t } = useTranslation();
  const { theme, setTheme } = useTheme();
  return (
    <ToggleGroup
      type="single"
      aria-label={t("theme.label")}
      value={theme}
      onValueChange={(value) => isTheme(value) && setTheme(value)}
    >
      {themes.map((choice) => {
        const Icon = icons[choice];
        const name = t(`theme.${choice}`);
        return (
          <ToggleGroupItem key={choice} value={choice} aria-label={name} title={labelled ? undefined : name}>
            <Icon aria-hidden />
            {labelled && name}
          </ToggleGroupItem>
        );
      })}
    </ToggleGroup>
  );
}
