// What is kept of messages on the host's own origin: which were shown, whether the visitor wants none, and since when they come. Nothing goes to the edge.

// After this time without a page, somebody is here again.
const VISIT = 18e5;

/** What is kept for a workspace; nothing where the browser keeps nothing. */
export const memoryOf = (workspace) => {
  const key = `beforehand:${workspace}:messages`;
  const read = () => {
    try {
      return JSON.parse(localStorage[key] ?? "{}");
    } catch {
      return {};
    }
  };
  const write = (more) => {
    localStorage[key] = JSON.stringify({ ...read(), ...more });
  };
  try {
    localStorage[key + "?"] = 1;
    delete localStorage[key + "?"];
    sessionStorage.length;
  } catch {
    return;
  }
  return {
    wasShown: (id) => (read().shown ?? []).includes(id),
    shown(id) {
      write({ shown: [...(read().shown ?? []), id] });
      sessionStorage[key] = 1;
    },
    /** No more in this visit. */
    over() {
      sessionStorage[key] = 1;
    },
    /** One was shown in this visit, or the visitor wants none. */
    isOver: () => Boolean(read().off || sessionStorage[key]),
    off: () => write({ off: 1 }),
    /** Notes when somebody came for the first time. */
    begin: () => write({ first: read().first ?? Date.now() }),
    isNew: () => !(Date.now() - read().first > VISIT),
    /** The visitor waits for a reply of the team. */
    isTalking: () => localStorage[`beforehand:${workspace}`] > 0,
  };
};
