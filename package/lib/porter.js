import { spawn } from "node:child_process";
import { once as event } from "node:events";
import { Mistake } from "./mistake.js";
import { ASSETS, CONFIG, PORTER, WWW, workerd } from "./places.js";

/**
 * Runs the porter to its end, for what needs no server: it says what there is to say.
 * @returns {Promise<number>} its exit code
 */
export async function once(words) {
  // Asked for its sentence alone: a package of another machine has no porter that would start here.
  workerd();
  const child = start(words, { stdio: ["ignore", "inherit", "inherit"] });
  // It gives up in order, and says so.
  for (const signal of ["SIGTERM", "SIGINT", "SIGHUP"]) process.on(signal, () => child.kill(signal));
  const [code] = await ended(child);
  return code ?? 1;
}

/**
 * Starts the porter as a server. It ends in order when its standard input does, so also when this process is killed.
 * @param {{data: string, listen: string, log: string}} wish
 * @param {Record<string, string>} env with the secrets: the arguments of a process can be read by everybody on the machine
 */
export function server({ data, listen, log }, env) {
  const words = ["--workerd", workerd(), "--config", CONFIG, "--assets", ASSETS, "--www", WWW, "--data", data, "--listen", listen];
  const more = log === "-" ? [] : ["--log", log];
  // In a group of its own: Ctrl-C is told to it by this process, once.
  return start([...words, "--until-stdin-ends", ...more], { env, detached: true, stdio: ["pipe", "inherit", "inherit"] });
}

/** Its code and signal, once it has ended. */
export async function ended(child) {
  if (child.exitCode !== null || child.signalCode !== null) return [child.exitCode, child.signalCode];
  try {
    return await event(child, "exit");
  } catch (error) {
    throw new Mistake(`${PORTER} does not start: ${error.message}.`);
  }
}

function start(words, options) {
  const child = spawn(PORTER, words, options);
  // A failure to start is an event, too; `ended` tells of it.
  child.on("error", () => {});
  child.stdin?.on("error", () => {});
  return child;
}
