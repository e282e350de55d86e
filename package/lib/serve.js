import { fstatSync, mkdirSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { certificates } from "./certificates.js";
import { Door } from "./door.js";
import { open } from "./folder.js";
import { Keeper } from "./keeper.js";
import { Mistake } from "./mistake.js";
import { DEMO } from "./places.js";
import { environment, keep, store } from "./secrets.js";
import { addresses } from "./texts.js";

/** The workspace of who tries it. */
const TRIAL = "demo";
/** The settings for a proxy. */
const PROXY = ["ORIGIN", "ADDRESS_HEADER", "ADDRESS_PROXIES"];
/** It answers in about a second; on a machine that is busy it may take several. */
const STARTS_MS = 60_000;
const LOOK_MS = 50;

/**
 * Serves until a signal comes.
 * @returns {Promise<number>} 0, once everything has ended
 * @throws {Mistake} where it does not come to serve
 */
export async function serve({ values }, env) {
  const { path: data, hasServed } = open(values.data);
  const secrets = keep(data);
  note(data, secrets, values.workspace, hasServed);
  const own = { ...env, ...certificates(data, env), OPERATOR_TOKEN: env.OPERATOR_TOKEN || secrets.operator };
  const door = new Door(values.listen, env);
  // The program that is there would be given the secrets.
  if (await door.isTaken()) throw new Mistake(`${values.listen} is taken by another program: choose another one with --listen.`);
  behind(data, secrets, env);
  const wish = { data, listen: values.listen, log: logFile(data, values.log) };
  const keeper = new Keeper(wish, environment(own, secrets, secrets.workspace === TRIAL), (sentence) => process.stderr.write(`${sentence}\n`));
  try {
    await answers(door, keeper);
    const goesOn = () => hasServed && !keeper.isStopping;
    const link = await prepared(door, data, secrets, own.OPERATOR_TOKEN, values.site ?? [], goesOn);
    const isShown = link !== undefined && !values["no-link"] && !isJournal();
    process.stdout.write(addresses({ door, ...secrets, ...wish, link, isShown, isTrial: isTrial(secrets, env), command: "beforehand" }));
  } catch (error) {
    const wasTold = keeper.isStopping;
    await keeper.end();
    if (wasTold) return 0;
    throw error;
  }
  await keeper.keep();
  return 0;
}

/** Notes what is set for a proxy, so that the other commands print the same addresses. */
function behind(data, secrets, env) {
  const proxy = Object.fromEntries(PROXY.filter((name) => env[name]).map((name) => [name, env[name]]));
  if (JSON.stringify(proxy) === JSON.stringify(secrets.proxy ?? {})) return;
  secrets.proxy = proxy;
  store(data, secrets);
}

/** Notes which workspace the folder is for. One that has served before without a note goes on with what is in it. */
function note(data, secrets, wanted, hasServed) {
  if (secrets.workspace && wanted && wanted !== secrets.workspace) {
    throw new Mistake(
      `The workspace of ${data} is ${secrets.workspace}. To have ${wanted} beside it, serve the folder as before and run: ` +
        `beforehand workspace ${wanted} --data ${data}`,
    );
  }
  if (secrets.workspace || (hasServed && !wanted)) return;
  secrets.workspace = wanted ?? TRIAL;
  if (wanted === undefined) secrets.demo = "to be published";
  store(data, secrets);
}

/** As `prepare`. Where a folder has served before, its other workspaces go on, whatever is wrong with this one: unless it is to stop. */
async function prepared(door, data, secrets, operator, sites, goesOn) {
  try {
    return await prepare(door, data, secrets, operator, sites);
  } catch (error) {
    if (!(goesOn() && error instanceof Mistake)) throw error;
    process.stderr.write(`${error.message}\nIt serves all the same: ${door.inside}/health tells how it is.\n`);
    return undefined;
  }
}

/** Makes the workspace, unless it is there, and gives the set-up link while it has no agent. */
async function prepare(door, data, secrets, operator, sites) {
  const { workspace, setup, publish, identity } = secrets;
  if (!workspace) return undefined;
  await door.make(workspace, operator, { setup_token: setup, publish_token: publish, identity_key: identity.split(" ")[0] });
  if (secrets.demo) {
    const site = `http://localhost:${door.port}`;
    await door.publish(workspace, publish, readFileSync(DEMO, "utf8").replaceAll("{{site}}", site));
    delete secrets.demo;
    store(data, secrets);
  }
  if (sites.length > 0) await door.allow(workspace, publish, sites);
  return (await door.needsSetup(workspace)) ? door.setupLink(workspace, setup) : undefined;
}

/** Returns when it serves. */
async function answers(door, keeper) {
  const until = Date.now() + STARTS_MS;
  let over = false;
  const gone = keeper.first.then(([code, signal]) => {
    over = true;
    throw new Mistake(keeper.isStopping ? "It was stopped before it served." : `It does not start (${signal ?? `exit code ${code}`}).`);
  });
  const looks = async () => {
    while (!over && Date.now() < until) {
      const status = (await door.health())?.status;
      // Other troubles are told by /health, and keep nobody from signing in.
      if (status !== undefined && status !== "starting" && status !== "stopping") return;
      await pause(LOOK_MS);
    }
    throw new Mistake(`${door.inside} does not answer after ${STARTS_MS / 1_000} seconds; the log says more.`);
  };
  await Promise.race([looks(), gone]);
}

function logFile(data, wanted) {
  if (wanted === "-") return wanted;
  const path = resolve(wanted ?? join(data, "log", "beforehand.log"));
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  return path;
}

function isTrial(secrets, env) {
  return secrets.workspace === TRIAL && !env.ORIGIN;
}

/** Whether the standard output is systemd's journal, which keeps what it is told. */
function isJournal() {
  const { dev, ino } = fstatSync(1);
  return process.env.JOURNAL_STREAM === `${dev}:${ino}`;
}
