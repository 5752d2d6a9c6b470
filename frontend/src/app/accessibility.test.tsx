import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import axe from "axe-core";
import i18n from "i18next";
import { afterEach, beforeEach, expect, it } from "vitest";
import { resetNavigation } from "@/app/navigation";
import { Providers } from "@/app/providers";
import { Window } from "@/app/window";
import {
  askToDelete,
  editConnection,
  newConnection,
  resetConnections,
  selectConnection,
} from "@/features/connections/store";
import { closeDialog, openDialog } from "@/features/settings/store";
import { startI18n } from "@/lib/i18n/i18n";
import { askPassword, askSecretStore, askUnlock, prompts } from "@/lib/prompts";
import { connectBackend, savedConnection } from "@/test-backend";

/* Names, roles and relations. Colours need a browser that paints: the tests in e2e look at those. */

const shop = savedConnection({ environment: "production", group: "Shop", savedSecrets: ["password"] });

beforeEach(async () => {
  connectBackend({ Connections: { List: async () => [shop, savedConnection({ id: "2", name: "Other" })] } });
  startI18n();
  await i18n.changeLanguage("en");
});

afterEach(() => {
  resetNavigation();
  resetConnections();
  closeDialog();
  prompts.set(null);
});

async function findings() {
  const { violations } = await axe.run(document.body, {
    rules: {
      "color-contrast": { enabled: false },
      // The border between sidebar and page, which can be moved, belongs to neither.
      region: { enabled: false },
    },
  });
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`);
}

function open() {
  render(
    <Providers>
      <Window />
    </Providers>,
  );
  return screen.findByText("Other");
}

it("the welcome has no findings", async () => {
  connectBackend();
  render(
    <Providers>
      <Window />
    </Providers>,
  );
  await screen.findByRole("heading", { level: 1 });
  expect(await findings()).toEqual([]);
});

it.each<[string, () => void]>([
  ["the start page", () => {}],
  ["a connection's page", () => selectConnection("1")],
  ["the dialog of a new connection", newConnection],
  ["the dialog of a saved connection", () => editConnection(shop)],
  ["the question before deleting", () => askToDelete(shop)],
  ["the settings", () => openDialog("settings")],
  ["the shortcuts", () => openDialog("shortcuts")],
  ["the palette", () => openDialog("palette")],
  ["about", () => openDialog("about")],
  ["the question for a password", () => void askPassword("Shop")],
  ["the question for the master password", () => void askUnlock()],
  ["the question where passwords are kept", () => void askSecretStore()],
])("%s has no findings", async (_, show) => {
  await open();
  show();
  // What is shown asks the backend for more; it is looked at when that is there.
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(await findings()).toEqual([]);
});

it.each(["SSH", "SSL"])("the tab %s has no findings", async (tab) => {
  editConnection({ ...shop, ssh: { ...shop.ssh, enabled: true } });
  await open();
  await userEvent.click(await screen.findByRole("tab", { name: tab }));
  expect(await findings()).toEqual([]);
});
