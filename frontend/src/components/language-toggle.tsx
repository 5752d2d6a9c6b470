import { useTranslation } from "react-i18next";
import { ToggleGroup, ToggleGroupItem } from "@/components/ui/toggle-group";
import { languages } from "@/lib/i18n/languages";

/** Each language is named in itself, so that a person finds their own whatever is shown now. */
export function LanguageToggle() {
  const { t, i18n } = useTranslation();
  return (
    <ToggleGroup
      type="single"
      aria-label={t("language.label")}
      value={i18n.language}
      onValueChange={(code) => code && void i18n.changeLanguage(code)}
    >
      {languages.map(({ code, name }) => (
        <ToggleGroupItem key={code} value={code} lang={code}>
          {name}
        </ToggleGroupItem>
      ))}
    </ToggleGroup>
  );
}
