// MiniSearch with each example question as a record of its own, which suits it where there are many.
import { records } from "../words.js";
import { make as makeOf } from "./minisearch.js";

export const make = (set) => makeOf(set, records(set.docs));
