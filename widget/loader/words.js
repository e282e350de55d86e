// The few words that the loader says itself. The panel brings its own.

/** `[language, title]` for each, English first: made of `languages/` when the loader is built. */
import WORDS from "languages";

/** The words of a language, whatever its region or script; in English where we have no others. */
export const wordsFor = (tag) => WORDS.find((words) => words[0] === tag.toLowerCase().split(/[-_]/)[0]) || WORDS[0];
