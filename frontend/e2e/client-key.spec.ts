import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Journey } from "./support/journey";
import { expect, saveConnection, test } from "./support/test";

const dir = mkdtempSync(join(tmpdir(), "dbstruct-e2e-key-"));
const [certificate, key] = [join(dir, "me.crt"), join(dir, "me.key")];

/** Whether or not the server asks for the certificate, its key is read before anything is sent. */
test.beforeAll(() => {
  const curve = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256"];
  const made = [
    "-subj",
    "/CN=me",
    "-days",
    "2",
    "-passout",
    "pass:sesame",
    "-keyout",
    key,
    "-out",
    certificate,
  ];
  execFileSync("openssl", ["req", "-x509", ...curve, ...made], { stdio: "pipe" });
});
test.afterAll(() => rmSync(dir, { recursive: true }));

for (const language of ["en", "zh"] as const) {
  test(`the passphrase of a client's key is asked for until it is right (${language})`, async ({
    app,
    database,
  }) => {
    const j = new Journey(app, language);
    const { t } = j;
    const source = database("postgres18", "CREATE TABLE customer (id int, name text);");
    await saveConnection(app, "Present", database("postgres18", "CREATE TABLE customer (id int);"));
    await app.reload();
    await j.speak();

    const dialog = await j.fillConnection("Certified", source);
    await dialog.getByRole("tab", { name: t("connections.tab.ssl") }).click();
    const field = (name: string) => dialog.getByRole("textbox", { name, exact: true });
    await expect(dialog.getByText(t("connections.field.tls.passphrase"))).toHaveCount(0);
    await field(t("connections.field.tls.cert")).fill(certificate);
    await field(t("connections.field.tls.key")).fill(key);
    await dialog.getByRole("checkbox", { name: t("connections.field.tls.askPassphrase") }).click();
    await dialog.getByRole("button", { name: t("connections.test.action") }).click();

    const question = app.getByRole("dialog", { name: t("questions.tlsPassphrase.title") });
    const answer = async (text: string) => {
      await question.getByLabel(t("questions.tlsPassphrase.label"), { exact: true }).fill(text);
      await question.getByRole("button", { name: t("password.connect") }).click();
    };
    await expect(question.getByText(key, { exact: true })).toBeVisible();
    await expect(question.getByText("Certified", { exact: true })).toBeVisible();
    await answer("wrong");
    await expect(question.getByRole("alert")).toHaveText(t("questions.tlsPassphrase.again"));
    await answer("sesame");
    await expect(dialog.getByText(t("connections.test.ok")).first()).toBeVisible();

    await j.save(dialog);
    await expect(dialog).toBeHidden();
    await j.openCompare();
    await j.choose("source", "Certified");
    await j.choose("target", "Present");
    await j.compare();
    await answer("sesame");
    await expect(j.row("name")).toBeVisible();
  });
}
