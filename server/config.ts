/**
 * The settings: the only reader of `process.env`. Validated once, frozen, handed to `compose.ts`.
 */
import { isAbsolute, resolve } from "node:path";
import { z } from "zod";
import { AppError } from "./errors.ts";

const LOOPBACK = new Set(["127.0.0.1", "::1", "localhost"]);
const KNOWN = new Set(["FIL_ROUGE_DATA", "FIL_ROUGE_PASSWORD", "FIL_ROUGE_ALLOWED_PORTS", "FIL_ROUGE_ALLOWED_HOSTS"]);

const STANDARD_PORTS: readonly number[] = [80, 443];

const portSchema = z.coerce.number().int().min(0).max(65_535);

const environmentSchema = z.object({
  PORT: portSchema.default(3000),
  HOST: z.string().min(1).default("127.0.0.1"),
  FIL_ROUGE_DATA: z.string().min(1).default(".fil-rouge"),
  FIL_ROUGE_PASSWORD: z.string().min(8, "has fewer than 8 characters").optional(),
  FIL_ROUGE_ALLOWED_PORTS: z
    .string()
    .regex(/^\s*\d{1,5}(\s*,\s*\d{1,5})*\s*$/, "is no list of ports such as 8080,8443")
    .transform((list) => list.split(",").map(Number))
    .refine((ports) => ports.every((port) => port >= 1 && port <= 65_535), "names a port that is not from 1 to 65535")
    .default([]),
  FIL_ROUGE_ALLOWED_HOSTS: z
    .string()
    .transform((list) => list.split(",").map((host) => host.trim().toLowerCase()))
    .refine(
      (hosts) => hosts.every((host) => /^[a-z0-9:._-]+$/.test(host)),
      "is no list of names or addresses such as intranet.example,10.0.0.7",
    )
    .default([]),
  NEO4J_URI: z
    .string()
    .regex(/^(bolt|neo4j)(\+s|\+ssc)?:\/\/\S+$/, "is no address such as bolt://localhost:7687 or neo4j+s://host")
    .optional(),
  NEO4J_USER: z.string().default("neo4j"),
  NEO4J_PASSWORD: z.string().default(""),
  NEO4J_DATABASE: z.string().min(1).optional(),
  LOG_LEVEL: z.enum(["fatal", "error", "warn", "info", "debug", "trace", "silent"]).default("info"),
});

export interface Config {
  port: number;
  host: string;
  /** Absolute folder of the embedded store and the workspace. */
  dataFolder: string;
  password: string | null;
  /** Where web addresses may lead: ports, and hosts that may be fetched although they are not on the public internet. */
  web: { ports: ReadonlySet<number>; hosts: ReadonlySet<string> };
  neo4j: { uri: string; user: string; password: string; database: string | null } | null;
  logLevel: "fatal" | "error" | "warn" | "info" | "debug" | "trace" | "silent";
}

export interface ConfigOverrides {
  port?: string;
  host?: string;
}

/**
 * Reads and checks the settings. Command line options win over the environment.
 * @throws AppError `bad_setting` with a sentence that names the setting.
 */
export function readConfig(
  overrides: ConfigOverrides = {},
  environment: Readonly<Record<string, string | undefined>> = process.env,
  workingFolder: string = process.cwd(),
): Readonly<Config> {
  for (const name of Object.keys(environment)) {
    if (name.startsWith("FIL_ROUGE_") && !KNOWN.has(name)) {
      throw new AppError(
        "bad_setting",
        `The setting ${name} is unknown. Known ones are ${[...KNOWN].join(", ")}; correct or unset it.`,
      );
    }
  }
  const merged: Record<string, string | undefined> = {
    ...environment,
    ...(overrides.port === undefined ? {} : { PORT: overrides.port }),
    ...(overrides.host === undefined ? {} : { HOST: overrides.host }),
  };
  const given = Object.fromEntries(Object.entries(merged).filter(([, value]) => value !== undefined && value !== ""));
  const parsed = environmentSchema.safeParse(given);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    const name = String(issue?.path[0] ?? "?");
    const shown = name.includes("PASSWORD") ? "" : ` "${String(given[name])}"`;
    throw new AppError("bad_setting", `The setting ${name}${shown} cannot be used: ${issue?.message ?? "bad value"}.`);
  }
  const values = parsed.data;
  if (!LOOPBACK.has(values.HOST) && values.FIL_ROUGE_PASSWORD === undefined) {
    throw new AppError(
      "bad_setting",
      `HOST ${values.HOST} opens the program to other machines: set FIL_ROUGE_PASSWORD, or use 127.0.0.1.`,
    );
  }
  return Object.freeze({
    port: values.PORT,
    host: values.HOST,
    dataFolder: isAbsolute(values.FIL_ROUGE_DATA)
      ? values.FIL_ROUGE_DATA
      : resolve(workingFolder, values.FIL_ROUGE_DATA),
    password: values.FIL_ROUGE_PASSWORD ?? null,
    web: Object.freeze({
      ports: new Set([...STANDARD_PORTS, ...values.FIL_ROUGE_ALLOWED_PORTS]),
      hosts: new Set(values.FIL_ROUGE_ALLOWED_HOSTS),
    }),
    neo4j:
      values.NEO4J_URI === undefined
        ? null
        : Object.freeze({
            uri: values.NEO4J_URI,
            user: values.NEO4J_USER,
            password: values.NEO4J_PASSWORD,
            database: values.NEO4J_DATABASE ?? null,
          }),
    logLevel: values.LOG_LEVEL,
  });
}
