/** Tables made ready, and the answers for one patient. */
import type { Assessment, CodeUse, Course, Event, FactEvent, FactProblem, Options } from "./answer.js";
import { type Names, type Tables } from "./rule-tables.js";
/**
 * Rule tables made ready to judge patients one by one. It holds nothing about any patient. The answers are those of
 * `forlop eval`.
 */
export declare class Evaluator<N extends Names = Names> {
    #private;
    /**
     * Makes the tables ready.
     *
     * @throws TableError if the tables have a newer format or contradict themselves.
     */
    constructor(tables: Tables<N>);
    /** Whether an event with this code and date can be used. */
    code(code: string, date: string): CodeUse;
    /** Why a fact with this value cannot be used; null if at least one pathway declares the fact and takes the value. */
    fact(fact: string, value: string): FactProblem | null;
    /**
     * The courses of one patient on the as-of date, by pathway id and number. All events and facts are the patient's, in
     * input order; those that cannot be used, and those dated after as-of, are left out.
     *
     * @throws RangeError if a date is not written `YYYY-MM-DD`.
     */
    patient(patient: string, events: readonly Event[], facts: readonly FactEvent[], asOf: string, { lang }?: Options): Course<N>[];
    /**
     * What the pathways say of one patient on the as-of date, one for each pathway that has criteria, decision tables or
     * investigations, by its id. Events matter only where a condition asks for an open course.
     *
     * @throws RangeError if a date is not written `YYYY-MM-DD`.
     */
    assess(patient: string, events: readonly Event[], facts: readonly FactEvent[], asOf: string): Assessment<N>[];
}
