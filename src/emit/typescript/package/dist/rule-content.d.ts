/** What a phase holds besides codes, as rule tables hold it. */
import type { Condition } from "./rule-conditions.js";
import type { Origin, Unit } from "./rule-tables.js";
/** How binding an item is. */
export declare const STRENGTHS: readonly ["skal", "bør", "kan", "skal ikke"];
/** How binding an item is. */
export type Strength = (typeof STRENGTHS)[number];
/** One piece of a phase or of a whole pathway. */
export type Content = {
    content: "text";
    title: string | null;
    markdown: string;
    origin: Origin;
} | ({
    content: "criteria";
} & Criteria) | ({
    content: "list";
} & List) | {
    content: "responsibility";
    who: string;
    what: string;
    origin: Origin;
} | ({
    content: "referral";
} & Referral) | ({
    content: "routes";
} & Routes) | {
    content: "link";
    label: string;
    url: string;
    origin: Origin;
} | {
    content: "open" | "missing";
    text: string;
    origin: Origin;
};
/** How many items must be met. */
export type Need = "all" | "none" | {
    at_least: number;
};
/** How many of which items must be met. */
export interface Quantified {
    need: Need;
    items: readonly CriteriaItem[];
}
/** Named criteria. */
export interface Criteria extends Quantified {
    name: string;
    label: string;
    /** Whom they apply to; null is everyone. */
    when: Condition | null;
    origin: Origin;
}
/** One item of criteria: a condition, nested items, or what only a clinician can judge. */
export interface CriteriaItem {
    name: string;
    label: string;
    condition: Condition | null;
    nested: Quantified | null;
    /** Counts only beside an item that is met and lacks the mark. */
    not_alone: boolean;
    /** When it is not met, that says nothing. */
    does_not_exclude: boolean;
    judged_by: string | null;
    origin: Origin;
}
/** A list of things to know, to tick off or to carry out. */
export interface List {
    list: "list" | "checklist" | "investigations";
    name: string;
    label: string;
    /** Whom it applies to; null is everyone. */
    when: Condition | null;
    items: readonly Item[];
    origin: Origin;
}
/** One item of a list. */
export interface Item {
    strength: Strength | null;
    name: string | null;
    text: string;
    /** When it applies; null is always. */
    when: Condition | null;
    /** The items that are done after it. */
    before: readonly string[];
    max_age: MaxAge | null;
    by: string | null;
    /** How many of `items` are enough; null is that `items` are what it consists of. */
    need: Need | null;
    items: readonly Item[];
    origin: Origin;
}
/** The greatest age of an investigation on the day it is asked for. */
export interface MaxAge {
    amount: number;
    unit: Unit;
}
/** A way on to another pathway, or the word that there is none. */
export interface Referral {
    refer: boolean;
    strength: Strength;
    target: Target;
    when: Condition | null;
    note: string | null;
    origin: Origin;
}
/** Where a referral leads. */
export type Target = {
    to: "pathway";
    id: string;
} | {
    to: "named";
    title: string;
} | {
    to: "new_course";
};
/** A decision table: the first row that is true holds; an unknown one before it stops the search. */
export interface Routes {
    name: string;
    label: string;
    /** Whom it applies to; null is everyone. */
    when: Condition | null;
    rows: readonly Route[];
    origin: Origin;
}
/** One row of a decision table. */
export interface Route {
    /** When it holds; null is always. */
    when: Condition | null;
    outcome: Outcome;
    note: string | null;
    origin: Origin;
}
/** What a row of a decision table leads to. */
export type Outcome = {
    outcome: "refer";
    target: Target;
    strength: Strength;
} | {
    outcome: "included";
} | {
    outcome: "outside" | "at_once" | "onward";
    text: string;
};
