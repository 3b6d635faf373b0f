/** Investigations: which are done, and which lack. */
import type { InvestigationAnswer } from "../answer.js";
import { type Conditions } from "../condition.js";
import { type List } from "../rule-tables.js";
import type { View } from "../view.js";
/** The investigations of a pathway, each before those that it consists of. */
export declare class Investigations {
    #private;
    /** Adds the lists of one phase. */
    add(lists: readonly List[], conditions: Conditions): void;
    /** Whether there are none. */
    get isEmpty(): boolean;
    /** How it stands with each. One without a name and without parts can be neither done nor lacking. */
    answers(view: View): InvestigationAnswer[];
}
