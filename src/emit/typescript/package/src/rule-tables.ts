/**
 * The rule tables as `forlop compile` writes them. Everything that decides an answer has its type here, and so has what
 * people read beside it. Dates are `YYYY-MM-DD`.
 */

import type { Condition, Fact, Value } from "./rule-conditions.js";
import type { Content } from "./rule-content.js";

export * from "./rule-conditions.js";
export * from "./rule-content.js";

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
  /** Published shares. Tables of earlier versions have none. */
  indicators?: readonly Indicator[];
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

/** An indicator: of the courses in the denominator, the share that is in the numerator too. */
export interface Indicator {
  name: string;
  label: string;
  denominator: Population;
  numerator: Population;
  /** Courses with one of these codes are left out, and counted apart. */
  excluded: readonly string[];
  /** What the share should be at least. */
  target: { percent: number; source: string | null } | null;
  source: string | null;
  /** First day on which a course may start to count. */
  valid_from: string | null;
  /** Last such day. */
  valid_to: string | null;
  origin: Origin;
}

/** Which courses, or measured intervals of them, count. */
export type Population =
  | { kind: "measured" | "within"; interval: string; treatments: readonly string[] }
  | { kind: "courses"; with: readonly string[] };

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
