import i18n from "i18next";
import { languages } from "@/lib/i18n/languages";

/*
 * A language that nobody speaks: the English texts in brackets. What is on a page without brackets did not come from the
 * locale files.
 */

type Texts = { [key: string]: string | Texts };

function bracketed(texts: Texts): Texts {
  return Object.fromEntries(
    Object.entries(texts).map(([key, text]) => [
      key,
      typeof text === "string" ? `⟦${text}⟧` : bracketed(text),
    ]),
  );
}

/** Switches to it; switch back with i18n.changeLanguage. */
export async function speakPseudo() {
  i18n.addResourceBundle("en-XA", "translation", bracketed(languages[0].texts), true, true);
  await i18n.changeLanguage("en-XA");
}

const readAttributes = ["aria-label", "title", "placeholder", "alt", "aria-description"];

/** Texts on the page without brackets, but for those that are the person's own or names. */
export function untranslated(own: readonly (string | RegExp)[]): string[] {
  const texts: string[] = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    // Text is in brackets as a whole, even where parts of it are drawn apart.
    const parent = node.parentElement?.closest("p, li, button, dd, dt, h1, h2, h3, label, span, div");
    if (!/[⟦⟧]/.test(parent?.textContent ?? "")) {
      texts.push(node.textContent ?? "");
    }
  }
  for (const name of readAttributes) {
    for (const element of document.querySelectorAll(`[${name}]`)) {
      const text = element.getAttribute(name) ?? "";
      if (!text.includes("⟦")) {
        texts.push(text);
      }
    }
  }
  const isOwn = (text: string) =>
    own.some((known) => (typeof known === "string" ? text.includes(known) : known.test(text)));
  return [...new Set(texts.map((text) => text.trim()))].filter(
    (text) => /\p{L}{2}/u.test(text) && !isOwn(text),
  );
}
