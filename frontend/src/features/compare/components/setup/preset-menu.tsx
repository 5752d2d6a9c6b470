import { BookmarkPlus, ChevronDown, Trash2 } from "lucide-react";
import { type FormEvent, useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "@/components/ui/button";
import {
  Dialog,
  DialogBody,
  DialogContent,
  DialogDescription,
  DialogFooter,
  DialogHeader,
  DialogTitle,
} from "@/components/ui/dialog";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuLabel,
  DropdownMenuRadioGroup,
  DropdownMenuRadioItem,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from "@/components/ui/dropdown-menu";
import { Input } from "@/components/ui/input";
import { Label } from "@/components/ui/label";
import { toast } from "@/components/ui/toast";
import { useDeletePreset, usePresets, useSavePreset } from "@/features/compare/api/queries";
import { initialOptions, sameOptions } from "@/features/compare/model/choice";
import { patch } from "@/features/compare/store";
import type { CompareOptions } from "@/lib/backend/client";
import { toFailure } from "@/lib/backend/failure";

/** Named sets of options: applied, saved, deleted. */
export function PresetMenu({
  preset,
  options,
  disabled,
}: {
  preset: string;
  options: CompareOptions;
  disabled: boolean;
}) {
  const { t } = useTranslation();
  const [saving, setSaving] = useState(false);
  const presets = usePresets().data ?? [];
  const remove = useDeletePreset();
  const current = presets.find(({ name }) => name === preset);
  const changed = current !== undefined && !sameOptions(current.options, options);

  return (
    <>
      <DropdownMenu>
        <DropdownMenuTrigger asChild>
          <Button variant="outline" size="sm" disabled={disabled}>
            {current
              ? t(changed ? "compare.preset.changed" : "compare.preset.current", { name: current.name })
              : t("compare.preset.label")}
            <ChevronDown aria-hidden />
          </Button>
        </DropdownMenuTrigger>
        <DropdownMenuContent align="end" className="w-64">
          {presets.length > 0 && (
            <>
              <DropdownMenuLabel>{t("compare.preset.apply")}</DropdownMenuLabel>
              <DropdownMenuRadioGroup
                value={changed ? "" : preset}
                onValueChange={(name) => {
                  const chosen = presets.find((one) => one.name === name);
                  if (chosen) {
                    patch({ preset: name, options: chosen.options });
                  }
                }}
              >
                {presets.map(({ name }) => (
                  <DropdownMenuRadioItem key={name} value={name}>
                    <span className="truncate">{name}</span>
                  </DropdownMenuRadioItem>
                ))}
              </DropdownMenuRadioGroup>
              <DropdownMenuSeparator />
            </>
          )}
          <DropdownMenuItem onSelect={() => setSaving(true)}>
            <BookmarkPlus aria-hidden />
            {t("compare.preset.save")}
          </DropdownMenuItem>
          {current && (
            <DropdownMenuItem
              variant="destructive"
              onSelect={() =>
                remove.mutate(current.name, {
                  onSuccess: () => patch({ preset: "" }),
                  onError: (error) =>
                    toast({
                      title: t("compare.preset.failed"),
                      description: toFailure(error).message,
                      variant: "destructive",
                    }),
                })
              }
            >
              <Trash2 aria-hidden />
              <span className="truncate">{t("compare.preset.delete", { name: current.name })}</span>
            </DropdownMenuItem>
          )}
          <DropdownMenuSeparator />
          <DropdownMenuItem
            disabled={sameOptions(options, initialOptions)}
            onSelect={() => patch({ preset: "", options: initialOptions })}
          >
            <span className="pl-5.5">{t("compare.preset.reset")}</span>
          </DropdownMenuItem>
        </DropdownMenuContent>
      </DropdownMenu>
      <Dialog open={saving} onOpenChange={setSaving}>
        {saving && (
          <SavePreset
            suggested={preset}
            taken={presets.map(({ name }) => name)}
            options={options}
            onDone={() => setSaving(false)}
          />
        )}
      </Dialog>
    </>
  );
}

function SavePreset({
  suggested,
  taken,
  options,
  onDone,
}: {
  suggested: string;
  taken: readonly string[];
  options: CompareOptions;
  onDone: () => void;
}) {
  const { t } = useTranslation();
  const id = useId();
  const [name, setName] = useState(suggested);
  const save = useSavePreset();
  const trimmed = name.trim();
  const replaces = taken.some((other) => other.toLowerCase() === trimmed.toLowerCase());

  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (trimmed !== "") {
      save.mutate(
        { name: trimmed, options },
        {
          onSuccess: () => {
            patch({ preset: trimmed });
            onDone();
          },
        },
      );
    }
  };
  return (
    <DialogContent>
      <form onSubmit={submit}>
        <DialogHeader>
          <DialogTitle>{t("compare.preset.saveTitle")}</DialogTitle>
          <DialogDescription>{t("compare.preset.saveHint")}</DialogDescription>
        </DialogHeader>
        <DialogBody className="flex flex-col gap-1.5">
          <Label htmlFor={id}>{t("compare.preset.name")}</Label>
          <Input id={id} autoFocus value={name} onChange={(event) => setName(event.target.value)} />
          <p className="min-h-4.5 text-muted-foreground text-xs" aria-live="polite">
            {save.isError ? (
              <span className="text-destructive">{toFailure(save.error).message}</span>
            ) : (
              replaces && t("compare.preset.replaces")
            )}
          </p>
        </DialogBody>
        <DialogFooter>
          <Button variant="outline" onClick={onDone}>
            {t("action.cancel")}
          </Button>
          <Button type="submit" disabled={trimmed === "" || save.isPending}>
            {t("action.save")}
          </Button>
        </DialogFooter>
      </form>
    </DialogContent>
  );
}
