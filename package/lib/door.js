import { request } from "node:http";
import { connect } from "node:net";
import { Mistake } from "./mistake.js";

/** Publishing compiles indexes; everything else is answered at once. */
const PATIENCE_MS = 60_000;

/** More are a mistake. */
const MOST_PROXIES = 16;

/** The doors of a running product, as its own machine reaches them. */
export class Door {
  /**
   * @param {string} listen where it listens, such as `0.0.0.0:8787`
   * @param {Record<string, string | undefined>} env of which the settings for a proxy are read
   */
  constructor(listen, env) {
    const host = listen.slice(0, listen.lastIndexOf(":"));
    this.port = listen.slice(host.length + 1);
    const everywhere = { "0.0.0.0": "127.0.0.1", "[::]": "[::1]" };
    this.inside = `http://${everywhere[host] ?? host}:${this.port}`;
    /** Where browsers reach it. */
    const first = env.ORIGIN?.trim().split(/[\s,]+/)[0];
    this.origin = URL.canParse(first) ? new URL(first).origin : this.inside;
    // Where proxies tell the visitor's address, this request has to tell its own: an entry for each.
    const proxies = Math.min(Number.parseInt(env.ADDRESS_PROXIES, 10) || 1, MOST_PROXIES);
    this.own = env.ADDRESS_HEADER ? { [env.ADDRESS_HEADER]: new Array(proxies).fill("127.0.0.1").join(", ") } : {};
  }

  /** Whether somebody listens there. */
  isTaken() {
    const { hostname, port } = new URL(this.inside);
    return new Promise((resolve) => {
      const socket = connect({ host: hostname.replace(/^\[|\]$/g, ""), port: Number(port) });
      const told = (taken) => {
        socket.destroy();
        resolve(taken);
      };
      socket.on("connect", () => told(true)).on("error", () => told(false));
    });
  }

  /** The link that makes the first agent. The token is behind `#`: it is sent to nobody, and stands in no log of a server. */
  setupLink(workspace, token) {
    return `${this.origin}/inbox?workspace=${workspace}#setup=${token}`;
  }

  /** How the product is, as `GET /health` tells; nothing while it does not answer. */
  async health() {
    try {
      return JSON.parse((await this.#ask("GET", "/health")).text);
    } catch {
      return undefined;
    }
  }

  /** Whether a workspace has no agent yet. */
  async needsSetup(workspace) {
    return (await this.#json("GET", `/api/w/${workspace}/setup`)).needed === true;
  }

  /** Makes a workspace, and gives its secrets; nothing if it is there already. */
  async make(workspace, operator, given) {
    const { status, text } = await this.#ask("PUT", `/api/w/${workspace}`, operator, given);
    if (status === 409) return undefined;
    return checked("PUT", `/api/w/${workspace}`, status, text);
  }

  /** Adds origins whose pages may hold the panel to the workspace's settings. */
  async allow(workspace, publish, sites) {
    const path = `/api/w/${workspace}/settings`;
    const settings = await this.#json("GET", path, publish);
    const origins = [...new Set([...(settings.origins ?? []), ...sites])];
    if (origins.length > (settings.origins?.length ?? 0)) await this.#json("PUT", path, publish, { ...settings, origins });
  }

  /** Publishes a document of everything. */
  async publish(workspace, publish, text) {
    await this.#json("PUT", `/api/w/${workspace}/content`, publish, text);
  }

  async #json(method, path, token, body) {
    const { status, text } = await this.#ask(method, path, token, body);
    return checked(method, path, status, text);
  }

  #ask(method, path, token, body) {
    const headers = { ...this.own };
    if (token) headers.authorization = `Bearer ${token}`;
    const said = body === undefined || typeof body === "string" ? body : JSON.stringify(body);
    if (said !== undefined) headers["content-type"] = "application/json";
    return new Promise((resolve, reject) => {
      const refused = (error) => reject(new Mistake(`${this.inside} does not answer: ${error.message || error.code}. Is it served?`));
      const asked = request(`${this.inside}${path}`, { method, headers, timeout: PATIENCE_MS, agent: false }, (answer) => {
        const parts = [];
        answer.on("data", (part) => parts.push(part)).on("error", refused);
        answer.on("end", () => resolve({ status: answer.statusCode, text: Buffer.concat(parts).toString("utf8") }));
      });
      asked.on("timeout", () => asked.destroy(new Error(`nothing came within ${PATIENCE_MS / 1_000} seconds`)));
      asked.on("error", refused).end(said);
    });
  }
}

function checked(method, path, status, text) {
  if (status < 200 || status > 299) throw new Mistake(`${method} ${path} was answered with ${status}: ${text.trim()}`);
  return text ? JSON.parse(text) : {};
}
