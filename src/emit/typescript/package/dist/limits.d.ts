/** Which limit holds, found beforehand for every interval, treatment and variant. */
import type { Day } from "./calendar.js";
import type { Measure } from "./prepare.js";
import { type Limit, type Pathway } from "./rule-tables.js";
/** The rows of a pathway by period, measure and variant. Within a period the same rows are valid every day. */
export declare class LimitIndex {
    #private;
    constructor(pathway: Pathway, measures: readonly Measure[]);
    /** The row of a measure and variant (null is the main course) for a course that starts on `day`. */
    row(measure: number, variant: number | null, day: Day): Limit | null;
}
