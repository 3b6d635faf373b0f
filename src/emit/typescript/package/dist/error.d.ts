/** What makes tables unfit to judge by. */
import { type Day } from "./calendar.js";
/** Tables that contradict themselves, or that this evaluator does not understand. */
export declare class TableError extends Error {
    readonly name = "TableError";
    /** The sentence in Norwegian bokmål; `message` is the English one. */
    readonly nb: string;
    constructor(nb: string, en: string);
}
/** Refuses a name that the tables do not hold. `place` says what names it. */
export declare function unknown(place: string, name: string): TableError;
/** Refuses a name that occurs twice. */
export declare function checkUnique(place: string, names: readonly {
    name: string;
}[]): void;
/** Refuses what has too many brackets or items inside each other. */
export declare function tooDeep(place: string): TableError;
/** Refuses a word that tables of this format version do not have. */
export declare function strange(place: string, word: unknown): TableError;
/** Refuses a word that is none of these. */
export declare function checkWord(place: string, word: string, words: readonly string[]): void;
/** Refuses what is not a whole number from 0. */
export declare function checkWhole(place: string, number: number): void;
/** A date of the tables. */
export declare function tableDay(place: string, date: string): Day;
