/** Conditions made ready: facts as numbers, and each value of its fact's type. */
import { parseDay } from "./calendar.js";
import { TableError, checkWhole, checkWord, strange, tooDeep, unknown } from "./error.js";
import { leaves } from "./logic.js";
import { COMPARISONS, UNITS } from "./rule-tables.js";
/** How deep brackets in a condition, or items in items, may go. */
export const MAX_DEPTH = 100;
/** Makes the conditions of one pathway ready. */
export class Conditions {
    pathway;
    facts;
    constructor(pathway, facts) {
        this.pathway = pathway;
        this.facts = facts;
    }
    /** A condition of what `place` names. */
    test(place, condition, depth = MAX_DEPTH) {
        if (depth === 0) {
            throw tooDeep(place);
        }
        const part = (of) => this.test(place, of, depth - 1);
        switch (condition.op) {
            case "all":
            case "any":
                return { op: condition.op, of: condition.of.map(part) };
            case "not":
                return { op: "not", of: part(condition.of) };
            case "is": {
                const [number, fact] = this.#fact(place, condition.fact);
                return { op: "is", fact: number, value: datum(place, fact, condition.value) };
            }
            case "compare": {
                const [number, fact] = this.#fact(place, condition.fact);
                checkWord(place, condition.comparison, COMPARISONS);
                if (fact.type === "choice" || fact.type === "yes_no") {
                    throw mismatch(place, fact);
                }
                const { comparison } = condition;
                return { op: "compare", fact: number, comparison, value: datum(place, fact, condition.value) };
            }
            case "known":
                return { op: "known", fact: this.#fact(place, condition.fact)[0] };
            case "repeated": {
                const { count, spacing, unit } = condition;
                const [fact, of] = ofOneFact(place, part(condition.of));
                checkWhole(place, count);
                const isSpaced = spacing != null && unit != null;
                return { op: "repeated", fact, of, count, spacing: isSpaced ? checkedAmount(place, spacing, unit) : null };
            }
            case "recent": {
                const [fact, of] = ofOneFact(place, part(condition.of));
                return { op: "recent", fact, of, age: checkedAmount(place, condition.amount, condition.unit) };
            }
            case "in_course":
                return { op: "in_course", pathway: condition.pathway ?? null };
            default:
                throw strange(place, condition.op);
        }
    }
    /** A condition that may be left out; null is that it always holds. */
    optional(place, condition) {
        return condition == null ? null : this.test(place, condition);
    }
    /** Whether the fact that is `ja` or `nei` is `ja`. Null if there is no such fact. */
    yes(name) {
        const fact = this.facts.get(name);
        const isYesNo = fact !== undefined && this.pathway.facts[fact]?.type === "yes_no";
        return isYesNo ? { op: "is", fact, value: 1 } : null;
    }
    #fact(place, name) {
        const number = this.facts.get(name);
        const fact = number === undefined ? undefined : this.pathway.facts[number];
        if (number === undefined || !fact) {
            throw unknown(place, name);
        }
        return [number, fact];
    }
}
/** An amount of a known unit. */
export function checkedAmount(place, amount, unit) {
    checkWhole(place, amount);
    checkWord(place, unit, UNITS);
    return { amount, unit };
}
/** A condition on the values of one fact, each by itself. */
function ofOneFact(place, of) {
    const facts = new Set();
    leaves(of, (leaf) => {
        const isPlain = leaf.op === "is" || leaf.op === "compare" || leaf.op === "known";
        facts.add(isPlain ? leaf.fact : null);
    });
    const [fact, ...others] = facts;
    if (fact == null || others.length > 0) {
        throw new TableError(`vilkåret for «${place}» ser på flere verdier av noe annet enn én opplysning`, `the condition of «${place}» looks at several values of something else than one fact`);
    }
    return [fact, of];
}
/** The value, if it is of the fact's type. */
function datum(place, fact, value) {
    const found = datumOrNull(fact, value);
    if (found === null) {
        throw mismatch(place, fact);
    }
    return found;
}
function datumOrNull(fact, value) {
    switch (fact.type) {
        case "choice":
        case "scale": {
            const at = fact.values.findIndex(({ name }) => name === value);
            return at < 0 ? null : at;
        }
        case "yes_no":
            return typeof value === "boolean" ? Number(value) : null;
        case "number":
        case "years":
            return typeof value === "number" && Number.isFinite(value) ? value : null;
        case "date":
            return typeof value === "string" ? parseDay(value) : null;
    }
}
function mismatch(place, fact) {
    return new TableError(`vilkåret for «${place}» sammenligner «${fact.name}» med en verdi som opplysningen ikke kan ha`, `the condition of «${place}» compares «${fact.name}» with a value that it cannot have`);
}
