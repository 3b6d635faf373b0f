/** One pathway made ready: codes and facts as numbers, each row found beforehand. */

import { Assessable } from "./assess/assess.js";
import { Conditions } from "./condition.js";
import { TableError, checkUnique, checkWord, unknown } from "./error.js";
import { type Formula, prepareFormulas } from "./formula.js";
import { LimitIndex } from "./limits.js";
import type { Test } from "./logic.js";
import { FACT_TYPES, ROLES, type Interval, type Pathway, type Rule, type Treatment } from "./rule-tables.js";
import { type CodeSet, type Judge, prepareRule } from "./rules.js";
import { prepareVariant } from "./variants.js";

/** A pathway made ready. Codes, facts and variants are named by their number in the pathway. */
export interface Prepared {
  pathway: Pathway;
  facts: ReadonlyMap<string, number>;
  /** By fact; null where it is given. */
  formulas: readonly (Formula | null)[];
  variants: readonly { name: string; when: Test }[];
  measures: readonly Measure[];
  rules: readonly { rule: Rule; judge: Judge }[];
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

/** Gives the numbers of codes, which `place` names. */
type ToSet = (place: string, codes: readonly string[]) => CodeSet;

/** Makes a pathway ready, or says what is wrong with its tables. */
export function prepare(pathway: Pathway): Prepared {
  const { id } = pathway;
  const codes = numbered(pathway.codes.map(({ code }) => code));
  const facts = numbered(pathway.facts.map(({ name }) => name));
  checkUnique(id, pathway.codes.map(({ code }) => ({ name: code })));
  [pathway.facts, pathway.intervals, pathway.variants, pathway.rules].forEach((named) => checkUnique(id, named));
  pathway.facts.forEach(({ name, type }) => checkWord(name, type, FACT_TYPES));
  checkCodes(pathway);
  checkSums(pathway);
  const set: ToSet = (place, names) => new Set(names.map((name) => lookUp(codes, place, name)));
  pathway.groups.forEach((group) => set(group.name, group.codes));

  const conditions = new Conditions(pathway, facts);
  const measures = pathway.intervals.flatMap((interval) => measuresOf(interval, set));
  return {
    pathway,
    facts,
    formulas: prepareFormulas(pathway, facts),
    variants: pathway.variants.map((variant) => prepareVariant(variant, conditions)),
    measures,
    rules: pathway.rules.map((rule) => ({ rule, judge: prepareRule(rule, (names) => set(rule.name, names)) })),
    limits: new LimitIndex(pathway, measures),
    assessable: new Assessable(pathway, conditions),
  };
}

/** Whether a code begins as this pathway's codes do. */
export function begins({ pathway: { id, prefix } }: Prepared, code: string): boolean {
  return code.startsWith(prefix == null ? `${id}:` : id);
}

function numbered(names: readonly string[]): Map<string, number> {
  return new Map(names.map((name, number) => [name, number]));
}

function lookUp(numbers: ReadonlyMap<string, number>, place: string, name: string): number {
  const number = numbers.get(name);
  if (number === undefined) {
    throw unknown(place, name);
  }
  return number;
}

function measuresOf(interval: Interval, set: ToSet): Measure[] {
  const { name, treatments } = interval;
  checkUnique(name, treatments);
  const [from, to] = [set(name, interval.from), set(name, interval.to)];
  return treatments.length === 0
    ? [{ interval, treatment: null, from, to, picks: null }]
    : treatments.map((treatment) => ({ interval, treatment, from, to, picks: set(name, treatment.codes) }));
}

function checkCodes({ id, codes, phases }: Pathway): void {
  for (const { code, phase, role } of codes) {
    if (phase != null && !phases.some(({ name }) => name === phase)) {
      throw unknown(code, phase);
    }
    if (role != null) {
      checkWord(code, role, ROLES);
    }
    if (!code.startsWith(id) || code === id) {
      throw new TableError(
        `koden «${code}» begynner ikke med «${id}», pakkeforløpet den hører til`,
        `the code «${code}» does not begin with «${id}», the pathway it belongs to`,
      );
    }
  }
}

/** Every part of a sum is an interval, and no interval is a part of itself. */
function checkSums({ intervals }: Pathway): void {
  const numbers = numbered(intervals.map(({ name }) => name));
  intervals.forEach(({ name, sum }) => sum.forEach((part) => lookUp(numbers, name, part)));
  // Set aside, again and again, the intervals all of whose parts are set aside; those in a circle stay.
  let left = intervals;
  for (let before = Infinity; left.length < before; ) {
    before = left.length;
    const names = new Set(left.map(({ name }) => name));
    left = left.filter(({ sum }) => sum.some((part) => names.has(part)));
  }
  const [circular] = left;
  if (circular) {
    throw new TableError(
      `intervallet «${circular.name}» er summen av ledd som inneholder det selv`,
      `the interval «${circular.name}» is the sum of parts that contain itself`,
    );
  }
}
