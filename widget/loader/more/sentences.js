// What the site owner's developers are told, in their console, once, with what to write in its place.

const said = new Set();

/** Says a sentence that names what to change. */
export const say = (sentence) => {
  if (!said.has(sentence)) console.warn("Beforehand: " + sentence);
  said.add(sentence);
};

// A slip of the finger has most of the letters in the same order.
const ALIKE = 0.5;

/** How much of two names is alike: pairs of letters that both have, of all. */
const alike = (one, other) => {
  const pairs = (text) => [...text.slice(1)].map((letter, at) => text[at] + letter);
  const [mine, theirs] = [pairs(one.toLowerCase()), pairs(other.toLowerCase())];
  return (2 * mine.filter((pair) => theirs.includes(pair)).length) / (mine.length + theirs.length || 1);
};

/** Says that there is none of this name, and which one was meant, or which there are. */
export const noSuch = (what, name, names) => {
  const text = String(name);
  const best = names.reduce((best, one) => (alike(one, text) > alike(best, text) ? one : best));
  say(`there is no ${what} "${text}": write ${alike(best, text) >= ALIKE ? `"${best}"` : names.join(", ")}`);
};
