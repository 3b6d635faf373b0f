/** Decision tables: the first row that holds. */

import type { RouteAnswer } from "../answer.js";
import type { Conditions } from "../condition.js";
import { checkWord, strange } from "../error.js";
import { type Test, type Truth, holds } from "../logic.js";
import { STRENGTHS, type Outcome, type Routes } from "../rule-tables.js";
import type { View } from "../view.js";
import { type Asked, settle } from "./settle.js";

/** A decision table made ready. */
export class PreparedRoutes {
  readonly #routes: Routes;
  readonly #when: Test | null;
  /** By row; null always holds. */
  readonly #rows: (Test | null)[];

  constructor(routes: Routes, conditions: Conditions) {
    routes.rows.forEach(({ outcome }) => checkOutcome(routes.name, outcome));
    this.#routes = routes;
    this.#when = conditions.optional(routes.name, routes.when);
    this.#rows = routes.rows.map((row) => conditions.optional(routes.name, row.when));
  }

  /** Where it leads a patient. */
  answer(view: View): RouteAnswer {
    const [result, row] = this.#result(view);
    const isUnknown = result === "unknown";
    const isSettled = (view: View) => ["decided", "none"].includes(this.#result(view)[0]);
    return {
      route: this.#routes.name,
      result,
      row: row === null ? null : row + 1,
      outcome: row === null ? null : (this.#routes.rows[row]?.outcome ?? null),
      possible: isUnknown ? this.#possible(view) : [],
      settled_by: isUnknown ? settle(view, (asked) => this.#ask(asked), isSettled) : [],
    };
  }

  /** An unknown row stops the search. */
  #result(view: View): [RouteAnswer["result"], number | null] {
    const applies = isTrue(this.#when, view);
    if (applies !== true) {
      return [applies === null ? "unknown" : "not_applicable", null];
    }
    for (const [number, row] of this.#rows.entries()) {
      const truth = isTrue(row, view);
      if (truth !== false) {
        return truth === null ? ["unknown", null] : ["decided", number];
      }
    }
    return ["none", null];
  }

  /** The rows that are not false, from 1, to the first that is true. */
  #possible(view: View): number[] {
    const possible: number[] = [];
    for (const [number, row] of this.#rows.entries()) {
      const truth = isTrue(row, view);
      if (truth !== false) {
        possible.push(number + 1);
      }
      if (truth === true) {
        break;
      }
    }
    return possible;
  }

  #ask(asked: Asked): void {
    for (const test of [this.#when, ...this.#rows]) {
      if (test) {
        asked.test(test);
      }
    }
  }
}

function isTrue(when: Test | null, view: View): Truth {
  return when ? holds(when, view) : true;
}

function checkOutcome(place: string, outcome: Outcome): void {
  switch (outcome.outcome) {
    case "refer":
      checkWord(place, outcome.strength, STRENGTHS);
      checkWord(place, outcome.target.to, ["pathway", "named", "new_course"]);
      break;
    case "included":
    case "outside":
    case "at_once":
    case "onward":
      break;
    default:
      throw strange(place, (outcome satisfies never as Outcome).outcome);
  }
}
