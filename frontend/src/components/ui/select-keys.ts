type Option = { value: string; text: string };

type Outcome = { handled: boolean; open?: boolean; active?: string; chosen?: string };

/** Letters typed within this time belong together. */
const typingMilliseconds = 700;

/** What a key does to a listbox whose focus stays on its trigger. */
export function moveInList(
  event: { key: string; altKey: boolean; ctrlKey: boolean; metaKey: boolean },
  list: {
    open: boolean;
    options: readonly Option[];
    active: string;
    typed: { text: string; at: number };
  },
): Outcome {
  const { open, options, active, typed } = list;
  const at = options.findIndex(({ value }) => value === active);
  const go = (index: number): Outcome => {
    const option = options[Math.max(0, Math.min(options.length - 1, index))];
    return { handled: true, active: option?.value };
  };
  const isTyping = Date.now() - typed.at < typingMilliseconds && typed.text !== "";
  switch (event.key) {
    case "ArrowDown":
      return open ? go(at + 1) : { handled: true, open: true };
    case "ArrowUp":
      return open ? go(at < 0 ? options.length - 1 : at - 1) : { handled: true, open: true };
    case "Home":
      return open ? go(0) : { handled: false };
    case "End":
      return open ? go(options.length - 1) : { handled: false };
    case "Enter":
      return open ? { handled: true, chosen: active } : { handled: true, open: true };
    case " ":
      if (!isTyping) {
        return open ? { handled: true, chosen: active } : { handled: true, open: true };
      }
      break;
    case "Tab":
      return open ? { handled: false, chosen: active } : { handled: false };
  }
  if (!open || event.key.length !== 1 || event.ctrlKey || event.metaKey || event.altKey) {
    return { handled: false };
  }
  typed.text = (isTyping ? typed.text : "") + event.key.toLowerCase();
  typed.at = Date.now();
  const found = options.find(({ text }) => text.toLowerCase().startsWith(typed.text));
  return { handled: true, active: found?.value };
}
