import { useSyncExternalStore } from "react";
import { PasswordPrompt } from "@/features/settings/components/password-prompt";
import { SecretStorePrompt } from "@/features/settings/components/secret-store-prompt";
import { UnlockPrompt } from "@/features/settings/components/unlock-prompt";
import { prompts } from "@/lib/prompts";

/** Shows the question for a secret that something is waiting for. */
export function PromptHost() {
  const prompt = useSyncExternalStore(prompts.subscribe, prompts.get);
  switch (prompt?.kind) {
    case "password":
      return <PasswordPrompt connection={prompt.connection} again={prompt.again} onAnswer={prompt.answer} />;
    case "unlock":
      return <UnlockPrompt onAnswer={prompt.answer} />;
    case "secret-store":
      return <SecretStorePrompt onAnswer={prompt.answer} />;
    default:
      return null;
  }
}
