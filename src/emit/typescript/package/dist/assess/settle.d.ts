/** Which unknown facts could settle what is unknown: found by trying what they might be. */
import { type Test } from "../logic.js";
import type { MaxAge } from "../rule-tables.js";
import type { Imagined, View } from "../view.js";
/** An unknown fact with what it might be. */
type Lacking = [number, Imagined[]];
/**
 * The smallest sets of unknown facts with values by which `isSettled`, fewest facts first and then in the order
 * declared. `ask` says what the question rests on.
 */
export declare function settle(view: View, ask: (asked: Asked) => void, isSettled: (view: View) => boolean): string[][];
/** What a question rests on, by fact. */
export declare class Asked {
    #private;
    /** A condition. */
    test(test: Test): void;
    /** How old the value of a fact that is asked for may be. */
    dates(fact: number, ages: readonly MaxAge[]): void;
    /** The facts of which something that is asked for is unknown, in the order declared, each with what it might be. */
    lacking(view: View): Lacking[];
}
export {};
