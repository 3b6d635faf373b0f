/** What is known of a patient, and since when. */
import type { FactEvent } from "./answer.js";
import { type Day } from "./calendar.js";
import { type Formula, type Input } from "./formula.js";
import type { Datum } from "./logic.js";
import type { Prepared } from "./prepare.js";
import type { Fact } from "./rule-tables.js";
/** One value of one fact. */
export interface Known {
    fact: number;
    /** Null is from the beginning. */
    date: Day | null;
    value: Datum;
    /** The value as given. */
    text: string;
}
/** The usable facts of one patient. */
export declare class Knowledge {
    #private;
    readonly pathway: Prepared;
    /** Facts dated after as-of, and those that the pathway cannot use, are left out. */
    constructor(pathway: Prepared, given: readonly FactEvent[], asOf: Day);
    /** What is known of a fact on a day: the latest value, and of two with the same date the later in the input. */
    on(fact: number, day: Day): Known | null;
    /** All values of a fact that are known on a day, in order. */
    values(fact: number, day: Day): Known[];
    /** How the fact is computed; null if it is given. */
    formula(fact: number): Formula | null;
    /** Calls `see` with what is given to compute a fact; with the fact itself if it is given. */
    inputs(fact: number, see: (input: Input) => void): void;
    /** The latest number less the one before it, per year of 365 days; of two on one day the last in the input counts. */
    rise(fact: number, day: Day): number | null;
    /** Pairs of values of one fact with the same date that differ, the one that holds last. */
    conflicts(): [Known, Known][];
}
/** The value of a fact that is given; null if it cannot have it. */
export declare function usable(fact: Fact, text: string): Datum | null;
