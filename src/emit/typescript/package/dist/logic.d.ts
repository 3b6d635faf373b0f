/** Three-valued conditions: true, false or, as null, unknown (Kleene). */
import type { Comparison, Need, Unit } from "./rule-tables.js";
/** True, false or unknown. */
export type Truth = boolean | null;
/**
 * A fact's value: a number, a date as its day, a choice as its place in the fact's list, `nei` as 0 and `ja` as 1. A
 * value is only ever compared with one of the same fact.
 */
export type Datum = number;
/** A condition with its facts as numbers. */
export type Test = {
    op: "all" | "any";
    of: readonly Test[];
} | {
    op: "not";
    of: Test;
} | {
    op: "is";
    fact: number;
    value: Datum;
} | {
    op: "compare";
    fact: number;
    comparison: Comparison;
    value: Datum;
} | {
    op: "known";
    fact: number;
} | Repeated | Recent | {
    op: "in_course";
    pathway: string | null;
};
/** Enough values of a fact meet `of`, far enough apart. */
export interface Repeated {
    op: "repeated";
    fact: number;
    of: Test;
    count: number;
    spacing: Amount | null;
}
/** The latest value of a fact meets `of` and is not older than so much. */
export interface Recent {
    op: "recent";
    fact: number;
    of: Test;
    age: Amount;
}
/** So much of a unit. */
export interface Amount {
    amount: number;
    unit: Unit;
}
/** What conditions ask about a patient on a day. */
export interface World {
    value(fact: number): Datum | null;
    repeated(repeated: Repeated): Truth;
    recent(recent: Recent): Truth;
    inCourse(pathway: string | null): boolean;
}
/** Whether the condition holds. */
export declare function holds(test: Test, world: World): Truth;
/** Whether the condition holds for this value of the one fact that it is about. */
export declare function holdsFor(test: Test, value: Datum): boolean;
/** Calls `see` with each part that has no parts, in the order written, and with those inside `repeated` and `recent`. */
export declare function leaves(test: Test, see: (leaf: Test) => void): void;
/** Not so. */
export declare function not(truth: Truth): Truth;
/** False if one is, else unknown if one is, else true. */
export declare function all<T>(parts: readonly T[], truth: (part: T) => Truth): Truth;
/** True if one is, else unknown if one is, else false. */
export declare function any<T>(parts: readonly T[], truth: (part: T) => Truth): Truth;
/** Whether enough of so many are true. */
export declare function enough(need: Need, truths: readonly Truth[]): Truth;
/** Refuses a need that tables of this format version do not have. */
export declare function checkNeed(place: string, need: Need): void;
