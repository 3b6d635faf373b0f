/** Facts that are computed from others. */
import { type Operator, type Pathway } from "./rule-tables.js";
/** A formula with its facts as numbers. */
export type Formula = {
    op: "number";
    value: number;
} | {
    op: "read";
    input: Input;
    factor: number;
} | {
    op: "compute";
    with: Operator;
    left: Formula;
    right: Formula;
};
/** A number that a formula reads: the value of a fact, which may itself be computed, or how fast it rises per year. */
export interface Input {
    of: "value" | "rise";
    fact: number;
}
/** Whether two inputs are the same. */
export declare function isSame(a: Input, b: Input): boolean;
/** The result, if all that it rests on is known and it is a number. */
export declare function compute(formula: Formula, read: (input: Input) => number | null): number | null;
/** Calls `see` with each number that is read, in the order written, perhaps more than once. */
export declare function inputs(formula: Formula, see: (input: Input) => void): void;
/** The formulas by fact; null where the fact is given. */
export declare function prepareFormulas(pathway: Pathway, facts: ReadonlyMap<string, number>): (Formula | null)[];
