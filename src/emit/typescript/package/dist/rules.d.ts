/** Order rules. */
import type { State } from "./answer.js";
import type { Coded } from "./events.js";
import { type Rule } from "./rule-tables.js";
/** Numbers of a pathway's codes. */
export type CodeSet = ReadonlySet<number>;
/** Judges a course: the events that break the rule, in order, perhaps none; null if it is not broken. */
export type Judge = (events: readonly Coded[], state: State) => Coded[] | null;
/** A rule made ready. `set` gives the numbers of codes. */
export declare function prepareRule(rule: Rule, set: (codes: readonly string[]) => CodeSet): Judge;
