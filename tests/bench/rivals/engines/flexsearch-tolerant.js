// FlexSearch with its tokenizer that forgives swapped letters, and the encoder for the language's script.
import flexsearch from "flexsearch";
import { articles, best, segmenter } from "../words.js";

const { Charset, Document } = flexsearch;
const LATIN = new Set(["da", "de", "en", "es", "fr", "id", "it", "nl", "no", "pl", "pt", "ro", "sv", "tr", "vi"]);

export function make({ lang, docs }) {
  const texts = articles(docs);
  const encoder = LATIN.has(lang) ? Charset.LatinBalance : segmenter(lang) ? Charset.CJK : Charset.Normalize;
  const index = ["title", "examples", "body"].map((field) => ({ field, tokenize: "tolerant", encoder, resolution: 9 }));
  const library = new Document({ document: { id: "id", index } });
  texts.forEach((text) => library.add(text));
  return {
    // It orders and gives no scores.
    search: (text) =>
      best(library.search(text, { limit: 10, suggest: true, merge: true }), (hit) => texts[hit.id].owner, () => null),
    async index() {
      const parts = {};
      await library.export((name, data) => {
        if (data != null) parts[name] = data;
      });
      return JSON.stringify(parts);
    },
  };
}
