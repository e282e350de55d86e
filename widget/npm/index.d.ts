import type { Api, Settings } from "./beforehand.js";

export type { Api, Call, Events, Heard, Listener, Settings, State, Value } from "./beforehand.js";

/** Settings, with those that have to be there, and the nonce of a policy for the script. */
export type Options = Settings & { workspace: string; edge: string; nonce?: string };

/** Puts the launcher on the page; on a server it does nothing. */
export declare const load: (options: Options) => Api;
/** Takes all of it off the page, once as many have taken it off as have asked for it. */
export declare const unload: () => void;

declare const api: Api;
export default api;
