/** One pathway made ready: codes and facts as numbers, each row found beforehand. */
import { Assessable } from "./assess/assess.js";
import { type Formula } from "./formula.js";
import { LimitIndex } from "./limits.js";
import type { Test } from "./logic.js";
import { type Interval, type Pathway, type Rule, type Treatment } from "./rule-tables.js";
import { type CodeSet, type Judge } from "./rules.js";
/** A pathway made ready. Codes, facts and variants are named by their number in the pathway. */
export interface Prepared {
    pathway: Pathway;
    facts: ReadonlyMap<string, number>;
    /** By fact; null where it is given. */
    formulas: readonly (Formula | null)[];
    variants: readonly {
        name: string;
        when: Test;
    }[];
    measures: readonly Measure[];
    rules: readonly {
        rule: Rule;
        judge: Judge;
    }[];
    limits: LimitIndex;
    assessable: Assessable;
}
/** An interval, or one treatment of it: what one answer is about. */
export interface Measure {
    interval: Interval;
    treatment: Treatment | null;
    from: CodeSet;
    to: CodeSet;
    /** The end codes that mean the treatment. */
    picks: CodeSet | null;
}
/** Makes a pathway ready, or says what is wrong with its tables. */
export declare function prepare(pathway: Pathway): Prepared;
/** Whether a code begins as this pathway's codes do. */
export declare function begins({ pathway: { id, prefix } }: Prepared, code: string): boolean;
