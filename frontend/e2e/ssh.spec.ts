import { readFileSync } from "node:fs";
import { Journey } from "./support/journey";
import { SshServer } from "./support/sshd";
import { expect, saveConnection, test } from "./support/test";

const wanted = "CREATE TABLE customer (id int PRIMARY KEY, name varchar(80) NOT NULL);";
const present = "CREATE TABLE customer (id int PRIMARY KEY, name varchar(40) NOT NULL);";

let ssh: SshServer;
test.beforeEach(async () => {
  ssh = await SshServer.start();
});
test.afterEach(() => ssh.remove());

for (const language of ["en", "zh"] as const) {
  test(`a database behind an SSH host is tested, compared, and refused when the host's key has changed (${language})`, async ({
    app,
    database,
  }) => {
    const j = new Journey(app, language);
    const { t } = j;
    const source = database("postgres18", wanted);
    await saveConnection(app, "Present", database("postgres18", present));
    await app.reload();
    await j.speak();

    const dialog = await j.fillConnection("Behind", source);
    await dialog.getByRole("tab", { name: t("connections.tab.ssh") }).click();
    await dialog.getByRole("checkbox", { name: t("connections.field.ssh.enabled") }).click();
    await dialog.getByRole("textbox", { name: t("connections.field.ssh.host"), exact: true }).fill("bastion");
    await dialog.getByRole("textbox", { name: t("connections.field.ssh.configFile") }).fill(ssh.config);
    await dialog.getByRole("button", { name: t("connections.test.action") }).click();

    const question = app.getByRole("alertdialog", { name: t("questions.hostKey.title") });
    await expect(question.getByText(ssh.fingerprint(), { exact: true })).toBeVisible();
    await expect(question.getByText(ssh.knownHosts, { exact: true })).toBeVisible();
    await expect(question.getByRole("button", { name: t("action.cancel") })).toBeFocused();
    await question.getByRole("button", { name: t("questions.hostKey.save") }).click();

    await expect(dialog.getByText(t("connections.test.ok")).first()).toBeVisible();
    const hop = dialog.getByRole("list", { name: /bastion/ });
    await expect(hop.getByRole("listitem")).toHaveCount(3);
    await expect(hop).toContainText(ssh.fingerprint());
    expect(readFileSync(ssh.knownHosts, "utf8")).toContain("ssh-ed25519 ");

    await j.save(dialog);
    await expect(dialog).toBeHidden();
    await j.openCompare();
    await j.choose("source", "Behind");
    await j.choose("target", "Present");
    await j.compare();
    await expect(j.row("name")).toBeVisible();

    await ssh.changeHostKey();
    await j.main
      .getByRole("button", { name: t("compare.header.again") })
      .first()
      .click();
    const refusal = j.sideFailure("source", "Behind", "host_key_changed");
    await expect(refusal).toContainText(`${ssh.knownHosts}:1`);
    await expect(refusal).toContainText(t("errors.host_key_changed.hint"));
  });
}
