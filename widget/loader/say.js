// What the site owner's developers are told, in their console, once.

const said = { __proto__: null };

/** Says a sentence that names what to change. */
export const say = (sentence) => {
  said[sentence] ??= !console.warn("Beforehand: " + sentence);
};

/** Says what is missing on the tag. */
export const lacks = (name) => say(`the script tag needs data-${name}`);
