import { randomBytes } from "node:crypto";
import { closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from "node:fs";
import { join } from "node:path";
import { Mistake } from "./mistake.js";

/** 192 bits: nobody guesses it, and it fits a line. */
const BYTES = 24;
const ALL = ["operator", "setup", "publish", "identity"];

/**
 * The secrets of a data folder, as `cargo xtask up` keeps them, and which workspace they are of. Missing ones are made.
 * @returns {Record<string, any>} the four secrets; `workspace`, if one was noted; `demo`, while its articles wait to be published
 * @throws {Mistake} where the file is damaged or cannot be written
 */
export function keep(data) {
  const secrets = stored(data) ?? {};
  const missing = ALL.filter((name) => !secrets[name]);
  if (missing.length === 0) return secrets;
  for (const name of missing) secrets[name] = randomBytes(BYTES).toString("hex");
  store(data, secrets);
  return secrets;
}

/** As `keep`, for one who only reads; nothing where there are none. */
export function stored(data) {
  const path = file(data);
  if (!existsSync(path)) return undefined;
  try {
    const secrets = JSON.parse(readFileSync(path, "utf8"));
    if (secrets !== null && typeof secrets === "object" && !Array.isArray(secrets)) return secrets;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw new Mistake(`The secrets of the data folder cannot be read: ${error.message}.`);
  }
  throw new Mistake(`${path} is damaged: put it back from a backup, or remove it, and further secrets are made.`);
}

/** Stores them, whole or not at all, for their owner alone. */
export function store(data, secrets) {
  const path = file(data);
  const beside = `${path}.new`;
  try {
    const descriptor = openSync(beside, "w", 0o600);
    writeSync(descriptor, `${JSON.stringify(secrets)}\n`);
    fsyncSync(descriptor);
    closeSync(descriptor);
    renameSync(beside, path);
  } catch (error) {
    throw new Mistake(`The secrets of the data folder cannot be stored: ${error.message}.`);
  }
}

/** The environment of the porter. A variable that its owner has set counts before one of ours. */
export function environment(env, secrets, isDemo) {
  const { operator, setup, publish, identity, workspace } = secrets;
  const ours = { OPERATOR_TOKEN: operator, SETUP_TOKEN: setup, PUBLISH_TOKEN: publish };
  if (workspace) ours.IDENTITY_SECRET = `${workspace}:${identity}`;
  // Pages of the demo are for who tries it on this machine: an address of the world's has none.
  if (isDemo && !env.ORIGIN) ours.DEMO_HOST = "localhost";
  return { ...ours, ...env };
}

function file(data) {
  return join(data, "secrets.json");
}
