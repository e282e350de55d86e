// Orama with its plugin that ranks by how close the words stand (QPS), and with its stop words where it has them.
import { create, insert, save, search } from "@orama/orama";
import { pluginQPS } from "@orama/plugin-qps";
import { articles, segmenter } from "../words.js";

/** Orama's names for the languages that it has stop words of. */
const NAMES = {
  ar: "arabic", de: "german", en: "english", es: "spanish", fr: "french", id: "indonesian", it: "italian",
  pt: "portuguese", ro: "romanian", ru: "russian", tr: "turkish",
};

export async function make({ lang, docs }) {
  const texts = articles(docs);
  const schema = { title: "string", body: "string", examples: "string" };
  const database = create({ schema, plugins: [pluginQPS()], components: { tokenizer: await tokenizer(lang) } });
  for (const { id, title, body, examples } of texts) await insert(database, { id: String(id), title, body, examples });
  return {
    async search(term) {
      const found = await search(database, { term, boost: { title: 2 }, threshold: 1, limit: 10 });
      return found.hits.map((hit) => [texts[Number(hit.id)].owner, hit.score]);
    },
    index: () => JSON.stringify(save(database)),
  };
}

async function tokenizer(lang) {
  if (lang === "zh") return (await import("@orama/tokenizers/mandarin")).createTokenizer();
  if (lang === "ja") return (await import("@orama/tokenizers/japanese")).createTokenizer();
  const language = NAMES[lang];
  if (language) return { language, stopWords: (await import(`@orama/stopwords/${language}`)).stopwords };
  // For other scripts it has no way to split of its own.
  const split = segmenter(lang) ?? ((text) => text.split(/[^\p{L}\p{M}\p{N}]+/u).filter(Boolean));
  const tokenize = (text) => [...new Set(split(text.toLowerCase()))];
  return { language: "english", normalizationCache: new Map(), tokenize };
}
