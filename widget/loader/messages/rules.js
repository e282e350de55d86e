// When a message is shown, and to whom.

const NAME = "{name}";

/** The visitor's name, as the site has signed it; nothing where it has not. */
export const nameIn = (jwt) => {
  try {
    const [, claims] = String(jwt).split(".");
    const bytes = Uint8Array.from(atob(claims.replace(/-/g, "+").replace(/_/g, "/")), (char) => char.charCodeAt(0));
    const { name } = JSON.parse(new TextDecoder().decode(bytes));
    return typeof name === "string" && name ? name : undefined;
  } catch {}
};

/** The text for this visitor: a name is for those who are known and not here for the first time. Nothing where it is not for them. */
export const textFor = (text, { name, isNew }) => {
  if (!text.includes(NAME)) return text;
  return name && !isNew ? text.replaceAll(NAME, () => name) : undefined;
};

/** Whether it may be shown here at all, now or after a time. */
export const fits = ({ places = [], event, visitors }, { path, tracked, isNew }) =>
  (!places.length || places.some((place) => path.startsWith(place))) &&
  (event == null || tracked.has(event)) &&
  (visitors == null || visitors === "any" || (visitors === "new") === isNew);

/** How many seconds it still waits. */
export const waits = ({ seconds = 0 }, state) => seconds - state.seconds;
