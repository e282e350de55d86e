import type { MaybeRefOrGetter } from "vue";
import type { Api, Options } from "./index.js";

export declare const useBeforehand: (options: MaybeRefOrGetter<Options>) => Api;
