/** Criteria: which items are met, and which of them decide. */
import type { CriteriaAnswer } from "../answer.js";
import { type Conditions } from "../condition.js";
import type { Criteria } from "../rule-tables.js";
import type { View } from "../view.js";
/** Criteria made ready. */
export declare class PreparedCriteria {
    #private;
    constructor(criteria: Criteria, conditions: Conditions);
    /** What comes of them for a patient. */
    answer(view: View): CriteriaAnswer;
}
