// Pagefind: pages are indexed by its program, and its own script searches them, which here reads files instead of fetching.
import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createIndex, close } from "pagefind";

const ORIGIN = "http://pagefind.invalid/";

export async function make({ lang, docs }) {
  const folder = mkdtempSync(join(tmpdir(), "beforehand-pagefind-"));
  process.on("exit", () => rmSync(folder, { recursive: true, force: true }));
  const { index } = await createIndex({ forceLanguage: lang });
  for (const [number, doc] of docs.entries()) {
    await index.addHTMLFile({ url: `/${number}/`, content: page(doc, lang) });
  }
  await index.writeFiles({ outputPath: folder });
  await close();

  standInForABrowser(folder, lang);
  const script = join(folder, "pagefind.mjs");
  copyFileSync(join(folder, "pagefind.js"), script);
  const pagefind = await import(script);
  await pagefind.options({ basePath: ORIGIN, baseUrl: "/", noWorker: true });
  await pagefind.init();
  // A browser, too, fetches a page's fragment once.
  const known = new Map();
  const owner = async (hit) => {
    if (!known.has(hit.id)) known.set(hit.id, docs[Number.parseInt((await hit.data()).url.slice(1), 10)].id);
    return known.get(hit.id);
  };
  return {
    async search(text) {
      if (!text.trim()) return [];
      const { results } = await pagefind.search(text);
      return Promise.all(results.slice(0, 10).map(async (hit) => [await owner(hit), hit.score]));
    },
    // Its files are compressed already: what a browser fetches at most, without the texts that it shows.
    index: () => ({ compressed: sizeOf(folder, /pf_index|pf_meta|entry\.json/) }),
  };
}

function page({ title, body, examples }, lang) {
  const escaped = (text) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
  const paragraphs = [...examples, body].map((text) => `<p>${escaped(text)}</p>`).join("");
  return `<html lang="${lang}"><body><h1>${escaped(title)}</h1>${paragraphs}</body></html>`;
}

function standInForABrowser(folder, lang) {
  const fetchElsewhere = globalThis.fetch;
  globalThis.fetch = async (resource, options) => {
    const address = String(resource);
    if (!address.startsWith(ORIGIN)) return fetchElsewhere(resource, options);
    const path = address.slice(ORIGIN.length).split("?")[0];
    return new Response(readFileSync(join(folder, path)));
  };
  globalThis.location = { origin: "http://site.invalid", href: "http://site.invalid/" };
  globalThis.window = { location: globalThis.location };
  const html = { lang, getAttribute: () => lang };
  globalThis.document = { currentScript: null, documentElement: html, querySelector: () => html };
}

function sizeOf(folder, names) {
  const files = readdirSync(folder, { recursive: true }).map((path) => join(folder, path));
  return files.filter((path) => names.test(path) && statSync(path).isFile()).reduce((sum, path) => sum + statSync(path).size, 0);
}
