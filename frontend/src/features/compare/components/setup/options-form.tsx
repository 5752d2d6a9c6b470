import { useId } from "react";
import { useTranslation } from "react-i18next";
import { Checkbox } from "@/components/ui/checkbox";
import { RuleList } from "@/features/compare/components/notes/rule-list";
import { TokenField } from "@/features/compare/components/setup/token-field";
import { globProblem, type Ignorable, ignorable } from "@/features/compare/model/choice";
import { toggled } from "@/features/compare/model/filter";
import type { CompareOptions } from "@/lib/backend/client";

/** What is compared, and what is left out of it. */
export function OptionsForm({
  options,
  onChange,
  schemas,
  translated,
  disabled,
}: {
  options: CompareOptions;
  onChange: (options: CompareOptions) => void;
  /** Which sides have schemas to choose from. */
  schemas: { source: boolean; target: boolean };
  /** The two are of different engines. */
  translated: boolean;
  disabled: boolean;
}) {
  const { t } = useTranslation();
  const checkGlob = (glob: string) => {
    const problem = globProblem(glob);
    return problem && t(`compare.setup.glob.${problem}`, { glob });
  };
  return (
    <div className="flex flex-col gap-5">
      {(schemas.source || schemas.target) && (
        <div className="grid grid-cols-2 gap-x-6 gap-y-4">
          <TokenField
            label={t("compare.setup.sourceSchemas")}
            placeholder={t("compare.setup.schemasPlaceholder")}
            tokens={options.sourceSchemas}
            onChange={(sourceSchemas) => onChange({ ...options, sourceSchemas })}
            disabled={disabled || !schemas.source}
          />
          <TokenField
            label={t("compare.setup.targetSchemas")}
            placeholder={t("compare.setup.schemasPlaceholder")}
            tokens={options.targetSchemas}
            onChange={(targetSchemas) => onChange({ ...options, targetSchemas })}
            disabled={disabled || !schemas.target}
          />
        </div>
      )}
      <div className="grid grid-cols-2 gap-x-6 gap-y-4">
        <TokenField
          label={t("compare.setup.include")}
          placeholder={t("compare.setup.includePlaceholder")}
          tokens={options.include}
          onChange={(include) => onChange({ ...options, include })}
          check={checkGlob}
          disabled={disabled}
        />
        <TokenField
          label={t("compare.setup.exclude")}
          placeholder={t("compare.setup.excludePlaceholder")}
          tokens={options.exclude}
          onChange={(exclude) => onChange({ ...options, exclude })}
          check={checkGlob}
          disabled={disabled}
        />
        <p className="-mt-2.5 col-span-2 text-muted-foreground text-xs">{t("compare.setup.globHint")}</p>
      </div>
      <fieldset disabled={disabled} className="flex flex-col gap-2">
        <legend className="mb-2 font-medium text-xs">{t("compare.setup.ignore")}</legend>
        <div className="grid grid-cols-2 gap-x-6 gap-y-2.5 lg:grid-cols-3">
          {ignorable.map((word) => (
            <IgnoreBox
              key={word}
              word={word}
              checked={options.ignore.includes(word)}
              onChange={() => onChange({ ...options, ignore: toggled(options.ignore, word) })}
            />
          ))}
        </div>
      </fieldset>
      {translated && (
        <RuleList rules={options.map} onChange={(map) => onChange({ ...options, map })} disabled={disabled} />
      )}
    </div>
  );
}

function IgnoreBox({ word, checked, onChange }: { word: Ignorable; checked: boolean; onChange: () => void }) {
  const { t } = useTranslation();
  const id = useId();
  return (
    <div className="flex items-start gap-2">
      <Checkbox
        id={id}
        checked={checked}
        onCheckedChange={onChange}
        aria-describedby={`${id}-hint`}
        className="mt-0.5"
      />
      <div className="min-w-0">
        <label htmlFor={id} className="block">
          {t(`compare.ignore.${word}`)}
        </label>
        <p id={`${id}-hint`} className="text-muted-foreground text-xs">
          {t(`compare.ignoreHint.${word}`)}
        </p>
      </div>
    </div>
  );
}
