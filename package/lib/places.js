import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { Mistake } from "./mistake.js";

const ROOT = fileURLToPath(new URL("..", import.meta.url));

const inside = (path) => resolve(ROOT, path);

/** The files of the package. */
export const PORTER = inside("dist/porter");
export const CONFIG = inside("edge/workerd.capnp");
export const ASSETS = inside("dist/assets");
export const WWW = inside("dist/www");
export const DEMO = inside("dist/content.json");

/** What package.json says: `version`, and the systems and processors that the porter was compiled for. */
export const ABOUT = JSON.parse(readFileSync(inside("package.json"), "utf8"));

/**
 * Where workerd's program is.
 * @throws {Mistake} where it is not there, or this machine is another one than that of the package
 */
export function workerd() {
  const fits = ABOUT.os.includes(process.platform) && ABOUT.cpu.includes(process.arch);
  if (!fits) {
    const [os, cpu] = [ABOUT.os.join(", "), ABOUT.cpu.join(", ")];
    throw new Mistake(
      `This package is for ${os} on ${cpu}, and this machine is ${process.platform} on ${process.arch}. ` +
        "Take the package for it, or build one on such a machine: cargo xtask package.",
    );
  }
  if (process.platform === "linux" && !process.report.getReport().header.glibcVersionRuntime) {
    throw new Mistake("This Linux has another C library than glibc (Alpine has), and workerd runs with glibc alone. Take Debian or Ubuntu.");
  }
  if (!existsSync(PORTER)) throw new Mistake(`${PORTER} is missing: install the package again.`);
  try {
    const path = createRequire(import.meta.url)("workerd").default;
    if (existsSync(path)) return path;
    throw new Error(`${path} is missing.`);
  } catch (error) {
    const why = error.message.trim().split("\n")[0];
    throw new Mistake(`workerd is not installed for this machine: ${why} Install the package again, without --omit=optional.`);
  }
}
