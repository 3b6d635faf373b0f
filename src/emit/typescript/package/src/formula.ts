/** Facts that are computed from others. */

import { TableError, checkWord, strange, unknown } from "./error.js";
import { OPERATORS, type Fact, type Formula as FormulaRow, type Operator, type Pathway } from "./rule-tables.js";

/** How many numbers and operators a computed fact may rest on, those of the facts that it is computed from included. */
const MAX_SIZE = 1000;

/** A formula with its facts as numbers. */
export type Formula =
  | { op: "number"; value: number }
  | { op: "read"; input: Input; factor: number }
  | { op: "compute"; with: Operator; left: Formula; right: Formula };

/** A number that a formula reads: the value of a fact, which may itself be computed, or how fast it rises per year. */
export interface Input {
  of: "value" | "rise";
  fact: number;
}

/** Whether two inputs are the same. */
export function isSame(a: Input, b: Input): boolean {
  return a.of === b.of && a.fact === b.fact;
}

/** The result, if all that it rests on is known and it is a number. */
export function compute(formula: Formula, read: (input: Input) => number | null): number | null {
  const value = computeAny(formula, read);
  return value !== null && Number.isFinite(value) ? value : null;
}

function computeAny(formula: Formula, read: (input: Input) => number | null): number | null {
  if (formula.op === "number") {
    return formula.value;
  }
  if (formula.op === "read") {
    const value = read(formula.input);
    return value === null ? null : value * formula.factor;
  }
  const left = compute(formula.left, read);
  const right = left === null ? null : compute(formula.right, read);
  if (left === null || right === null) {
    return null;
  }
  switch (formula.with) {
    case "add":
      return left + right;
    case "subtract":
      return left - right;
    case "multiply":
      return left * right;
    case "divide":
      return left / right;
  }
}

/** Calls `see` with each number that is read, in the order written, perhaps more than once. */
export function inputs(formula: Formula, see: (input: Input) => void): void {
  if (formula.op === "read") {
    see(formula.input);
  } else if (formula.op === "compute") {
    inputs(formula.left, see);
    inputs(formula.right, see);
  }
}

/** The formulas by fact; null where the fact is given. */
export function prepareFormulas(pathway: Pathway, facts: ReadonlyMap<string, number>): (Formula | null)[] {
  const formulas = pathway.facts.map((fact) => {
    return fact.formula == null ? null : prepare(pathway, facts, fact, fact.formula, MAX_SIZE);
  });
  checkSizes(pathway, formulas);
  return formulas;
}

function prepare(
  pathway: Pathway,
  facts: ReadonlyMap<string, number>,
  of: Fact,
  row: FormulaRow,
  depth: number,
): Formula {
  if (depth === 0) {
    throw tooMuch(of);
  }
  switch (row.op) {
    case "number":
      return { op: "number", value: row.value };
    case "fact":
      return { op: "read", input: { of: "value", fact: number(pathway, facts, of, row.fact) }, factor: row.factor };
    case "rise":
      return { op: "read", input: { of: "rise", fact: number(pathway, facts, of, row.fact) }, factor: row.factor };
    case "compute": {
      checkWord(of.name, row.with, OPERATORS);
      const part = (part: FormulaRow) => prepare(pathway, facts, of, part, depth - 1);
      return { op: "compute", with: row.with, left: part(row.left), right: part(row.right) };
    }
    default:
      throw strange(of.name, (row satisfies never as FormulaRow).op);
  }
}

/** The number of a fact whose values are numbers. */
function number(pathway: Pathway, facts: ReadonlyMap<string, number>, of: Fact, name: string): number {
  const fact = facts.get(name);
  if (fact === undefined) {
    throw unknown(of.name, name);
  }
  const type = pathway.facts[fact]?.type;
  if (type !== "number" && type !== "years") {
    throw new TableError(
      `«${of.name}» regnes ut av «${name}», som ikke er et tall`,
      `«${of.name}» is computed from «${name}», which is not a number`,
    );
  }
  return fact;
}

/** No fact is computed from itself, and none takes long. */
function checkSizes(pathway: Pathway, formulas: readonly (Formula | null)[]): void {
  const sizes = formulas.map(() => 0);
  // Each pass sees through one more formula; in a circle the sizes grow for ever.
  for (let settled = false; !settled; ) {
    settled = true;
    for (const [number, fact] of pathway.facts.entries()) {
      const formula = formulas[number];
      if (!formula) {
        continue;
      }
      let total = size(formula);
      inputs(formula, (input) => (total += sizes[input.fact] ?? 0));
      if (total > MAX_SIZE) {
        throw tooMuch(fact);
      }
      settled &&= sizes[number] === total;
      sizes[number] = total;
    }
  }
}

function size(formula: Formula): number {
  return formula.op === "compute" ? 1 + size(formula.left) + size(formula.right) : 1;
}

function tooMuch(fact: Fact): TableError {
  return new TableError(
    `«${fact.name}» regnes ut av seg selv eller av altfor mange tall`,
    `«${fact.name}» is computed from itself or from far too many numbers`,
  );
}
