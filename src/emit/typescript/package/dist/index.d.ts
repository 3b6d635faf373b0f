/** Judging patients' events by rule tables of pathways (pakkeforløp). */
export type { Assessment, AssessmentOf, Basis, CodeUse, Course, CourseFinding, CourseOf, CriteriaAnswer, Event, FactEvent, FactProblem, IntervalAnswer, InvestigationAnswer, InvestigationStatus, Options, RouteAnswer, State, Status, } from "./answer.js";
export { MAIN_COURSE } from "./answer.js";
export { TableError } from "./error.js";
export { Evaluator } from "./evaluator.js";
export type * from "./rule-tables.js";
export { FORMAT, FORMAT_VERSION } from "./rule-tables.js";
