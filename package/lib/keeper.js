import { setTimeout as pause } from "node:timers/promises";
import { ended, server } from "./porter.js";

/** The first pause before it is started again, which doubles up to the longest. */
const PAUSE_MS = 200;
const LONGEST_PAUSE_MS = 10_000;
/** A process that has lived for this time has not died of its start. */
const LIVED_MS = 60_000;
/** The porter stops within eight seconds. One that has not is killed: what was acknowledged is on the disk. */
const STOPS_MS = 12_000;
const SIGNALS = ["SIGTERM", "SIGINT", "SIGHUP"];
/** How often it is looked whether npm is still there. */
const LOOKS_MS = 500;

/** Keeps the porter alive, as the porter keeps workerd, until this process is told to stop. */
export class Keeper {
  #start;
  #child;
  #stopping = new AbortController();
  #say;

  /**
   * @param {{data: string, listen: string, log: string}} wish
   * @param {(sentence: string) => void} say tells of what happens later
   */
  constructor(wish, env, say) {
    this.#start = () => server(wish, env);
    this.#say = say;
    for (const signal of SIGNALS) process.on(signal, () => this.#stop(signal));
    // npx ends at a signal that its shell does not pass on.
    const parent = process.ppid;
    if (process.env.npm_lifecycle_event) setInterval(() => process.ppid === parent || this.#stop("npm has ended"), LOOKS_MS).unref();
    this.#child = this.#start();
    /** The code and the signal with which the first porter has ended. */
    this.first = ended(this.#child);
    // Somebody may look at it later, or never.
    this.first.catch(() => {});
  }

  get isStopping() {
    return this.#stopping.signal.aborted;
  }

  /** Returns when it was told to stop and everything has ended. */
  async keep() {
    let wait = PAUSE_MS;
    for (;;) {
      const began = Date.now();
      const [code, signal] = await ended(this.#child);
      if (this.isStopping) return;
      wait = Date.now() - began >= LIVED_MS ? PAUSE_MS : wait;
      this.#say(`The porter has ended (${signal ?? `exit code ${code}`}); it starts again in ${wait} ms.`);
      await pause(wait, undefined, { signal: this.#stopping.signal }).catch(() => {});
      if (this.isStopping) return;
      wait = Math.min(wait * 2, LONGEST_PAUSE_MS);
      this.#child = this.#start();
    }
  }

  /** Stops it, without a signal of anybody. */
  async end() {
    this.#stop("the end");
    await ended(this.#child);
  }

  #stop(signal) {
    if (this.isStopping) return;
    this.#stopping.abort();
    if (signal !== "the end") this.#say(`${signal}: stopping.`);
    this.#child.kill("SIGTERM");
    setTimeout(() => this.#child.kill("SIGKILL"), STOPS_MS).unref();
  }
}
