/** Criteria, decision tables and investigations judged for one patient on a day. */

import type { AssessmentOf } from "../answer.js";
import type { Day } from "../calendar.js";
import type { Conditions } from "../condition.js";
import { strange } from "../error.js";
import type { Knowledge } from "../facts.js";
import type { Content, List, Pathway } from "../rule-tables.js";
import { View } from "../view.js";
import { PreparedCriteria } from "./criteria.js";
import { Investigations } from "./investigations.js";
import { PreparedRoutes } from "./routes.js";

const CONTENTS: readonly Content["content"][] = [
  "text",
  "criteria",
  "list",
  "responsibility",
  "referral",
  "routes",
  "link",
  "open",
  "missing",
];

/** What can be assessed in a pathway, made ready. */
export class Assessable {
  readonly #criteria: PreparedCriteria[] = [];
  readonly #routes: PreparedRoutes[] = [];
  readonly #investigations = new Investigations();

  constructor(pathway: Pathway, conditions: Conditions) {
    for (const contents of [pathway.content, ...pathway.phases.map(({ content }) => content)]) {
      const lists: List[] = [];
      for (const content of contents) {
        if (!CONTENTS.includes(content.content)) {
          throw strange(pathway.id, content.content);
        }
        if (content.content === "criteria") {
          this.#criteria.push(new PreparedCriteria(content, conditions));
        } else if (content.content === "routes") {
          this.#routes.push(new PreparedRoutes(content, conditions));
        } else if (content.content === "list" && content.list === "investigations") {
          lists.push(content);
        }
      }
      this.#investigations.add(lists, conditions);
    }
  }

  /** Whether there is nothing to assess. */
  get isEmpty(): boolean {
    return this.#criteria.length === 0 && this.#routes.length === 0 && this.#investigations.isEmpty;
  }

  /** What is known decides on the day; `open` are the pathways in which the patient has an open course. */
  assess(
    knowledge: Knowledge,
    day: Day,
    open: readonly string[],
  ): Pick<AssessmentOf<string>, "criteria" | "routes" | "investigations"> {
    const view = new View(knowledge, day, open);
    return {
      criteria: this.#criteria.map((criteria) => criteria.answer(view)),
      routes: this.#routes.map((routes) => routes.answer(view)),
      investigations: this.#investigations.answers(view),
    };
  }
}
