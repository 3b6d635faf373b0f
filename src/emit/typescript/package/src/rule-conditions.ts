/** Facts about a patient and the conditions over them, as rule tables hold them. */

import type { Origin, Unit } from "./rule-tables.js";

/** How a fact's value is compared with a threshold. */
export const COMPARISONS = ["above", "below", "at_least", "at_most"] as const;
/** How a fact's value is compared with a threshold. */
export type Comparison = (typeof COMPARISONS)[number];

/** An arithmetic operator. */
export const OPERATORS = ["add", "subtract", "multiply", "divide"] as const;
/** An arithmetic operator. */
export type Operator = (typeof OPERATORS)[number];

/** The types of facts. */
export const FACT_TYPES = ["choice", "scale", "number", "yes_no", "date", "years"] as const;

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
