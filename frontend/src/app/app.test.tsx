import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import i18n from "i18next";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Providers } from "@/app/providers";
import { Shell } from "@/app/shell";
import { WelcomePage } from "@/features/welcome/components/welcome-page";
import { diffCommand } from "@/features/welcome/model";
import { startI18n } from "@/lib/i18n/i18n";

const build = { version: "1.2.3", commit: "", modified: false, go: "go1.26.8", platform: "linux/amd64" };

const setClipboard = vi.fn(async (_text: string) => true);

/** Stands where the window puts Go, below the generated code, so that the real client is what runs. */
function connectBackend(answer: () => Promise<typeof build>) {
  Object.assign(window, {
    go: { api: { About: { Build: answer } } },
    runtime: { ClipboardSetText: setClipboard },
  });
}

function open() {
  return render(
    <Providers>
      <Shell>
        <WelcomePage />
      </Shell>
    </Providers>,
  );
}

beforeEach(async () => {
  connectBackend(async () => build);
  startI18n();
  await i18n.changeLanguage("en");
});

afterEach(() => {
  setClipboard.mockClear();
  document.documentElement.classList.remove("dark");
});

describe("the window", () => {
  it("says that it cannot compare yet and names the program that can", () => {
    open();
    expect(screen.getByRole("heading", { name: "This window cannot compare yet" })).toBeTruthy();
    expect(screen.getByText("dbstruct", { selector: "code" })).toBeTruthy();
  });

  it("shows the version that Go reports", async () => {
    open();
    expect(await screen.findByText("Version 1.2.3 · linux/amd64")).toBeTruthy();
  });

  it("says so when the version cannot be had", async () => {
    connectBackend(async () => {
      throw new Error("gone");
    });
    open();
    expect(await screen.findByText("Version unknown")).toBeTruthy();
  });

  it("copies the example command, and tells", async () => {
    open();
    await userEvent.click(screen.getAllByRole("button", { name: "Copy" })[0] as HTMLElement);
    expect(setClipboard).toHaveBeenCalledExactlyOnceWith(diffCommand);
    expect(await screen.findByText("Copied")).toBeTruthy();
  });

  it("tells when the clipboard refuses", async () => {
    setClipboard.mockResolvedValueOnce(false);
    open();
    await userEvent.click(screen.getAllByRole("button", { name: "Copy" })[0] as HTMLElement);
    expect(await screen.findByText("Not copied")).toBeTruthy();
  });

  it("changes language at once and remembers it", async () => {
    open();
    await userEvent.click(screen.getByRole("radio", { name: "中文" }));
    expect(screen.getByRole("heading", { name: "当前版本的窗口还不能进行对比" })).toBeTruthy();
    expect(document.documentElement.lang).toBe("zh-CN");
    expect(localStorage.getItem("language")).toBe("zh");
  });

  it("changes theme at once and remembers it", async () => {
    const { unmount } = open();
    await userEvent.click(screen.getByRole("radio", { name: "Dark" }));
    expect(document.documentElement.classList.contains("dark")).toBe(true);

    unmount();
    open();
    expect(screen.getByRole("radio", { name: "Dark" }).getAttribute("aria-checked")).toBe("true");
  });
});
