/** Which variant holds on a day. */
import { type Basis } from "./answer.js";
import type { Day } from "./calendar.js";
import type { Conditions } from "./condition.js";
import type { Knowledge } from "./facts.js";
import { type Test } from "./logic.js";
import type { Variant } from "./rule-tables.js";
/** The variant that holds by its number; null is the main course. */
export interface Held {
    variant: number | null;
    name: string;
    basis: Basis;
}
/** The first variant that is true. An unknown one stops the search, and then the main course is assumed. */
export declare function heldOn(knowledge: Knowledge, day: Day): Held;
/** The variant's condition made ready. */
export declare function prepareVariant({ name, when }: Variant, conditions: Conditions): {
    name: string;
    when: Test;
};
