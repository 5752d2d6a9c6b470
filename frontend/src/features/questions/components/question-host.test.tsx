import { act, render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import axe from "axe-core";
import i18n from "i18next";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { Providers } from "@/app/providers";
import { QuestionHost } from "@/features/questions/components/question-host";
import { openQuestions } from "@/features/questions/store";
import type { Question } from "@/lib/backend/events";
import { startI18n } from "@/lib/i18n/i18n";
import { connectBackend } from "@/test-backend";

const user = userEvent.setup({ delay: null });
const answer = vi.fn(async (_id: string, _answer: unknown) => {});
let emit: (event: string, data: unknown) => void;

function question(facts: Partial<Question>): Question {
  return {
    id: "1",
    kind: "host_key",
    connection: "",
    host: "bastion",
    address: "10.0.0.7:22",
    user: "me",
    hop: 1,
    hops: 1,
    keyType: "",
    fingerprint: "",
    file: "",
    keyFile: "",
    attempt: 0,
    name: "",
    instruction: "",
    prompts: [],
    ...facts,
  };
}

const hostKey = question({
  keyType: "ssh-ed25519",
  fingerprint: "SHA256:uNiVztksCsDhcc0u9e8BrqfAQ3hCGZ8Zq8T8n8vXqZg",
  file: "/home/me/.ssh/known_hosts",
});

const ask = (asked: Question) => act(() => emit("ask", asked));
const press = (name: string) => user.click(screen.getByRole("button", { name }));

async function findings() {
  const { violations } = await axe.run(document.body, {
    rules: { "color-contrast": { enabled: false }, region: { enabled: false } },
  });
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`);
}

beforeEach(async () => {
  answer.mockClear();
  openQuestions.set([]);
  ({ emit } = connectBackend({ Questions: { Answer: answer } }));
  startI18n();
  await i18n.changeLanguage("en");
  render(
    <Providers>
      <QuestionHost />
    </Providers>,
  );
});

describe("a question about a host's key", () => {
  it("shows what is to be compared, and trusts only when told to", async () => {
    ask(hostKey);
    const dialog = screen.getByRole("alertdialog", { name: "Do you trust this SSH host?" });
    for (const fact of ["bastion (10.0.0.7:22)", hostKey.keyType, hostKey.fingerprint, hostKey.file]) {
      expect(screen.getByText(fact).className).toContain("select-text");
    }
    expect(document.activeElement).toBe(screen.getByRole("button", { name: "Cancel" }));
    expect(dialog).toBeTruthy();
    expect(await findings()).toEqual([]);
    await press("Trust and save");
    expect(answer).toHaveBeenCalledExactlyOnceWith("1", { trust: "save", values: [] });
    expect(screen.queryByRole("alertdialog")).toBeNull();
  });

  it("can be answered for this run only", async () => {
    ask(hostKey);
    await press("Trust once");
    expect(answer).toHaveBeenCalledExactlyOnceWith("1", { trust: "once", values: [] });
  });

  it.each(["{Escape}", "{Enter}"])("is declined by %s", async (key) => {
    ask(hostKey);
    await user.keyboard(key);
    expect(answer).toHaveBeenCalledExactlyOnceWith("1", { trust: "", values: [] });
  });
});

describe("a question for a secret", () => {
  it("is masked, names the key, and says when the one before was wrong", async () => {
    ask(question({ kind: "passphrase", keyFile: "/home/me/.ssh/id_ed25519", attempt: 1 }));
    const field = screen.getByLabelText("Passphrase");
    expect(field.getAttribute("type")).toBe("password");
    expect(screen.getByText("/home/me/.ssh/id_ed25519")).toBeTruthy();
    expect(screen.queryByRole("alert")).toBeNull();
    await user.type(field, "wrong{Enter}");
    expect(answer).toHaveBeenLastCalledWith("1", { trust: "", values: ["wrong"] });

    ask(question({ id: "2", kind: "passphrase", keyFile: "/home/me/.ssh/id_ed25519", attempt: 2 }));
    expect(screen.getByRole("alert").textContent).toBe("That was not right. Try again.");
    expect(screen.getByLabelText("Passphrase")).toHaveProperty("value", "");
    expect(await findings()).toEqual([]);
  });

  it("of a client's key names the connection, and no host", async () => {
    const bare = { host: "", address: "", user: "", hop: 0, hops: 0 };
    ask(question({ ...bare, kind: "tls_passphrase", connection: "Shop", keyFile: "/k.pem", attempt: 2 }));
    expect(screen.getByText("Passphrase of the client certificate's key")).toBeTruthy();
    const facts = [...document.querySelectorAll("dl > *")].map(({ textContent }) => textContent);
    expect(facts).toEqual(["Connection", "Shop", "Key", "/k.pem"]);
    expect(screen.getByRole("alert").textContent).toBe("That was not right. Try again.");
    await user.type(screen.getByLabelText("Passphrase"), "sesame{Enter}");
    expect(answer).toHaveBeenLastCalledWith("1", { trust: "", values: ["sesame"] });
  });

  it("is declined without a value by Cancel", async () => {
    ask(question({ kind: "password", attempt: 1 }));
    await press("Cancel");
    expect(answer).toHaveBeenCalledExactlyOnceWith("1", { trust: "", values: [] });
  });
});

describe("what a host asks", () => {
  const factors = question({
    kind: "prompts",
    hop: 2,
    hops: 3,
    name: "Corporate login",
    instruction: "Use your token.",
    prompts: [
      { text: "User code: ", echo: true },
      { text: "One-time password: ", echo: false },
    ],
  });

  it("is marked as its words, and seen only where it allows that", async () => {
    ask(factors);
    const words = screen.getByRole("region", { name: "In the words of the host, not of this program" });
    expect(words.textContent).toContain("Corporate login");
    expect(words.textContent).toContain("Use your token.");
    expect(screen.getByText("Host 2 of 3 on the way to the database")).toBeTruthy();
    expect(screen.getByLabelText("User code:").getAttribute("type")).not.toBe("password");
    expect(screen.getByLabelText("One-time password:").getAttribute("type")).toBe("password");
    expect(await findings()).toEqual([]);
    await user.type(screen.getByLabelText("User code:"), "42");
    await user.type(screen.getByLabelText("One-time password:"), "123456{Enter}");
    expect(answer).toHaveBeenCalledExactlyOnceWith("1", { trust: "", values: ["42", "123456"] });
  });
});

it("asks one thing after the other, and withdraws what nobody waits for", async () => {
  ask(question({ id: "1", kind: "password", host: "first", attempt: 1 }));
  ask(question({ id: "2", kind: "password", host: "second", attempt: 1 }));
  expect(screen.getAllByRole("dialog")).toHaveLength(1);
  act(() => emit("ask:over", "1"));
  expect(await screen.findByText("second (10.0.0.7:22)")).toBeTruthy();
  act(() => emit("ask:over", "2"));
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  expect(answer).not.toHaveBeenCalled();
});
