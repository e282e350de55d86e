#!/usr/bin/env node
// The command `beforehand`. An older Node is told so before it meets anything that it does not know.
const OLDEST = 20;
const major = Number(process.versions.node.split(".")[0]);
if (major < OLDEST) {
  process.stderr.write(`Beforehand needs Node ${OLDEST} or newer, and this is Node ${process.versions.node}.\n`);
  process.exitCode = 1;
} else {
  const { run } = await import("../lib/run.js");
  // A request that nobody answers holds nothing up: what was said is written by now.
  process.exit(await run(process.argv.slice(2), process.env));
}
