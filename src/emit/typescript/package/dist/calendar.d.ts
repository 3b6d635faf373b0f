/**
 * Days and due dates. A day is a number, 0 is 1970-01-01, so that no time zone and no clock play any part. Public
 * holidays are those of today's Norwegian law, for every year.
 */
import type { Unit } from "./rule-tables.js";
/** Days since 1970-01-01. */
export type Day = number;
/** The day of a date; months beyond December count into the next year. */
export declare function dayOf(year: number, month: number, dayOfMonth: number): Day;
/** The day of a text `YYYY-MM-DD`; null if it is no date. */
export declare function parseDay(text: string): Day | null;
/** The day as `YYYY-MM-DD`. */
export declare function dayText(day: Day): string;
/** So many days later, or earlier; null if the calendar does not reach so far. */
export declare function addDays(day: Day, days: number): Day | null;
/**
 * The last day on which an amount of a unit that starts on `start` is kept. The start day is day 0 in every unit, and
 * months end on the last day of a month that is too short. Null if the calendar does not reach so far.
 */
export declare function due(start: Day, amount: number, unit: Unit): Day | null;
