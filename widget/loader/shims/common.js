// What all stand-ins for the scripts of other widgets need.

/** A way to call this widget, and to say once which call of the other one does nothing here. */
export const bridge = (now, rival) => {
  const said = new Set();
  return {
    call: (...call) => now.run_(call),
    open: () => now.open_,
    lacks(name, advice = "it does nothing here") {
      if (!said.has(name)) console.warn(`Beforehand: ${rival} "${name}": ${advice}, see docs/switching.md`);
      said.add(name);
    },
  };
};

/** Only what is there. */
export const given = (values) => Object.fromEntries(Object.entries(values).filter(([, value]) => value != null));

/** What can be an attribute: of an object in it, one attribute for each of its own. */
export const flat = (values, before = "") =>
  Object.fromEntries(
    Object.entries({ ...values }).flatMap(([name, value]) => {
      if (value && typeof value === "object" && !Array.isArray(value)) return Object.entries(flat(value, before + name + "_"));
      return [[before + name, Array.isArray(value) ? value.join(", ") : value]];
    }),
  );

/** Runs what a page has queued, and each call from then on. It never throws into the page. */
export const replay = (queue, run) => {
  const safe = (call) => {
    try {
      return run(...call);
    } catch (error) {
      reportError(error);
    }
  };
  for (const call of queue ?? []) safe(call);
  return safe;
};
