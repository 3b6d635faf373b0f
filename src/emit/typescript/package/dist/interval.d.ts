/** Points, days, row and status of one interval. */
import type { IntervalAnswer, State } from "./answer.js";
import { type Day } from "./calendar.js";
import type { Coded } from "./events.js";
import type { Knowledge } from "./facts.js";
import type { Measure } from "./prepare.js";
/** What all intervals of a course are judged against. */
export interface Setting {
    knowledge: Knowledge;
    events: readonly Coded[];
    state: State;
    /** The day that picks the rows: the course's start, or its first event's date. */
    starts: Day;
    asOf: Day;
}
/** The answers for the pathway's measure of this number: one, or one for each start if it repeats and has begun. */
export declare function judge(setting: Setting, number: number, measure: Measure): IntervalAnswer[];
