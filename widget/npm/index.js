// Loads the widget's script once, however often it is asked for, and gives what can be called, with types.

const NAMES =
  "boot update shutdown destroy reset show hide toggle compose article conversation search identify attributes track state on once off".split(" ");
const CLOSED = { booted: false, open: false, ready: false, unread: 0, workspace: "", edge: "", locale: "", version: "" };

// How many want it; whether it is just leaving the page.
let users = 0;
let isLeaving = false;
// Calls for the next one, while it is.
let kept = [];

// Keeps calls until the script is there.
const stub = (...call) => {
  (stub.q ??= []).push(call);
  return () => window.Beforehand("off", call[1], call[2]);
};

const call = (...args) => {
  // On a server there is no page.
  if (typeof window === "undefined") return () => {};
  if (!isLeaving || args[0] === "destroy") return (window.Beforehand ??= stub)(...args);
  kept.push(args);
  return () => call("off", args[1], args[2]);
};

const api = Object.fromEntries(NAMES.map((name) => [name, (...args) => call(name, ...args)]));
// Before the script is there, a stub answers with a function.
api.state = () => {
  const state = typeof window === "undefined" || window.Beforehand?.live ? call("state") : {};
  return { ...CLOSED, ...(typeof state === "object" && state) };
};

const begin = ({ nonce, ...settings }) => {
  call("boot", settings);
  if (window.Beforehand.live || stub.isAsked) return;
  stub.isAsked = window.Beforehand === stub;
  const script = document.createElement("script");
  Object.assign(script, { async: true, src: settings.edge + "/beforehand.js" }, nonce && { nonce });
  script.dataset.workspace = settings.workspace;
  document.head.append(script);
};

/** Puts the launcher on the page. */
export const load = (options) => {
  if (typeof window === "undefined") return api;
  users++;
  load.options = options;
  if (!isLeaving) begin(options);
  return api;
};

/** Takes all of it off the page again, unless somebody has asked for it meanwhile, as frameworks do that mount twice. */
export const unload = () => {
  users--;
  setTimeout(() => {
    if (users > 0 || isLeaving) return;
    isLeaving = true;
    const gone = () =>
      setTimeout(() => {
        stub.isAsked = isLeaving = false;
        const calls = kept;
        kept = [];
        if (users > 0) {
          begin(load.options);
          for (const one of calls) call(...one);
        }
      });
    addEventListener("beforehand:shutdown", gone, { once: true });
    call("destroy");
  });
};

export default api;
