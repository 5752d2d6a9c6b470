import { render, screen } from "@testing-library/react";
import i18n from "i18next";
import { afterEach, beforeEach, expect, it } from "vitest";
import { navigate, resetNavigation } from "@/app/navigation";
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
import { speakPseudo, untranslated } from "@/test-pseudo-locale";

const shop = savedConnection({ name: "Own name", group: "Own group", environment: "staging" });

/** What is the same in every language: the person's own words, languages' own names, keys, marks of engines. */
const own = [
  "Own ",
  "English",
  "中文",
  /^(Ctrl|Shift|Enter|Del|Pg|SL|My|Ma|shop|me|postgres|db\.example.*)$/,
  /^shop @ /,
  /:\/\//,
  /^go1/,
];

beforeEach(async () => {
  connectBackend({ Connections: { List: async () => [shop] } });
  startI18n();
  await speakPseudo();
});

afterEach(async () => {
  resetNavigation();
  resetConnections();
  closeDialog();
  prompts.set(null);
  await i18n.changeLanguage("en");
});

it("finds text that is not translated", () => {
  render(
    <p title="A title">
      Some words <b>{i18n.t("action.save")}</b>
    </p>,
  );
  expect(untranslated([])).toEqual(["A title"]);
});

it.each<[string, () => void]>([
  ["the start page", () => {}],
  ["a connection's page", () => selectConnection("1")],
  ["the page where source and target are chosen", () => navigate("compare")],
  ["the dialog of a new connection", newConnection],
  ["the dialog of a saved connection", () => editConnection(shop)],
  ["the question before deleting", () => askToDelete(shop)],
  ["the settings", () => openDialog("settings")],
  ["the shortcuts", () => openDialog("shortcuts")],
  ["the palette", () => openDialog("palette")],
  ["the question for a password", () => void askPassword("Own name")],
  ["the question for the master password", () => void askUnlock()],
  ["the question where passwords are kept", () => void askSecretStore()],
])("%s has no text of its own", async (_, show) => {
  render(
    <Providers>
      <Window />
    </Providers>,
  );
  await screen.findAllByText("Own name");
  show();
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(untranslated(own)).toEqual([]);
});
