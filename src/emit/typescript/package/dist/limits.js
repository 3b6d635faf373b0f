/** Which limit holds, found beforehand for every interval, treatment and variant. */
import { TableError, checkWhole, checkWord, tableDay, unknown } from "./error.js";
import { groupBy } from "./group.js";
import { FORMS, MAX_AMOUNT, UNITS } from "./rule-tables.js";
/** The rows of a pathway by period, measure and variant. Within a period the same rows are valid every day. */
export class LimitIndex {
    /** The first day of each period but the first. */
    #changes;
    /** By period, then measure, then the main course and the variants. */
    #rows;
    constructor(pathway, measures) {
        const rows = pathway.limits.map((row) => checked(pathway, row));
        checkOverlaps(rows);
        const changes = rows.flatMap(({ from, to }) => [from, to + 1]).filter(Number.isFinite);
        this.#changes = [...new Set(changes)].sort((a, b) => a - b);
        const columns = [null, ...pathway.variants.map(({ name }) => name)];
        this.#rows = [-Infinity, ...this.#changes].map((day) => {
            const valid = new Valid(pathway, rows.filter(({ from, to }) => from <= day && day <= to));
            return measures.map(({ interval, treatment }) => {
                return columns.map((variant) => valid.row(interval, treatment?.name ?? null, variant));
            });
        });
    }
    /** The row of a measure and variant (null is the main course) for a course that starts on `day`. */
    row(measure, variant, day) {
        const period = this.#changes.findLastIndex((first) => first <= day) + 1;
        return this.#rows[period]?.[measure]?.[variant === null ? 0 : variant + 1] ?? null;
    }
}
/** The rows of a pathway that are valid on one day. */
class Valid {
    #rows = new Map();
    #intervals;
    constructor(pathway, rows) {
        this.#intervals = new Map(pathway.intervals.map((interval) => [interval.name, interval]));
        for (const row of rows) {
            this.#rows.set(key(row.interval, row.treatment, row.variant), row);
        }
    }
    /**
     * The variant's own row, else that of the main course. A sum is not inherited by a variant that changes one of its
     * parts.
     */
    row(interval, treatment, variant) {
        const own = this.#own(interval, treatment, variant);
        if (own || variant === null || this.#changesPart(interval, treatment, variant)) {
            return own;
        }
        return this.#own(interval, treatment, null);
    }
    /** Whether the variant has a row of its own that changes a part of this sum, or a part of a part. */
    #changesPart(interval, treatment, variant) {
        const sums = [[interval, treatment]];
        const seen = new Set([key(interval.name, treatment, null)]);
        for (const [sum, ofSum] of sums) {
            const parts = sum.sum.flatMap((name) => this.#intervals.get(name) ?? []);
            for (const part of parts) {
                for (const ofPart of treatmentsOf(part, ofSum)) {
                    const own = this.#own(part, ofPart, variant);
                    const main = this.#own(part, ofPart, null);
                    if (own && !(main && hasSameAmount(own, main))) {
                        return true;
                    }
                    const partKey = key(part.name, ofPart, null);
                    if (!own && !seen.has(partKey)) {
                        seen.add(partKey);
                        sums.push([part, ofPart]);
                    }
                }
            }
        }
        return false;
    }
    /** The row written for exactly this key. */
    #own(interval, treatment, variant) {
        return this.#rows.get(key(interval.name, treatment, variant)) ?? null;
    }
}
function key(interval, treatment, variant) {
    return JSON.stringify([interval, treatment ?? null, variant ?? null]);
}
function hasSameAmount(a, b) {
    const amount = ({ form, minimum, amount, unit }) => JSON.stringify([form, minimum, amount, unit]);
    return amount(a) === amount(b);
}
/**
 * The treatments whose rows of this interval a sum rests on: the sum's own if the interval is split by it, else all
 * that it is split by, or null if it is not split.
 */
function treatmentsOf(interval, treatment) {
    const names = interval.treatments.map(({ name }) => name);
    if (names.length === 0) {
        return [null];
    }
    return treatment !== null && names.includes(treatment) ? [treatment] : names;
}
function place({ origin }) {
    return `${origin.file}:${origin.line}`;
}
function checked(pathway, row) {
    const { interval: name, treatment, variant, valid_from, valid_to } = row;
    const interval = pathway.intervals.find((interval) => interval.name === name);
    if (!interval) {
        throw unknown(place(row), name);
    }
    if (variant != null && !pathway.variants.some((declared) => declared.name === variant)) {
        throw unknown(place(row), variant);
    }
    if (treatment != null && !interval.treatments.some((declared) => declared.name === treatment)) {
        throw unknown(place(row), treatment);
    }
    if (treatment == null && interval.treatments.length > 0) {
        throw new TableError(`raden for «${name}» (${place(row)}) sier ikke hvilken behandling den gjelder`, `the row for «${name}» (${place(row)}) does not say which treatment it is for`);
    }
    checkAmount(row);
    const from = valid_from == null ? -Infinity : tableDay(place(row), valid_from);
    return { ...row, from, to: valid_to == null ? Infinity : tableDay(place(row), valid_to) };
}
function checkAmount(row) {
    const { interval: name, form, minimum, amount, unit } = row;
    const numbers = [amount, minimum].filter((number) => number != null);
    checkWord(place(row), form, FORMS);
    numbers.forEach((number) => checkWhole(place(row), number));
    if (unit != null) {
        checkWord(place(row), unit, UNITS);
    }
    if (!fitsForm(row)) {
        throw new TableError(`raden for «${name}» (${place(row)}) har et tall eller en enhet som ikke passer til formen`, `the row for «${name}» (${place(row)}) has an amount or a unit that does not fit its form`);
    }
    if (numbers.some((number) => number > MAX_AMOUNT)) {
        throw new TableError(`raden for «${name}» (${place(row)}) har et tall over ${MAX_AMOUNT}`, `the row for «${name}» (${place(row)}) has an amount above ${MAX_AMOUNT}`);
    }
}
function fitsForm({ form, minimum, amount, unit }) {
    switch (form) {
        case "at_most":
        case "at_least":
            return amount != null && unit != null && minimum == null;
        case "same_day":
            return amount === 0 && unit != null && minimum == null;
        case "between":
            return minimum != null && amount != null && minimum <= amount && unit != null;
        case "unquantified":
            return amount == null && minimum == null && unit == null;
    }
}
/** No two rows of one key are valid on the same day. */
function checkOverlaps(rows) {
    for (const ofKey of groupBy(rows, (row) => key(row.interval, row.treatment, row.variant)).values()) {
        ofKey.sort((a, b) => (a.from < b.from ? -1 : Number(a.from > b.from)));
        const overlapping = ofKey.find((row, at) => row.from <= (ofKey[at - 1]?.to ?? -Infinity) && at > 0);
        if (overlapping) {
            const name = overlapping.interval;
            throw new TableError(`«${name}» har to rader for samme tid; den ene står i ${place(overlapping)}`, `«${name}» has two rows for the same time; one is at ${place(overlapping)}`);
        }
    }
}
