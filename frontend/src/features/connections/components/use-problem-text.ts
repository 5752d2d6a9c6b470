import { useTranslation } from "react-i18next";
import { decodeProblem } from "@/features/connections/model/rules";
import type { Texts } from "@/lib/i18n/languages";

type Code = keyof Texts["connections"]["problem"];

/** The sentence for a problem at a field; undefined when there is none. */
export function useProblemText(message: string | undefined): string | undefined {
  const { t, i18n } = useTranslation();
  if (message === undefined) {
    return undefined;
  }
  const { code, args } = decodeProblem(message);
  const known = i18n.exists(`connections.problem.${code}`) ? (code as Code) : "bad_value";
  // Which of the arguments a text uses is the text's affair; the type is that of one which uses some.
  return t(`connections.problem.${known}` as "connections.problem.name_taken", { name: "", ...args });
}
