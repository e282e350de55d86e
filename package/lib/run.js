import { read } from "./command.js";
import { HELP } from "./help.js";
import { Mistake } from "./mistake.js";
import { ABOUT } from "./places.js";

/** The commands, each loaded when it is asked for. */
const DO = {
  help: async () => say(HELP),
  version: async () => say(ABOUT.version),
  serve: async (command, env) => (await import("./serve.js")).serve(command, env),
  link: async (command, env) => (await import("./link.js")).link(command, env),
  workspace: async (command, env) => (await import("./workspace.js")).workspace(command, env),
  backup: async (command) => (await import("./porter.js")).once(["backup", "--data", command.values.data, "--to", command.word]),
  restore: async (command) => (await import("./porter.js")).once(["restore", "--data", command.values.data, "--from", command.word]),
  fsck: async ({ values }) => (await import("./porter.js")).once(["fsck", "--data", values.data, ...(values.repair ? ["--repair"] : [])]),
};

function say(text) {
  process.stdout.write(`${text}\n`);
  return 0;
}

/**
 * Does what the command line asks for.
 * @returns {Promise<number>} the exit code: 0, 1 after a sentence on the standard error, or 3 of what was done and is not whole
 */
export async function run(words, env) {
  try {
    const command = read(words);
    return await DO[command.name](command, env);
  } catch (error) {
    if (!(error instanceof Mistake)) throw error;
    process.stderr.write(`${error.message}\n`);
    return 1;
  }
}
