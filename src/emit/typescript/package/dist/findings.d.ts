/** What is wrong or doubtful in the coding of a course. */
import type { CourseFinding, Options } from "./answer.js";
import { type Coded, type Doubt } from "./events.js";
import type { Knowledge } from "./facts.js";
import type { Rule } from "./rule-tables.js";
type Lang = NonNullable<Options["lang"]>;
/** One finding for each kind of doubt, about the first event that raises it. */
export declare function ofEvents(doubts: readonly [Doubt, Coded][], lang: Lang): CourseFinding[];
/** One finding for each fact that has two values with the same date. */
export declare function ofFacts(knowledge: Knowledge, lang: Lang): CourseFinding[];
/** The finding of a broken rule. */
export declare function ofRule({ name, severity, label }: Rule, broken: readonly Coded[]): CourseFinding;
export {};
