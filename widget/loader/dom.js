// Makes elements. Text only ever goes in as text.
//
// An image or a form whose name is "body" stands before the document's own `body`, and so for each of its names. What a page
// shows of its users may hold such an element: so the prototype is asked, which no element covers.

/** A property of the document itself. */
export const ofPage = (name) => Reflect.get(Document.prototype, name, document);

/** Calls a method of the document itself. */
export const ask = (name, argument) => ofPage(name).call(document, argument);

/** An element with properties (`className`, `onclick`, `ariaLabel`) and children. */
export const make = (tag, properties, ...children) => {
  const element = Object.assign(ask("createElement", tag), properties);
  element.append(...children);
  return element;
};

/** A sheet to adopt, because a strict host allows no style in the markup. */
export const sheetOf = (rules) => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(rules);
  return sheet;
};
