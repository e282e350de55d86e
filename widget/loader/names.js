// Names that both parts use.

/** What is heard in the page, on its way down to whatever it is for. */
export const HEARD = ["focus", "click", "message", "online", "pointerover"];
