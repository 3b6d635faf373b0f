/** Decision tables: the first row that holds. */
import type { RouteAnswer } from "../answer.js";
import type { Conditions } from "../condition.js";
import { type Routes } from "../rule-tables.js";
import type { View } from "../view.js";
/** A decision table made ready. */
export declare class PreparedRoutes {
    #private;
    constructor(routes: Routes, conditions: Conditions);
    /** Where it leads a patient. */
    answer(view: View): RouteAnswer;
}
