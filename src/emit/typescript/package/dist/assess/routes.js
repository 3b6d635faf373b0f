/** Decision tables: the first row that holds. */
import { checkWord, strange } from "../error.js";
import { holds } from "../logic.js";
import { STRENGTHS } from "../rule-tables.js";
import { settle } from "./settle.js";
/** A decision table made ready. */
export class PreparedRoutes {
    #routes;
    #when;
    /** By row; null always holds. */
    #rows;
    constructor(routes, conditions) {
        routes.rows.forEach(({ outcome }) => checkOutcome(routes.name, outcome));
        this.#routes = routes;
        this.#when = conditions.optional(routes.name, routes.when);
        this.#rows = routes.rows.map((row) => conditions.optional(routes.name, row.when));
    }
    /** Where it leads a patient. */
    answer(view) {
        const [result, row] = this.#result(view);
        const isUnknown = result === "unknown";
        const isSettled = (view) => ["decided", "none"].includes(this.#result(view)[0]);
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
    #result(view) {
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
    #possible(view) {
        const possible = [];
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
    #ask(asked) {
        for (const test of [this.#when, ...this.#rows]) {
            if (test) {
                asked.test(test);
            }
        }
    }
}
function isTrue(when, view) {
    return when ? holds(when, view) : true;
}
function checkOutcome(place, outcome) {
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
            throw strange(place, outcome.outcome);
    }
}
