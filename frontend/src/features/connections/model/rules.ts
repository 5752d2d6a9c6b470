import { z } from "zod";
import {
  engineFacts,
  engines,
  environments,
  isEngine,
  sshAuths,
  tlsModes,
} from "@/features/connections/model/engines";
import type { ConnectionForm } from "@/features/connections/model/form";
import { hasPort, numberOf } from "@/features/connections/model/form";
import { eachSecret, type SecretName, secretKinds } from "@/features/connections/model/secrets";
import type { Problem } from "@/lib/backend/client";

/*
 * The rules of the backend (service/connection_validate.go), so that a field says at once what it will say. What only the
 * backend can know comes from there: files that are missing, sockets, names that another program has taken since.
 */

const maxName = 100;
const maxText = 255;
const maxPath = 4096;
const maxTimeout = 3600;

/** A problem travels through zod and the form as the message of an error. */
export function encodeProblem(code: string, args: Record<string, string> = {}): string {
  return JSON.stringify({ code, args });
}

export function decodeProblem(message: string): Pick<Problem, "code" | "args"> {
  return JSON.parse(message);
}

const control = /\p{Cc}/u;

const text = (max: number) =>
  z
    .string()
    .refine((value) => !control.test(value), encodeProblem("bad_text"))
    .refine((value) => [...value].length <= max, encodeProblem("too_long", { max: String(max) }));

const ipv6 = z.ipv6();

/** A name or an address, without port, user or scheme. */
export function isHost(value: string): boolean {
  const bare = value.replace(/^\[(.*)\]$/, "$1");
  if (/[\s/@,?#[\]]/.test(bare)) {
    return false;
  }
  return !bare.includes(":") || ipv6.safeParse(bare.split("%")[0]).success;
}

const host = text(maxText).refine((value) => isHost(value.trim()), encodeProblem("bad_text"));

const whole = (most: number, code: string) =>
  z.string().refine(
    (value) => {
      const number = numberOf(value);
      return number >= 0 && number <= most;
    },
    encodeProblem(code, { min: "1", max: String(most) }),
  );

const required = (rule: z.ZodType<string, string>) =>
  z
    .string()
    .refine((value) => value.trim() !== "", encodeProblem("required"))
    .pipe(rule);

const secret = z
  .object({ action: z.string(), value: z.string() })
  .superRefine(({ action, value }, context) => {
    if (action === "set" && value === "") {
      context.addIssue({ code: "custom", message: encodeProblem("required") });
    }
    if (value.includes("\0")) {
      context.addIssue({ code: "custom", message: encodeProblem("bad_text") });
    }
    if (new TextEncoder().encode(value).length > maxPath) {
      context.addIssue({ code: "custom", message: encodeProblem("too_long", { max: String(maxPath) }) });
    }
  });

const general = z.object({
  name: required(text(maxName)),
  engine: z.enum(engines),
  environment: z.enum(["", ...environments]),
  group: text(maxName),
});

const sqlite = z.object({ file: required(text(maxPath)) });

const overHost = z.object({ host: required(host) });

const port = z.object({ port: whole(65535, "port_range") });

const overSocket = z.object({
  socket: required(text(maxPath).refine((value) => value.trim().startsWith("/"), encodeProblem("bad_text"))),
});

const server = z.object({
  database: required(text(maxText)),
  user: text(maxText),
  schemas: z.array(text(maxText)),
  connectTimeout: whole(maxTimeout, "out_of_range"),
  tls: z
    .object({
      mode: z.enum(tlsModes),
      rootCert: text(maxPath),
      cert: text(maxPath),
      key: text(maxPath),
      serverName: host,
      parameters: text(maxPath),
    })
    .superRefine(({ cert, key }, context) => {
      if (cert !== "" && key === "") {
        context.addIssue({ code: "custom", path: ["key"], message: encodeProblem("required") });
      }
      if (key !== "" && cert === "") {
        context.addIssue({ code: "custom", path: ["cert"], message: encodeProblem("required") });
      }
    }),
  secrets: z.object(eachSecret(() => secret)),
});

/** [user@]host[:port], as ssh has it on its command line; an IPv6 address with a port stands in brackets. */
export function isDestination(text: string): boolean {
  const [, user, rest = ""] = /^(?:ssh:\/\/)?(?:(.*)@)?(.*)$/s.exec(text.trim()) ?? [];
  if (user === "" || /[\r\n\0]/.test(user ?? "")) {
    return false;
  }
  const [, bracketed, plain, port] = /^(?:\[([^\]]*)\]|([^:]*|.*:.*:.*?))(?::(\d+))?$/s.exec(rest) ?? [];
  const name = bracketed ?? plain ?? "";
  return (
    name !== "" &&
    !name.startsWith("-") &&
    !/[\s\0,/@"'`$;|&<>[\]]/.test(name) &&
    (port === undefined || (Number(port) >= 1 && Number(port) <= 65535))
  );
}

const jumps = text(maxPath).refine((value) => {
  const typed = value.trim();
  return typed === "" || typed.toLowerCase() === "none" || typed.split(",").every(isDestination);
}, encodeProblem("bad_text"));

const ssh = z.object({
  ssh: z
    .object({
      host: required(host),
      port: whole(65535, "port_range"),
      user: text(maxText),
      auth: z.enum(sshAuths),
      keyFile: text(maxPath),
      certificate: text(maxPath),
      jumps,
      configFile: text(maxPath),
    })
    .superRefine(({ auth, keyFile }, context) => {
      if (auth === "key" && keyFile === "") {
        context.addIssue({ code: "custom", path: ["keyFile"], message: encodeProblem("required") });
      }
    }),
});

/** The rules that hold for a form: those of its engine and of the way to the server that was chosen. */
function rulesFor(form: ConnectionForm): z.ZodType[] {
  if (form.engine === "sqlite") {
    return [general, sqlite];
  }
  return [
    general,
    form.via === "socket" ? overSocket : overHost,
    ...(hasPort(form) ? [port] : []),
    server,
    ...(form.ssh.enabled ? [ssh] : []),
  ];
}

/** takenNames are those of the other connections. */
export function connectionRules(takenNames: readonly string[]) {
  const taken = new Set(takenNames.map((name) => name.toLowerCase()));
  return z.custom<ConnectionForm>().superRefine((form, context) => {
    for (const rules of rulesFor(form)) {
      for (const { path, message } of rules.safeParse(form).error?.issues ?? []) {
        context.addIssue({ code: "custom", path: [...path], message });
      }
    }
    const name = form.name.trim();
    if (taken.has(name.toLowerCase())) {
      context.addIssue({ code: "custom", path: ["name"], message: encodeProblem("name_taken", { name }) });
    }
  });
}

/** All problems of a form as the backend names them. */
export function problemsOf(form: ConnectionForm, takenNames: readonly string[] = []): Problem[] {
  const issues = connectionRules(takenNames).safeParse(form).error?.issues ?? [];
  return issues.map(({ path, message }) => ({ field: path.join("."), ...decodeProblem(message) }));
}

/** The tab of the dialog that a field is on. */
export function tabOf(field: string): "general" | "ssh" | "ssl" {
  const [part, name] = field.split(".");
  if (part === "secrets") {
    return secretKinds[name as SecretName]?.tab ?? "general";
  }
  if (part === "ssh") {
    return "ssh";
  }
  return part === "tls" ? "ssl" : "general";
}

/** What an empty port means. */
export function usualPort(engine: string): string {
  return isEngine(engine) && engineFacts[engine].port > 0 ? String(engineFacts[engine].port) : "";
}
