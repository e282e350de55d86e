import type { Api, Options } from "./index.js";

export declare const beforehand: (node: Element, options: Options) => { update(options: Options): void; destroy(): void };

declare const api: Api;
export default api;
