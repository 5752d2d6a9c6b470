import type { TFunction } from "i18next";

/**
 * The words for kinds and properties. What a newer backend knows and this does not is shown by its own name: that is
 * less, but not nothing.
 */
export function kindWord(t: TFunction, kind: string): string {
  return t(`objects.kind.${kind}` as "objects.kind.table", { defaultValue: kind });
}

export function kindsWord(t: TFunction, kind: string): string {
  return t(`objects.kinds.${kind}` as "objects.kinds.table", { defaultValue: kind });
}

/** A property's name, "column_comment:note" too: what stands behind the colon is the name of a part. */
export function fieldWord(t: TFunction, kind: string, field: string): string {
  const colon = field.indexOf(":");
  if (colon < 0) {
    const plain = t(`objects.field.${field}` as "objects.field.type", { defaultValue: field });
    return t(`objects.fieldOn.${kind}_${field}` as "objects.fieldOn.table_charset", { defaultValue: plain });
  }
  const prefix = field.slice(0, colon);
  let name = field.slice(colon + 1);
  let setting = "";
  if (prefix === "column_setting") {
    setting = fieldWord(t, "column", name.slice(0, name.indexOf(":")));
    name = name.slice(name.indexOf(":") + 1);
  }
  return t(`objects.fieldOf.${prefix}` as "objects.fieldOf.column_setting", {
    defaultValue: field,
    name,
    setting,
  });
}
