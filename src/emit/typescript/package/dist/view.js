/** A patient on a day, as conditions see it. */
import { due } from "./calendar.js";
import { compute } from "./formula.js";
import { holdsFor } from "./logic.js";
const NOTHING = new Map();
/** What is known on a day, and what is imagined where nothing is. */
export class View {
    knowledge;
    day;
    open;
    imagined;
    constructor(knowledge, day, 
    /** The pathways in which the patient has an open course. */
    open = [], imagined = NOTHING) {
        this.knowledge = knowledge;
        this.day = day;
        this.open = open;
        this.imagined = imagined;
    }
    /** The same patient and day, with this imagined. */
    imagining(imagined) {
        return new View(this.knowledge, this.day, this.open, imagined);
    }
    /** The date of a fact's latest value. */
    date(fact) {
        return this.knowledge.on(fact, this.day)?.date ?? this.imagined.get(fact)?.date ?? null;
    }
    /** A number that a formula reads. */
    read(input) {
        if (input.of === "value") {
            return this.value(input.fact);
        }
        return this.knowledge.rise(input.fact, this.day) ?? this.imagined.get(input.fact)?.rise ?? null;
    }
    /** Whether something of this date is at most so old on the day. */
    isWithin(date, age) {
        const last = due(date, age.amount, age.unit);
        return last === null || this.day <= last;
    }
    value(fact) {
        const formula = this.knowledge.formula(fact);
        if (formula) {
            return compute(formula, (input) => this.read(input));
        }
        return this.knowledge.on(fact, this.day)?.value ?? this.imagined.get(fact)?.value ?? null;
    }
    /**
     * Counts from the first value on, each that is far enough from the one counted before it. Values without a date come
     * first and count as one.
     */
    repeated({ fact, of, count, spacing }) {
        const values = this.knowledge.values(fact, this.day);
        if (values.length === 0) {
            const imagined = this.imagined.get(fact);
            if (!imagined) {
                return null;
            }
            const often = imagined.often !== null && holdsFor(of, imagined.often);
            return often || count <= Number(holdsFor(of, imagined.value));
        }
        let counted = 0;
        let last = null;
        for (const { date, value } of values) {
            if (!holdsFor(of, value) || (counted > 0 && date === null)) {
                continue;
            }
            if (last !== null && date !== null && spacing) {
                const next = due(last, spacing.amount, spacing.unit);
                if (next === null || date < next) {
                    continue;
                }
            }
            counted++;
            last = date;
        }
        return count <= counted;
    }
    recent({ fact, of, age }) {
        const value = this.knowledge.on(fact, this.day)?.value ?? this.imagined.get(fact)?.value ?? null;
        if (value === null) {
            return null;
        }
        const date = this.date(fact);
        return !holdsFor(of, value) ? false : date === null ? null : this.isWithin(date, age);
    }
    inCourse(pathway) {
        return pathway === null ? this.open.length > 0 : this.open.includes(pathway);
    }
}
