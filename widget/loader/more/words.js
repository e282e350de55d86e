// The words of what stands in the panel's place, as the panel has them.

/** `;language|close|try again` for each, English first. */
import WORDS from "languages-more";

/** "Close" and "Try again" in a language that we have. */
export const wordsOf = (language) => (WORDS.split(`;${language}|`)[1] ?? WORDS.slice(4)).split(";")[0].split("|");
