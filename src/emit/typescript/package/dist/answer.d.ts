/** What goes in and what comes out: the keys are those of `forlop eval --format json`. */
import type { Names, Outcome, PathwayNames, Severity, Strength, Unit } from "./rule-tables.js";
/** The name of the main course where a variant's name can stand. */
export declare const MAIN_COURSE = "hovedforl\u00F8p";
/** One coded event of a patient. */
export interface Event {
    /** `YYYY-MM-DD` */
    date: string;
    /** The whole code: `A39CK`. */
    code: string;
    /** Where it happened. */
    institution?: string | null | undefined;
    /** The course that it belongs to, if the register says so. */
    course?: string | null | undefined;
}
/** One fact about a patient. */
export interface FactEvent {
    /** The day it became known, `YYYY-MM-DD`; none is from the beginning. */
    date?: string | null | undefined;
    fact: string;
    /** As text: a choice by its name, `ja` or `nei`, a number perhaps with its unit, a date. */
    value: string;
}
/** How to answer. */
export interface Options {
    /** The language of the findings' messages; `nb` if nothing is said. */
    lang?: "nb" | "en" | undefined;
}
/** Whose code it is, and whether it can be used on the day. */
export type CodeUse = "known" | "not_valid" | "unknown_suffix" | "foreign";
/** Why a fact cannot be used. */
export type FactProblem = "unknown_fact" | "computed" | "unknown_value";
/** How far a course has come. */
export type State = "open" | "completed" | "closed";
/** Whether a variant is known, or the main course was assumed because a fact is unknown. */
export type Basis = "known" | "assumed";
/** The judgement of an interval. */
export type Status = "not_applicable" | "invalid_order" | "no_limit" | "within" | "exceeded" | "too_early" | "undetermined" | "not_started" | "running" | "overdue";
/** One course of one patient in one pathway, judged. */
export type Course<N extends Names = Names> = {
    [P in keyof N & string]: CourseOf<P, N[P]>;
}[keyof N & string];
/** A course in a pathway with these names. */
export interface CourseOf<P extends string, N extends PathwayNames = PathwayNames> {
    pathway: P;
    patient: string;
    /** Number among the patient's courses in the pathway, from 1. */
    course: number;
    /** The course id that the events carry. */
    course_id: string | null;
    /** Date of the first opening code. */
    start: string | null;
    state: State;
    /** The phase of the last event whose code has one. */
    phase: N["phase"] | null;
    /** The variant on the as-of date. */
    variant: N["variant"];
    variant_basis: Basis;
    /** One answer for each interval, or for each treatment of it, in the template's order. */
    intervals: IntervalAnswer<N>[];
    /** What is wrong or doubtful in the coding. */
    findings: CourseFinding<N>[];
}
/** The answer for one interval and treatment. */
export interface IntervalAnswer<N extends PathwayNames = PathwayNames> {
    interval: N["interval"];
    /** The treatment, for intervals that are split by it. */
    treatment: N["treatment"] | null;
    /** 1, except for repeating intervals. */
    occurrence: number;
    from: string | null;
    to: string | null;
    /** Calendar days between them, whatever the unit of the limit. */
    days: number | null;
    /** The variant that decides the limit. */
    variant: N["variant"];
    variant_basis: Basis;
    limit: number | null;
    unit: Unit | null;
    status: Status;
    /** The start plus the limit. */
    due: string | null;
    /** Due less as-of, in calendar days, for `running` and `overdue`. */
    days_left: number | null;
}
/** Something wrong or doubtful in the coding of a course. */
export interface CourseFinding<N extends PathwayNames = PathwayNames> {
    /** One of the four that every pathway has, or a rule's name. */
    code: "missing_start" | "duplicate_start" | "event_after_end" | "conflicting_fact" | N["rule"];
    severity: Severity;
    /** One sentence for people. */
    message: string;
    /** The dates of the events or facts that cause it, ascending, each once. */
    dates: string[];
}
/** What a pathway's criteria, decision tables and investigations say of one patient on a day. */
export type Assessment<N extends Names = Names> = {
    [P in keyof N & string]: AssessmentOf<P, N[P]>;
}[keyof N & string];
/** An assessment in a pathway with these names. */
export interface AssessmentOf<P extends string, N extends PathwayNames = PathwayNames> {
    pathway: P;
    patient: string;
    as_of: string;
    criteria: CriteriaAnswer<N>[];
    routes: RouteAnswer<N>[];
    /** One before those that it consists of. */
    investigations: InvestigationAnswer<N>[];
}
/** What came of criteria. Items within items are named by the way to them: `alarm/heshet`. */
export interface CriteriaAnswer<N extends PathwayNames = PathwayNames> {
    criteria: N["criteria"];
    /** Whether they apply to the patient; null is unknown. */
    applies: boolean | null;
    result: "met" | "not_met" | "unknown" | "not_applicable";
    met: string[];
    not_met: string[];
    unknown: string[];
    /** The items that decide, when the result is `met` or `not_met`. */
    decided_by: string[];
    /** The smallest sets of unknown facts that could decide; at most five, of at most three facts. */
    settled_by: N["fact"][][];
}
/** Where a decision table leads. */
export interface RouteAnswer<N extends PathwayNames = PathwayNames> {
    route: N["route"];
    result: "decided" | "none" | "unknown" | "not_applicable";
    /** The row that holds, from 1. */
    row: number | null;
    outcome: Outcome | null;
    /** The rows that could still hold, when that is unknown. */
    possible: number[];
    /** The smallest sets of unknown facts that could decide; at most five, of at most three facts. */
    settled_by: N["fact"][][];
}
/** How it stands with an investigation. */
export type InvestigationStatus = "done" | "outdated" | "lacking" | "unknown" | "not_applicable" | "breach" | "wrong_order";
/** How it stands with one investigation. */
export interface InvestigationAnswer<N extends PathwayNames = PathwayNames> {
    list: N["list"];
    /** The way to it by the names of the items around it; null for alternatives without a name. */
    item: string | null;
    text: string;
    strength: Strength | null;
    status: InvestigationStatus;
    /** When it was done. */
    date: string | null;
    /** The smallest sets of unknown facts that could decide; at most five, of at most three facts. */
    settled_by: N["fact"][][];
}
