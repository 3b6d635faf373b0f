/** From a patient's events to courses. */
import type { Event, State } from "./answer.js";
import { type Day } from "./calendar.js";
import type { Role } from "./rule-tables.js";
/** An event whose code the pathway declares. */
export interface Coded {
    /** The code's number in the pathway. */
    code: number;
    role: Role | null;
    phase: string | null;
    day: Day;
    event: Event;
}
/** What is doubtful about an event's place in its course, in the order of the findings. */
export declare const DOUBTS: readonly ["missing_start", "duplicate_start", "event_after_end"];
/** What is doubtful about an event's place in its course. */
export type Doubt = (typeof DOUBTS)[number];
/** A course whose events have been found. */
export interface Assembled {
    id: string | null;
    events: Coded[];
    doubts: [Doubt, Coded][];
}
/** The day of a date that was given. */
export declare function inputDay(date: string): Day;
/** The events of one pathway by date, code and input, and one of equal events. */
export declare function inOrder(events: readonly Coded[]): Coded[];
/** Where a course stands after one more event: closed beats completed, and completed beats open. */
export declare function after(state: State, role: Role | null): State;
/** The state of a course with these events. */
export declare function stateOf(events: readonly Coded[]): State;
/** Gives each event of one pathway, in order, its course. */
export declare function assemble(events: readonly Coded[]): Assembled[];
