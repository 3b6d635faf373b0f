/** Three-valued conditions: true, false or, as null, unknown (Kleene). */

import { strange } from "./error.js";
import type { Comparison, Need, Unit } from "./rule-tables.js";

/** True, false or unknown. */
export type Truth = boolean | null;

/**
 * A fact's value: a number, a date as its day, a choice as its place in the fact's list, `nei` as 0 and `ja` as 1. A
 * value is only ever compared with one of the same fact.
 */
export type Datum = number;

/** A condition with its facts as numbers. */
export type Test =
  | { op: "all" | "any"; of: readonly Test[] }
  | { op: "not"; of: Test }
  | { op: "is"; fact: number; value: Datum }
  | { op: "compare"; fact: number; comparison: Comparison; value: Datum }
  | { op: "known"; fact: number }
  | Repeated
  | Recent
  | { op: "in_course"; pathway: string | null };

/** Enough values of a fact meet `of`, far enough apart. */
export interface Repeated {
  op: "repeated";
  fact: number;
  of: Test;
  count: number;
  spacing: Amount | null;
}

/** The latest value of a fact meets `of` and is not older than so much. */
export interface Recent {
  op: "recent";
  fact: number;
  of: Test;
  age: Amount;
}

/** So much of a unit. */
export interface Amount {
  amount: number;
  unit: Unit;
}

/** What conditions ask about a patient on a day. */
export interface World {
  value(fact: number): Datum | null;
  repeated(repeated: Repeated): Truth;
  recent(recent: Recent): Truth;
  inCourse(pathway: string | null): boolean;
}

/** Whether the condition holds. */
export function holds(test: Test, world: World): Truth {
  switch (test.op) {
    case "all":
      return all(test.of, (part) => holds(part, world));
    case "any":
      return any(test.of, (part) => holds(part, world));
    case "not":
      return not(holds(test.of, world));
    case "is": {
      const value = world.value(test.fact);
      return value === null ? null : value === test.value;
    }
    case "compare": {
      const value = world.value(test.fact);
      return value === null ? null : compares(value, test.comparison, test.value);
    }
    case "known":
      return world.value(test.fact) !== null;
    case "repeated":
      return world.repeated(test);
    case "recent":
      return world.recent(test);
    case "in_course":
      return world.inCourse(test.pathway);
  }
}

function compares(value: Datum, comparison: Comparison, threshold: Datum): boolean {
  switch (comparison) {
    case "above":
      return value > threshold;
    case "below":
      return value < threshold;
    case "at_least":
      return value >= threshold;
    case "at_most":
      return value <= threshold;
  }
}

/** Whether the condition holds for this value of the one fact that it is about. */
export function holdsFor(test: Test, value: Datum): boolean {
  return holds(test, { value: () => value, repeated: () => null, recent: () => null, inCourse: () => false }) === true;
}

/** Calls `see` with each part that has no parts, in the order written, and with those inside `repeated` and `recent`. */
export function leaves(test: Test, see: (leaf: Test) => void): void {
  switch (test.op) {
    case "all":
    case "any":
      test.of.forEach((part) => leaves(part, see));
      break;
    case "not":
      leaves(test.of, see);
      break;
    case "repeated":
    case "recent":
      see(test);
      leaves(test.of, see);
      break;
    default:
      see(test);
  }
}

/** Not so. */
export function not(truth: Truth): Truth {
  return truth === null ? null : !truth;
}

/** False if one is, else unknown if one is, else true. */
export function all<T>(parts: readonly T[], truth: (part: T) => Truth): Truth {
  let result: Truth = true;
  for (const part of parts) {
    const one = truth(part);
    if (one === false) {
      return false;
    }
    result = one === null ? null : result;
  }
  return result;
}

/** True if one is, else unknown if one is, else false. */
export function any<T>(parts: readonly T[], truth: (part: T) => Truth): Truth {
  return not(all(parts, (part) => not(truth(part))));
}

/** Whether enough of so many are true. */
export function enough(need: Need, truths: readonly Truth[]): Truth {
  if (need === "all") {
    return all(truths, (truth) => truth);
  }
  if (need === "none") {
    return all(truths, not);
  }
  const met = truths.filter((truth) => truth === true).length;
  const possible = truths.filter((truth) => truth !== false).length;
  return need.at_least <= met ? true : possible < need.at_least ? false : null;
}

/** Refuses a need that tables of this format version do not have. */
export function checkNeed(place: string, need: Need): void {
  const isKnown = need === "all" || need === "none" || (Number.isInteger(need?.at_least) && need.at_least >= 0);
  if (!isKnown) {
    throw strange(place, JSON.stringify(need));
  }
}
