/** Criteria, decision tables and investigations judged for one patient on a day. */
import type { AssessmentOf } from "../answer.js";
import type { Day } from "../calendar.js";
import type { Conditions } from "../condition.js";
import type { Knowledge } from "../facts.js";
import type { Pathway } from "../rule-tables.js";
/** What can be assessed in a pathway, made ready. */
export declare class Assessable {
    #private;
    constructor(pathway: Pathway, conditions: Conditions);
    /** Whether there is nothing to assess. */
    get isEmpty(): boolean;
    /** What is known decides on the day; `open` are the pathways in which the patient has an open course. */
    assess(knowledge: Knowledge, day: Day, open: readonly string[]): Pick<AssessmentOf<string>, "criteria" | "routes" | "investigations">;
}
