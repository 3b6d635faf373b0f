/** A patient on a day, as conditions see it. */

import { type Day, due } from "./calendar.js";
import type { Knowledge } from "./facts.js";
import { type Input, compute } from "./formula.js";
import { type Amount, type Datum, type Recent, type Repeated, type Truth, type World, holdsFor } from "./logic.js";

/** What might become known of a fact. It counts only where nothing is known that would decide. */
export interface Imagined {
  value: Datum;
  /** The date of the latest value. */
  date: Day;
  /** A value that it had before, as often and as far apart as one likes. */
  often: Datum | null;
  /** How fast it rises, per year of 365 days. */
  rise: number | null;
}

const NOTHING: ReadonlyMap<number, Imagined> = new Map();

/** What is known on a day, and what is imagined where nothing is. */
export class View implements World {
  constructor(
    readonly knowledge: Knowledge,
    readonly day: Day,
    /** The pathways in which the patient has an open course. */
    readonly open: readonly string[] = [],
    readonly imagined: ReadonlyMap<number, Imagined> = NOTHING,
  ) {}

  /** The same patient and day, with this imagined. */
  imagining(imagined: ReadonlyMap<number, Imagined>): View {
    return new View(this.knowledge, this.day, this.open, imagined);
  }

  /** The date of a fact's latest value. */
  date(fact: number): Day | null {
    return this.knowledge.on(fact, this.day)?.date ?? this.imagined.get(fact)?.date ?? null;
  }

  /** A number that a formula reads. */
  read(input: Input): number | null {
    if (input.of === "value") {
      return this.value(input.fact);
    }
    return this.knowledge.rise(input.fact, this.day) ?? this.imagined.get(input.fact)?.rise ?? null;
  }

  /** Whether something of this date is at most so old on the day. */
  isWithin(date: Day, age: Amount): boolean {
    const last = due(date, age.amount, age.unit);
    return last === null || this.day <= last;
  }

  value(fact: number): Datum | null {
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
  repeated({ fact, of, count, spacing }: Repeated): Truth {
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
    let last: Day | null = null;
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

  recent({ fact, of, age }: Recent): Truth {
    const value = this.knowledge.on(fact, this.day)?.value ?? this.imagined.get(fact)?.value ?? null;
    if (value === null) {
      return null;
    }
    const date = this.date(fact);
    return !holdsFor(of, value) ? false : date === null ? null : this.isWithin(date, age);
  }

  inCourse(pathway: string | null): boolean {
    return pathway === null ? this.open.length > 0 : this.open.includes(pathway);
  }
}
