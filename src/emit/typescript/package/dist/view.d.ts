/** A patient on a day, as conditions see it. */
import { type Day } from "./calendar.js";
import type { Knowledge } from "./facts.js";
import { type Input } from "./formula.js";
import { type Amount, type Datum, type Recent, type Repeated, type Truth, type World } from "./logic.js";
/** What might become known of a fact. It counts only where nothing is known that would decide. */
export interface Imagined {
    value: Datum;
    /** The date of the latest value. */
    date: Day;
    /** A value that it had before, as often and as far apart as one likes. */
    often: Datum | null;
    /** How fast it rises, per year of 365 days. */
    rise: number | null;
}
/** What is known on a day, and what is imagined where nothing is. */
export declare class View implements World {
    readonly knowledge: Knowledge;
    readonly day: Day;
    /** The pathways in which the patient has an open course. */
    readonly open: readonly string[];
    readonly imagined: ReadonlyMap<number, Imagined>;
    constructor(knowledge: Knowledge, day: Day, 
    /** The pathways in which the patient has an open course. */
    open?: readonly string[], imagined?: ReadonlyMap<number, Imagined>);
    /** The same patient and day, with this imagined. */
    imagining(imagined: ReadonlyMap<number, Imagined>): View;
    /** The date of a fact's latest value. */
    date(fact: number): Day | null;
    /** A number that a formula reads. */
    read(input: Input): number | null;
    /** Whether something of this date is at most so old on the day. */
    isWithin(date: Day, age: Amount): boolean;
    value(fact: number): Datum | null;
    /**
     * Counts from the first value on, each that is far enough from the one counted before it. Values without a date come
     * first and count as one.
     */
    repeated({ fact, of, count, spacing }: Repeated): Truth;
    recent({ fact, of, age }: Recent): Truth;
    inCourse(pathway: string | null): boolean;
}
