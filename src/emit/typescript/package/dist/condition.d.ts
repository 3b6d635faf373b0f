/** Conditions made ready: facts as numbers, and each value of its fact's type. */
import { type Test } from "./logic.js";
import { type Condition, type Pathway } from "./rule-tables.js";
/** How deep brackets in a condition, or items in items, may go. */
export declare const MAX_DEPTH = 100;
/** Makes the conditions of one pathway ready. */
export declare class Conditions {
    #private;
    readonly pathway: Pathway;
    readonly facts: ReadonlyMap<string, number>;
    constructor(pathway: Pathway, facts: ReadonlyMap<string, number>);
    /** A condition of what `place` names. */
    test(place: string, condition: Condition, depth?: number): Test;
    /** A condition that may be left out; null is that it always holds. */
    optional(place: string, condition: Condition | null): Test | null;
    /** Whether the fact that is `ja` or `nei` is `ja`. Null if there is no such fact. */
    yes(name: string): Test | null;
}
/** An amount of a known unit. */
export declare function checkedAmount<U extends string>(place: string, amount: number, unit: U): {
    amount: number;
    unit: U;
};
