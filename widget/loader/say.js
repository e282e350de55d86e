// What the site owner's developers are told, in their console, once.

const said = [];

/** Says a sentence that names what to change. */
export const say = (sentence) => {
  if (!said.includes(sentence)) console.warn("Beforehand: " + sentence);
  said.push(sentence);
};

/** Says that a name was given that is no command or setting here. */
export const isNothing = (name) => say(`"${name}" means nothing here`);
