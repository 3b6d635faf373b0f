/** What is known of a patient, and since when. */
import { parseDay } from "./calendar.js";
import { inputDay } from "./events.js";
import { groupBy } from "./group.js";
import { inputs } from "./formula.js";
import { convert } from "./quantity.js";
/** Unicode's white space. */
const SPACE = "[\\t-\\r \\u0085\\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]";
const SPACE_BEFORE = new RegExp(`^${SPACE}+`);
const SPACE_AFTER = new RegExp(`${SPACE}+$`);
/** The usable facts of one patient. */
export class Knowledge {
    pathway;
    /** By fact, in the order of date (none first) and input. */
    #known;
    /** Facts dated after as-of, and those that the pathway cannot use, are left out. */
    constructor(pathway, given, asOf) {
        this.pathway = pathway;
        const known = [];
        for (const { date, fact: name, value: text } of given) {
            const day = date == null ? null : inputDay(date);
            const fact = pathway.facts.get(name);
            const declared = fact === undefined ? undefined : pathway.pathway.facts[fact];
            const value = declared ? usable(declared, text) : null;
            if (fact !== undefined && value !== null && (day === null || day <= asOf)) {
                known.push({ fact, date: day, value, text });
            }
        }
        this.#known = groupBy(known, ({ fact }) => fact);
        for (const values of this.#known.values()) {
            values.sort((a, b) => (a.date ?? -Infinity) - (b.date ?? -Infinity) || 0);
        }
    }
    /** What is known of a fact on a day: the latest value, and of two with the same date the later in the input. */
    on(fact, day) {
        return this.#known.get(fact)?.findLast((known) => isKnownOn(known, day)) ?? null;
    }
    /** All values of a fact that are known on a day, in order. */
    values(fact, day) {
        return this.#known.get(fact)?.filter((known) => isKnownOn(known, day)) ?? [];
    }
    /** How the fact is computed; null if it is given. */
    formula(fact) {
        return this.pathway.formulas[fact] ?? null;
    }
    /** Calls `see` with what is given to compute a fact; with the fact itself if it is given. */
    inputs(fact, see) {
        const formula = this.formula(fact);
        if (!formula) {
            see({ of: "value", fact });
            return;
        }
        inputs(formula, (input) => (input.of === "value" ? this.inputs(input.fact, see) : see(input)));
    }
    /** The latest number less the one before it, per year of 365 days; of two on one day the last in the input counts. */
    rise(fact, day) {
        const values = this.values(fact, day);
        const latest = values.at(-1);
        if (!latest || latest.date === null) {
            return null;
        }
        const { date } = latest;
        const before = values.findLast((known) => known.date === null || known.date < date);
        if (!before || before.date === null) {
            return null;
        }
        return ((latest.value - before.value) / (date - before.date)) * 365;
    }
    /** Pairs of values of one fact with the same date that differ, the one that holds last. */
    conflicts() {
        const pairs = [];
        const facts = [...this.#known].sort(([a], [b]) => a - b);
        for (const [, values] of facts) {
            let first = 0;
            for (const [at, last] of values.entries()) {
                if (values[at + 1]?.date === last.date) {
                    continue;
                }
                const other = values.slice(first, at).findLast(({ value }) => value !== last.value);
                first = at + 1;
                if (other) {
                    pairs.push([other, last]);
                }
            }
        }
        return pairs;
    }
}
function isKnownOn(known, day) {
    return known.date === null || known.date <= day;
}
/** The value of a fact that is given; null if it cannot have it. */
export function usable(fact, text) {
    return fact.formula == null ? parse(fact, text) : null;
}
/**
 * A value as the facts file writes it: a choice by its name, `ja` or `nei`, a number with `,` or `.` and perhaps the
 * fact's unit or another of the same quantity, whole years from 0 to 150 and perhaps `år`, a date as `YYYY-MM-DD`.
 */
function parse(type, text) {
    switch (type.type) {
        case "choice":
        case "scale": {
            const at = type.values.findIndex(({ name }) => name === text);
            return at < 0 ? null : at;
        }
        case "yes_no":
            return text === "ja" ? 1 : text === "nei" ? 0 : null;
        case "number":
            return decimal(withoutUnit(text, type.unit)) ?? converted(text, type.unit);
        case "years": {
            const years = withoutUnit(text, "år");
            return /^[0-9]+$/.test(years) && Number(years) <= 150 ? Number(years) : null;
        }
        case "date":
            return parseDay(text);
    }
}
function withoutUnit(text, unit) {
    const hasUnit = unit !== "" && text.endsWith(unit);
    return hasUnit ? text.slice(0, text.length - unit.length).replace(SPACE_AFTER, "") : text;
}
/** A number in another unit than the fact's. */
function converted(text, unit) {
    const [number = ""] = /^[0-9,.-]*/.exec(text) ?? [];
    const value = decimal(number);
    const converted = value === null ? null : convert(value, text.slice(number.length).replace(SPACE_BEFORE, ""), unit);
    return converted !== null && Number.isFinite(converted) ? converted : null;
}
/** Digits, perhaps with a sign before them and `,` or `.` among them. */
function decimal(text) {
    const number = /^-?[0-9]+([,.][0-9]+)?$/.test(text) ? Number(text.replace(",", ".")) : NaN;
    return Number.isFinite(number) ? number : null;
}
