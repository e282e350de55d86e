// The few words that the loader says itself. The panel brings its own.

/** `[language, title, unread, failed]` for each, English first: made of `languages/` when the loader is built. */
import WORDS from "languages";

/** The words of a language, in English where we have no others. */
export const wordsFor = (language) => WORDS.find((words) => words[0] === language) || WORDS[0];
