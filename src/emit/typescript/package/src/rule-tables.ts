/**
 * The rule tables as `forlop compile` writes them. Everything that decides an answer has its type here, and so has what
 * people read beside it. Dates are `YYYY-MM-DD`.
 */

/** The value of `format` in every table document. */
export const FORMAT = "forlop-tables";
/** The newest format version that this evaluator reads. */
export const FORMAT_VERSION = 1;
/** The largest amount a limit can hold, in any unit. */
export const MAX_AMOUNT = 3660;

/** What an amount counts. */
export const UNITS = ["kalenderdager", "arbeidsdager", "virkedager", "uker", "måneder"] as const;
/** What an amount counts. */
export type Unit = (typeof UNITS)[number];

/** How an amount binds. */
export const FORMS = ["at_most", "at_least", "between", "same_day", "unquantified"] as const;
/** How an amount binds. */
export type Form = (typeof FORMS)[number];

/** What a code does to its course. */
export const ROLES = ["åpner", "overfører", "fullfører", "avslutter"] as const;
/** What a code does to its course. */
export type Role = (typeof ROLES)[number];

/** How serious a finding about a course is. */
export const SEVERITIES = ["feil", "advarsel"] as const;
/** How serious a finding about a course is. */
export type Severity = (typeof SEVERITIES)[number];

/** How binding an item is. */
export const STRENGTHS = ["skal", "bør", "kan", "skal ikke"] as const;
/** How binding an item is. */
export type Strength = (typeof STRENGTHS)[number];

/** How a fact's value is compared with a threshold. */
export const COMPARISONS = ["above", "below", "at_least", "at_most"] as const;
/** How a fact's value is compared with a threshold. */
export type Comparison = (typeof COMPARISONS)[number];

/** An arithmetic operator. */
export const OPERATORS = ["add", "subtract", "multiply", "divide"] as const;
/** An arithmetic operator. */
export type Operator = (typeof OPERATORS)[number];

/** What one pathway names. Generated tables have the names themselves here. */
export interface PathwayNames {
  code: string;
  phase: string;
  interval: string;
  treatment: string;
  variant: string;
  rule: string;
  fact: string;
  criteria: string;
  route: string;
  list: string;
}

/** What tables name, by the pathways' ids. */
export type Names = Record<string, PathwayNames>;

/** One compiled set of pathways. */
export interface Tables<N extends Names = Names> {
  /** Always `forlop-tables`. */
  format: string;
  /** Version of the document's shape. */
  format_version: number;
  /** Version of the compiler that wrote it. */
  compiler: string;
  /** SHA-256 of the content. */
  fingerprint: string;
  /** The pathways, sorted by id. */
  pathways: readonly Pathway[];
  /** Never there: it brings the names into the types of the answers. */
  names?: N;
}

/** A place in the specification. Lines and columns count from 1. */
export interface Origin {
  file: string;
  line: number;
  column: number;
}

/** A pathway with everything its template gives it. */
export interface Pathway {
  id: string;
  /** The code prefix; null when it is not known. Codes are then written `id:CK`. */
  prefix: string | null;
  title: string;
  former: readonly Former[];
  status: "utkast" | "høring" | "gjeldende" | "ufullstendig" | "tilbaketrukket";
  version: string | null;
  disease: string | null;
  template: string;
  /** First day on which its codes may be dated. */
  valid_from: string | null;
  /** Last such day. */
  valid_to: string | null;
  sources: readonly Source[];
  phases: readonly Phase[];
  /** In the template's order, which is also the order of events on one day. */
  codes: readonly Code[];
  groups: readonly Group[];
  facts: readonly Fact[];
  intervals: readonly Interval[];
  /** In the order they are tried. */
  variants: readonly Variant[];
  limits: readonly Limit[];
  rules: readonly Rule[];
  content: readonly Content[];
  examples: readonly Example[];
  origin: Origin;
}

/** An earlier name. */
export interface Former {
  name: string;
  until: string | null;
}

/** A document that rows and texts rest on. */
export interface Source {
  name: string;
  title: string;
  publisher: string | null;
  url: string | null;
  date: string | null;
  note: string | null;
  origin: Origin;
}

/** A phase and its text. */
export interface Phase {
  name: string;
  label: string;
  content: readonly Content[];
  origin: Origin;
}

/** A code that a patient's event can carry. */
export interface Code {
  /** The whole code: `A39CK`. */
  code: string;
  label: string;
  former: readonly Former[];
  valid_from: string | null;
  valid_to: string | null;
  phase: string | null;
  role: Role | null;
  /** Which date the event shall carry, in words. */
  date: string | null;
  occasions: readonly { name: string; text: string; date: string | null }[];
  origin: Origin;
}

/** A named set of codes. */
export interface Group {
  name: string;
  codes: readonly string[];
  origin: Origin;
}

/** A measured interval, from the first event of one set of codes to the first of another. */
export interface Interval {
  name: string;
  label: string;
  from: readonly string[];
  to: readonly string[];
  /** The treatments that it is split by. */
  treatments: readonly Treatment[];
  /** The intervals whose limits add up to this one's. */
  sum: readonly string[];
  /** True if each start opens an occurrence of its own. */
  repeats: boolean;
  origin: Origin;
}

/** A treatment and the end codes that mean it. */
export interface Treatment {
  name: string;
  codes: readonly string[];
}

/** A variant of the pathway with limits of its own. */
export interface Variant {
  name: string;
  label: string;
  when: Condition;
  origin: Origin;
}

/** One row of a limit table. A row without `amount` is never judged. */
export interface Limit {
  interval: string;
  treatment: string | null;
  /** Null is the main course. */
  variant: string | null;
  form: Form;
  /** The lower end of a window, in `unit`. */
  minimum: number | null;
  amount: number | null;
  unit: Unit | null;
  /** First day on which a course may start to be judged by this row. */
  valid_from: string | null;
  /** Last such day. */
  valid_to: string | null;
  derived: boolean;
  source: string | null;
  note: string | null;
  origin: Origin;
}

/** An order rule. */
export type Rule = RuleKind & {
  name: string;
  severity: Severity;
  label: string;
  origin: Origin;
};

/** What an order rule demands of the events of a course. */
export type RuleKind =
  | { kind: "before" | "triggers"; first: readonly string[]; then: readonly string[] }
  | { kind: "at_most" | "exactly"; count: number; of: readonly string[] }
  | { kind: "nothing_after"; after: readonly string[] }
  | { kind: "never_together"; first: readonly string[]; second: readonly string[] };

/** A declared fact: what may be known about a patient. */
export type Fact = FactType & {
  name: string;
  label: string;
  judged_by: string | null;
  /** How it is computed; null is that it is given. */
  formula: Formula | null;
  implicit: boolean;
  origin: Origin;
};

/** The values that a fact can take. A scale is ordered from the lowest. */
export type FactType =
  | { type: "choice" | "scale"; values: readonly { name: string; label: string | null }[] }
  | { type: "number"; unit: string }
  | { type: "yes_no" | "date" | "years" };

/** How a fact is computed from others. */
export type Formula =
  | { op: "number"; value: number }
  | { op: "fact" | "rise"; fact: string; factor: number }
  | { op: "compute"; with: Operator; left: Formula; right: Formula };

/** A fact's value: `ja` is true, dates and choices are text. */
export type Value = boolean | number | string;

/** A three-valued condition: true, false or unknown. */
export type Condition =
  | { op: "all" | "any"; of: readonly Condition[] }
  | { op: "not"; of: Condition }
  | { op: "is"; fact: string; value: Value }
  | { op: "compare"; fact: string; comparison: Comparison; value: Value }
  | { op: "known"; fact: string }
  | { op: "repeated"; of: Condition; count: number; spacing: number | null; unit: Unit | null }
  | { op: "recent"; of: Condition; amount: number; unit: Unit }
  | { op: "in_course"; pathway: string | null };

/** One piece of a phase or of a whole pathway. */
export type Content =
  | { content: "text"; title: string | null; markdown: string; origin: Origin }
  | ({ content: "criteria" } & Criteria)
  | ({ content: "list" } & List)
  | { content: "responsibility"; who: string; what: string; origin: Origin }
  | ({ content: "referral" } & Referral)
  | ({ content: "routes" } & Routes)
  | { content: "link"; label: string; url: string; origin: Origin }
  | { content: "open" | "missing"; text: string; origin: Origin };

/** How many items must be met. */
export type Need = "all" | "none" | { at_least: number };

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
export type Target = { to: "pathway"; id: string } | { to: "named"; title: string } | { to: "new_course" };

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
export type Outcome =
  | { outcome: "refer"; target: Target; strength: Strength }
  | { outcome: "included" }
  | { outcome: "outside" | "at_once" | "onward"; text: string };

/** One made-up patient and what is expected of the answer. */
export interface Example {
  name: string;
  as_of: string;
  events: readonly { date: string; code: string; institution: string | null }[];
  facts: readonly { date: string | null; fact: string; value: Value }[];
  expectations: readonly Expectation[];
  origin: Origin;
}

/** One expectation, about the course of this number. */
export type Expectation = { course: number; origin: Origin } & (
  | { expect: "interval"; interval: string; treatment: string | null; status: string; days: number | null }
  | { expect: "variant"; variant: string; assumed: boolean | null }
  | { expect: "state"; state: string }
  | { expect: "finding"; code: string }
  | { expect: "no_findings" }
  | { expect: "criteria"; criteria: string; result: string }
  | { expect: "route"; route: string; result: string }
  | { expect: "investigation"; list: string; item: string; status: string }
  | { expect: "courses"; count: number }
);
