import { render, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import i18n from "i18next";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { resetNavigation } from "@/app/navigation";
import { Providers } from "@/app/providers";
import { Window } from "@/app/window";
import { resetConnections } from "@/features/connections/store";
import { closeDialog } from "@/features/settings/store";
import { startI18n } from "@/lib/i18n/i18n";
import { loadPreferences } from "@/lib/preferences";
import { connectBackend, savedConnection } from "@/test-backend";

const setClipboard = vi.fn(async (_text: string) => true);

function open() {
  return render(
    <Providers>
      <Window />
    </Providers>,
  );
}

beforeEach(async () => {
  connectBackend({}, { ClipboardSetText: setClipboard });
  startI18n();
  await i18n.changeLanguage("en");
});

afterEach(() => {
  setClipboard.mockClear();
  resetNavigation();
  resetConnections();
  closeDialog();
  document.documentElement.classList.remove("dark");
});

describe("the window", () => {
  it("without connections says what it is for and how to begin", async () => {
    open();
    expect(await screen.findByRole("heading", { name: "Database Structure Sync" })).toBeTruthy();
    await userEvent.click(within(screen.getByRole("main")).getByRole("button", { name: "New connection" }));
    expect(await screen.findByRole("dialog", { name: "New connection" })).toBeTruthy();
  });

  it("lists connections under their environment", async () => {
    connectBackend({
      Connections: {
        List: async () => [
          savedConnection({ id: "1", name: "Shop", environment: "production" }),
          savedConnection({ id: "2", name: "Shop dev", environment: "development" }),
        ],
      },
    });
    open();
    const production = await screen.findByRole("list", { name: "Production" });
    expect(within(production).getByText("Shop")).toBeTruthy();
    const headings = screen.getAllByRole("button", { expanded: true }).map((button) => button.textContent);
    expect(headings).toEqual(["Development1", "Production1"]);
  });

  it("says why the connections cannot be had", async () => {
    connectBackend({
      Connections: {
        List: async () => Promise.reject({ code: "store_newer", message: "version 9", side: "" }),
      },
    });
    open();
    expect(await screen.findByText("The saved data is from a newer version")).toBeTruthy();
    expect(screen.getByText("version 9")).toBeTruthy();
  });

  it("shows the version that Go reports, and copies it", async () => {
    open();
    await userEvent.click(screen.getByRole("button", { name: "Help" }));
    await userEvent.click(await screen.findByRole("menuitem", { name: "About" }));
    expect(await screen.findByText("Version 1.2.3 · linux/amd64 · go1.26.8")).toBeTruthy();
    await userEvent.click(screen.getByRole("button", { name: "Copy" }));
    expect(setClipboard).toHaveBeenCalledExactlyOnceWith("Version 1.2.3 · linux/amd64 · go1.26.8");
    expect(await screen.findByRole("button", { name: "Copied" })).toBeTruthy();
  });

  it("tells when the clipboard refuses", async () => {
    setClipboard.mockResolvedValueOnce(false);
    open();
    await userEvent.click(screen.getByRole("button", { name: "Help" }));
    await userEvent.click(await screen.findByRole("menuitem", { name: "About" }));
    await userEvent.click(await screen.findByRole("button", { name: "Copy" }));
    expect(await screen.findByRole("button", { name: "Not copied" })).toBeTruthy();
  });

  it("changes language at once and remembers it here and in the settings", async () => {
    const { Settings } = connectBackend();
    open();
    await userEvent.click(screen.getByRole("radio", { name: "中文" }));
    expect(screen.getByRole("heading", { name: "连接" })).toBeTruthy();
    expect(document.documentElement.lang).toBe("zh-CN");
    expect(localStorage.getItem("language")).toBe("zh");
    expect(Settings.Put).toHaveBeenCalledWith("window.language", '"zh"');
  });

  it("takes over the language of the settings when the page's own storage is empty", async () => {
    connectBackend({ Settings: { All: async () => ({ "window.language": '"zh"', other: "1" }) } });
    open();
    await loadPreferences();
    expect(await screen.findByRole("heading", { name: "连接" })).toBeTruthy();
  });

  it("changes theme at once and remembers it", async () => {
    const { unmount } = open();
    await userEvent.click(screen.getByRole("radio", { name: "Dark" }));
    expect(document.documentElement.classList.contains("dark")).toBe(true);

    unmount();
    open();
    expect(screen.getByRole("radio", { name: "Dark" }).getAttribute("aria-checked")).toBe("true");
  });

  it("remembers how wide the sidebar is", async () => {
    const { Settings } = connectBackend();
    const { unmount } = open();
    screen.getByRole("separator", { name: "Width of the sidebar" }).focus();
    await userEvent.keyboard("{ArrowRight}{ArrowRight}");
    expect(Settings.Put).toHaveBeenLastCalledWith("window.pane.sidebar", '"26"');
    unmount();
    open();
    const border = screen.getByRole("separator", { name: "Width of the sidebar" });
    expect(border.getAttribute("aria-valuenow")).toBe("26");
  });

  it("runs a command that is found by typing", async () => {
    open();
    await userEvent.keyboard("{Control>}k{/Control}");
    await userEvent.type(await screen.findByRole("combobox"), "sett");
    await userEvent.keyboard("{Enter}");
    expect(await screen.findByRole("dialog", { name: "Settings" })).toBeTruthy();
  });

  it("removes the sample databases once that was confirmed", async () => {
    const remove = vi.fn(async () => {
      present = present.filter(({ sample }) => !sample);
    });
    let present = [
      savedConnection({ id: "1", name: "Shop" }),
      savedConnection({ id: "2", name: "Sample: source", sample: true }),
    ];
    connectBackend({ Connections: { List: async () => present }, Samples: { Remove: remove } });
    open();
    await screen.findByText("Sample: source");
    await userEvent.click(screen.getByRole("button", { name: "Connections menu" }));
    await userEvent.click(await screen.findByRole("menuitem", { name: "Remove the sample databases…" }));
    const question = await screen.findByRole("alertdialog", { name: "Remove the sample databases?" });
    expect(within(question).getByText(/deleted: Sample: source\./)).toBeTruthy();
    expect(remove).not.toHaveBeenCalled();
    await userEvent.click(within(question).getByRole("button", { name: "Remove" }));
    await vi.waitFor(() => expect(screen.queryByText("Sample: source")).toBeNull());
    expect(screen.getByText("Shop")).toBeTruthy();
  });

  it("offers no removal of samples where there are none", async () => {
    connectBackend({ Connections: { List: async () => [savedConnection()] } });
    open();
    await screen.findByText("Shop");
    await userEvent.click(screen.getByRole("button", { name: "Connections menu" }));
    expect(await screen.findByRole("menuitem", { name: "Export…" })).toBeTruthy();
    expect(screen.queryByRole("menuitem", { name: "Remove the sample databases…" })).toBeNull();
  });

  it("lists its keys", async () => {
    open();
    await userEvent.keyboard("?");
    const sheet = await screen.findByRole("dialog", { name: "Keyboard shortcuts" });
    expect(within(sheet).getByText("New connection")).toBeTruthy();
  });

  it("asks before it closes while something runs", async () => {
    const send = vi.fn();
    const { emit } = connectBackend({}, { EventsEmit: send });
    open();
    emit("window:close", null);
    await userEvent.click(await screen.findByRole("button", { name: "Close anyway" }));
    expect(send).toHaveBeenCalledExactlyOnceWith("window:close-anyway");
  });
});
