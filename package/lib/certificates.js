import { existsSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { rootCertificates } from "node:tls";
import { Mistake } from "./mistake.js";

/** Where workerd looks for the certificates of those who vouch for others: it does not start where there are none. */
const FILES = [
  "/etc/ssl/certs/ca-certificates.crt",
  "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem",
  "/etc/ssl/ca-bundle.pem",
  "/etc/pki/tls/cacert.pem",
  "/etc/ssl/cert.pem",
];
const FOLDERS = ["/etc/ssl/certs", "/etc/pki/tls/certs"];
const NAME = "certificates.pem";

/**
 * The variables by which workerd finds certificates on a system without any, such as a small container: Node brings its own.
 * @returns {Record<string, string>} nothing where the system has some, or its owner names some that are there
 * @throws {Mistake} where the data folder takes no file
 */
export function certificates(data, env) {
  const files = [env.SSL_CERT_FILE, ...FILES].filter(Boolean);
  const folders = [env.SSL_CERT_DIR, ...FOLDERS].filter(Boolean);
  if (process.platform !== "linux" || files.some((file) => existsSync(file)) || folders.some(hasFiles)) return {};
  const path = join(data, NAME);
  try {
    writeFileSync(path, `${rootCertificates.join("\n")}\n`, { mode: 0o600 });
  } catch (error) {
    throw new Mistake(`The certificates cannot be put into the data folder: ${error.message}.`);
  }
  return { SSL_CERT_FILE: path };
}

function hasFiles(folder) {
  try {
    return readdirSync(folder).length > 0;
  } catch {
    // It is not there, or not for us.
    return false;
  }
}
