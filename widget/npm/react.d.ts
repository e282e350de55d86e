import type { Api, Options } from "./index.js";

export declare const useBeforehand: (options: Options) => Api;
export declare const Beforehand: (options: Options) => null;
