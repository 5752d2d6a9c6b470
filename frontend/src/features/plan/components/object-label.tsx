import { useTranslation } from "react-i18next";
import { KindIcon } from "@/features/compare/components/kind-icon";
import { kindWord } from "@/features/compare/model/words";
import { fullName } from "@/features/plan/model";
import type { ObjectName } from "@/lib/backend/client";
import { cn } from "@/lib/utils";

/** An object by kind and full name, on one line. */
export function ObjectLabel({ object, className }: { object: ObjectName; className?: string }) {
  const { t } = useTranslation();
  const name = fullName(object);
  return (
    <span className={cn("inline-flex min-w-0 max-w-full items-center gap-1.5", className)}>
      <KindIcon kind={object.kind} />
      <span className="shrink-0 text-muted-foreground text-xs">{kindWord(t, object.kind)}</span>
      <span className="min-w-0 select-text truncate font-medium" title={name}>
        {name}
      </span>
    </span>
  );
}
