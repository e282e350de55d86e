// @m31coding/fuzzy-search in its default configuration: beginnings, and n-grams against errors.
import { Config, Query, SearcherFactory } from "@m31coding/fuzzy-search";
import { best, records } from "../words.js";

/** Its default keeps Latin letters alone. */
const LATIN = new Set(["da", "de", "en", "es", "fr", "id", "it", "nl", "no", "pl", "pt", "ro", "sv", "tr", "vi"]);
/** Records per query: an article's examples are several of them. */
const MOST_RECORDS = 40;

export function make({ lang, docs }) {
  const all = records(docs);
  const config = Config.createDefaultConfig();
  if (!LATIN.has(lang)) config.normalizerConfig.allowCharacter = () => true;
  const searcher = SearcherFactory.createSearcher(config);
  searcher.indexEntities(all, (record) => record.id, (record) => [record.title, record.body].filter(Boolean));
  return {
    search(text) {
      const { matches } = searcher.getMatches(new Query(text, MOST_RECORDS));
      return best(matches, (match) => match.entity.owner, (match) => match.quality);
    },
    // It has no serialised form: what travels is the texts.
    index: () => JSON.stringify(all.map(({ title, body }) => [title, body])),
  };
}
