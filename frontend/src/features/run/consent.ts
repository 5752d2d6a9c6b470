import type { Plan } from "@/lib/backend/client";

/** What a person has agreed to so far. */
export interface Consent {
  /** Ids of the risks that are ticked. */
  acknowledged: ReadonlySet<string>;
  typedName: string;
}

export const noConsent: Consent = { acknowledged: new Set(), typedName: "" };

/** What the consent is measured against. */
export interface Demands {
  risks: Plan["risks"];
  /** The name to type; null where the target is not in production. */
  name: string | null;
}

/** Ticks or unticks one risk. */
export function acknowledge(consent: Consent, id: string, agreed: boolean): Consent {
  const acknowledged = new Set(consent.acknowledged);
  if (agreed) {
    acknowledged.add(id);
  } else {
    acknowledged.delete(id);
  }
  return { ...consent, acknowledged };
}

/** How many risks are not ticked yet. */
export function unacknowledged(consent: Consent, { risks }: Demands): number {
  return risks.filter((risk) => !consent.acknowledged.has(risk.id)).length;
}

/** Tells that the name is typed exactly, where one has to be. */
export function nameMatches(consent: Consent, { name }: Demands): boolean {
  return name === null || consent.typedName === name;
}

/** Tells that nothing stands against executing any more. */
export function mayExecute(consent: Consent, demands: Demands): boolean {
  return unacknowledged(consent, demands) === 0 && nameMatches(consent, demands);
}
