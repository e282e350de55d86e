// The few words that the loader says itself. The panel brings its own.

/** `;language|title` for each, English first: made of `languages/` when the loader is built. */
import WORDS from "languages";

/** The language that we have of those that a tag names, whatever its region or script, and the title in it: English where we have no other. */
export const wordsFor = (tag) => {
  const [language] = tag.toLowerCase().split(/[-_]/);
  const found = WORDS.split(`;${language}|`)[1];
  return [found ? language : "en", (found ?? WORDS.slice(4)).split(";")[0]];
};
