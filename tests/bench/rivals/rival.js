// One library as a process: the set comes as the first line, then a text a line, and for each line goes one back.
import { createInterface } from "node:readline";
import { gzipSync } from "node:zlib";

const { make } = await import(`./engines/${process.argv[2]}.js`);
let engine;

for await (const line of createInterface({ input: process.stdin })) {
  const asked = JSON.parse(line);
  process.stdout.write(`${JSON.stringify(engine ? await search(asked) : await open(asked))}\n`);
}

async function open(set) {
  // Libraries have no field for keywords: each is one more example.
  for (const doc of set.docs) doc.examples.push(...doc.keywords);
  const started = performance.now();
  engine = await make(set);
  const compile_ms = performance.now() - started;
  const index = await engine.index();
  if (index.compressed !== undefined) return { bytes: index.compressed, gzip: index.compressed, compile_ms };
  return { bytes: Buffer.byteLength(index), gzip: gzipSync(index, { level: 9 }).length, compile_ms };
}

async function search(text) {
  const started = performance.now();
  const found = engine.search(text);
  // Waiting for what is there already would be measured, too.
  const hits = found instanceof Promise ? await found : found;
  return { ms: performance.now() - started, hits };
}
