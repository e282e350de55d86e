// What every adapter has to know of texts.

/** Languages without spaces between words. */
const UNSPACED = new Set(["zh", "ja", "th"]);

/** A function that splits a text into words, for languages without spaces; undefined for the others. */
export function segmenter(lang) {
  if (!UNSPACED.has(lang)) return undefined;
  const segmenter = new Intl.Segmenter(lang, { granularity: "word" });
  return (text) => [...segmenter.segment(text)].filter((part) => part.isWordLike).map((part) => part.segment);
}

/** One record for each article, with its example questions as one more field. For full-text engines. */
export function articles(docs) {
  return docs.map((doc, id) => ({
    id,
    owner: doc.id,
    title: doc.title,
    body: doc.body,
    examples: doc.examples.join("\n"),
  }));
}

/** One record for each title and body, and for each example question. For engines that match short texts. */
export function records(docs) {
  const all = docs.flatMap((doc) => [
    ...(doc.title || doc.body ? [{ owner: doc.id, title: doc.title, body: doc.body }] : []),
    ...doc.examples.map((example) => ({ owner: doc.id, title: example, body: "" })),
  ]);
  return all.map((record, id) => ({ id, ...record }));
}

/** The first ten owners among hits, each with its best hit's score. */
export function best(hits, owner, score) {
  const first = new Map();
  for (const hit of hits) {
    if (!first.has(owner(hit))) first.set(owner(hit), score(hit));
    if (first.size === 10) break;
  }
  return [...first];
}
