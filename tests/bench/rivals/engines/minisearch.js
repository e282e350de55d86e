// MiniSearch as its documentation recommends for typing: beginnings, and errors in a fifth of a word's letters.
import MiniSearch from "minisearch";
import { articles, best, segmenter } from "../words.js";

const OPTIONS = { prefix: true, fuzzy: 0.2, boost: { title: 2 } };

export function make({ lang, docs }, texts = articles(docs)) {
  const tokenize = segmenter(lang);
  const index = new MiniSearch({ fields: ["title", "body", "examples"], ...(tokenize && { tokenize }) });
  index.addAll(texts);
  return {
    search: (text) => best(index.search(text, OPTIONS), (hit) => texts[hit.id].owner, (hit) => hit.score),
    index: () => JSON.stringify(index),
  };
}
