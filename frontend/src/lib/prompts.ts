import { toFailure } from "@/lib/backend/failure";
import { createStore } from "@/lib/store";

/*
 * Questions that may come up in the middle of anything that needs a secret. Whoever asks gets a promise; the dialogs are
 * in the settings feature and are shown by the window.
 */

export type Prompt =
  | { kind: "password"; connection: string; again: boolean; answer: (password: string | null) => void }
  | { kind: "unlock"; answer: (done: boolean) => void }
  | { kind: "secret-store"; answer: (done: boolean) => void };

export const prompts = createStore<Prompt | null>(null);

function ask<Answer>(make: (answer: (value: Answer) => void) => Prompt): Promise<Answer> {
  return new Promise((resolve) => {
    const prompt = make((value) => {
      prompts.set((current) => (current === prompt ? null : current));
      resolve(value);
    });
    prompts.set(prompt);
  });
}

/**
 * The password of a database, to be used once and not kept; null: the person would rather not. again: the one before was
 * wrong.
 */
export function askPassword(connection: string, again = false): Promise<string | null> {
  return ask((answer) => ({ kind: "password", connection, again, answer }));
}

/** Lets the person unlock the vault; false: they did not. */
export function askUnlock(): Promise<boolean> {
  return ask((answer) => ({ kind: "unlock", answer }));
}

/** Lets the person choose where passwords are kept; false: they did not. */
export function askSecretStore(): Promise<boolean> {
  return ask((answer) => ({ kind: "secret-store", answer }));
}

/**
 * A call that may need secrets. When the vault is locked, or no place for secrets has been chosen, the person is asked and
 * the call made again; it rejects as it did before when they would rather not.
 */
export async function withSecrets<Result>(call: () => Promise<Result>): Promise<Result> {
  for (;;) {
    try {
      return await call();
    } catch (error) {
      const { code } = toFailure(error);
      const ready =
        code === "secrets_locked"
          ? await askUnlock()
          : code === "secrets_unchosen"
            ? await askSecretStore()
            : false;
      if (!ready) {
        throw error;
      }
    }
  }
}
