import { parseArgs } from "node:util";
import { HELP } from "./help.js";
import { Mistake } from "./mistake.js";

/** The port of all addresses in the documentation. */
const LISTEN = "127.0.0.1:8787";
const DATA = "beforehand-data";

const text = { type: "string" };
const flag = { type: "boolean" };
/** The commands: their options beside `--data`, and the word that has to follow their name. */
const COMMANDS = {
  serve: { options: { listen: text, workspace: text, site: { ...text, multiple: true }, log: text, "no-link": flag } },
  link: { options: { listen: text } },
  workspace: { options: { listen: text }, word: "a name" },
  backup: { options: {}, word: "a file" },
  restore: { options: {}, word: "a file" },
  fsck: { options: { repair: flag } },
};
/** Small letters, digits and hyphens, as the edge has it. */
const WORKSPACE = /^[a-z0-9-]{1,40}$/;

/**
 * Reads the command line.
 * @returns {{name: string, word?: string, values: Record<string, any>}} `data` and `listen` are always there
 * @throws {Mistake} with a sentence that names what is wrong
 */
export function read(words) {
  const [name, ...rest] = words;
  if (name === undefined || ["help", "--help", "-h"].includes(name) || rest.some((word) => ["--help", "-h"].includes(word))) {
    return { name: "help", values: {} };
  }
  if (name === "--version" || name === "-v") return { name: "version", values: {} };
  if (!Object.hasOwn(COMMANDS, name)) throw new Mistake(`There is no command ${name}.\n\n${HELP}`);
  const { options, word } = COMMANDS[name];
  const { values, positionals } = parsed(rest, { ...options, data: text });
  if (positionals.length !== (word ? 1 : 0)) {
    const wanted = word ? `${name} takes ${word}` : `${name} takes no word of its own`;
    throw new Mistake(`${wanted}, and was given ${positionals.length ? positionals.join(" ") : "none"}.\n\n${HELP}`);
  }
  for (const [option, value] of Object.entries(values)) {
    if ([value].flat().includes("")) throw new Mistake(`--${option} needs a value.`);
  }
  checkNames(name === "workspace" ? positionals[0] : values.workspace, values.site ?? []);
  return { name, word: positionals[0], values: { data: DATA, listen: LISTEN, ...values, listen: checked(values.listen ?? LISTEN) } };
}

function parsed(args, options) {
  try {
    return parseArgs({ args, options, allowPositionals: true });
  } catch (error) {
    throw new Mistake(`${error.message}\n\n${HELP}`);
  }
}

function checkNames(workspace, sites) {
  if (workspace !== undefined && !WORKSPACE.test(workspace)) {
    throw new Mistake(`${workspace} is no name for a workspace: it has 1 to 40 small letters, digits and hyphens.`);
  }
  for (const site of sites) {
    const origin = URL.canParse(site) ? new URL(site).origin : "null";
    if (origin !== site) {
      const meant = origin === "null" ? "such as https://www.example.com" : `here ${origin}`;
      throw new Mistake(`--site ${site} is no origin: it is the scheme and the host of your site and nothing behind them, ${meant}.`);
    }
  }
}

function checked(listen) {
  const port = /^(?:\[[0-9a-fA-F:.]+\]|[^:[\]]+):(\d{1,5})$/.exec(listen)?.[1];
  if (port === undefined || Number(port) < 1 || Number(port) > 65_535) {
    throw new Mistake(`--listen ${listen} is no address with a port, such as ${LISTEN}.`);
  }
  return listen;
}
