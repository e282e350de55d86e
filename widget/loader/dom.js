// Makes elements. Text only ever goes in as text.

/** An element with properties (`className`, `onclick`, `ariaLabel`) and children. */
export const make = (tag, properties, ...children) => {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
};
