import { existsSync, mkdirSync, readdirSync, realpathSync } from "node:fs";
import { join } from "node:path";
import { Mistake } from "./mistake.js";

/** What a data folder may have in it. Everything else tells that the folder is another one. */
const OURS = [
  "objects",
  "secrets.json",
  "secrets.json.new",
  "certificates.pem",
  "process",
  "backup.lock",
  ".health",
  "log",
  "workerd.socket",
  "lost+found",
];

/**
 * Makes the data folder, unless it is there.
 * @returns {{path: string, hasServed: boolean}} `hasServed` if a workspace was made in it
 * @throws {Mistake} where it cannot be made, or has files that are none of ours: it is closed to everybody but its owner
 */
export function open(data) {
  try {
    mkdirSync(data, { recursive: true, mode: 0o700 });
    const names = readdirSync(data);
    const broken = names.find((name) => name.startsWith("restoring."));
    if (broken !== undefined) {
      throw new Mistake(`${data} has ${broken}, as a restore that was broken off leaves it: empty the folder and restore the backup again.`);
    }
    const other = names.find((name) => !OURS.includes(name));
    if (other !== undefined && !names.includes("objects")) {
      throw new Mistake(`${data} has other files in it, such as ${other}: it is no data folder. Name an empty one with --data.`);
    }
    const workspaces = join(data, "objects", "workspace");
    return { path: realpathSync(data), hasServed: existsSync(workspaces) && readdirSync(workspaces).length > 0 };
  } catch (error) {
    if (error instanceof Mistake) throw error;
    throw new Mistake(`The data folder ${data} cannot be used: ${error.message}.`);
  }
}
