// lunr: each word whole, as a beginning, and with one error, in that order of weight, as its guide builds such queries.
import { createRequire } from "node:module";
import lunr from "lunr";
import { articles, segmenter } from "../words.js";

/** Languages for which lunr-languages has a stemmer. English is lunr's own. */
const STEMMED = new Set(["ar", "da", "de", "es", "fi", "fr", "hu", "it", "nl", "no", "pt", "ro", "ru", "sv", "tr"]);
/** A shorter word with an error is another word. */
const SHORTEST_WITH_ERROR = 4;

export function make({ lang, docs }) {
  const texts = articles(docs);
  const segment = segmenter(lang);
  if (STEMMED.has(lang)) {
    const require = createRequire(import.meta.url);
    require("lunr-languages/lunr.stemmer.support")(lunr);
    require(`lunr-languages/lunr.${lang}`)(lunr);
  }
  const index = lunr(function () {
    if (STEMMED.has(lang)) {
      this.use(lunr[lang]);
    } else if (lang !== "en") {
      this.pipeline.reset();
      this.searchPipeline.reset();
    }
    if (segment) this.tokenizer = (text) => segment(String(text ?? "").toLowerCase()).map((word) => new lunr.Token(word, {}));
    this.field("title", { boost: 2 });
    this.field("body");
    this.field("examples");
    texts.forEach((text) => this.add(text));
  });
  const words = (text) => (segment ? segment(text) : text.split(/[^\p{L}\p{M}\p{N}]+/u)).filter(Boolean);
  return {
    search(text) {
      const typed = words(text.toLowerCase());
      if (typed.length === 0) return [];
      const hits = index.query((query) => {
        for (const word of typed) {
          query.term(word, { boost: 10 });
          query.term(word, { boost: 4, usePipeline: false, wildcard: lunr.Query.wildcard.TRAILING });
          if (word.length >= SHORTEST_WITH_ERROR) query.term(word, { usePipeline: false, editDistance: 1 });
        }
      });
      return hits.slice(0, 10).map((hit) => [texts[hit.ref].owner, hit.score]);
    },
    index: () => JSON.stringify(index),
  };
}
