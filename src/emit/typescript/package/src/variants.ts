/** Which variant holds on a day. */

import { MAIN_COURSE, type Basis } from "./answer.js";
import type { Day } from "./calendar.js";
import type { Conditions } from "./condition.js";
import { TableError } from "./error.js";
import type { Knowledge } from "./facts.js";
import { type Test, holds, leaves } from "./logic.js";
import type { Variant } from "./rule-tables.js";
import { View } from "./view.js";

/** The variant that holds by its number; null is the main course. */
export interface Held {
  variant: number | null;
  name: string;
  basis: Basis;
}

/** The first variant that is true. An unknown one stops the search, and then the main course is assumed. */
export function heldOn(knowledge: Knowledge, day: Day): Held {
  const view = new View(knowledge, day);
  for (const [variant, { name, when }] of knowledge.pathway.variants.entries()) {
    const truth = holds(when, view);
    if (truth === true) {
      return { variant, name, basis: "known" };
    }
    if (truth === null) {
      return { variant: null, name: MAIN_COURSE, basis: "assumed" };
    }
  }
  return { variant: null, name: MAIN_COURSE, basis: "known" };
}

/** The variant's condition made ready. */
export function prepareVariant({ name, when }: Variant, conditions: Conditions): { name: string; when: Test } {
  if (name === MAIN_COURSE) {
    const { id } = conditions.pathway;
    throw new TableError(
      `en variant i «${id}» heter «${MAIN_COURSE}», som er hovedforløpets navn`,
      `a variant of «${id}» is called «${MAIN_COURSE}», which is the main course's name`,
    );
  }
  const test = conditions.test(name, when);
  leaves(test, (leaf) => {
    if (leaf.op === "in_course") {
      throw new TableError(
        `varianten «${name}» ser på andre forløp, og det kan bare kriterier, veivalg og lister`,
        `the variant «${name}» looks at other courses, which only criteria, decision tables and lists can`,
      );
    }
  });
  return { name, when: test };
}
