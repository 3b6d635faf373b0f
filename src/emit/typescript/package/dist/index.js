/** Judging patients' events by rule tables of pathways (pakkeforløp). */
export { MAIN_COURSE } from "./answer.js";
export { TableError } from "./error.js";
export { Evaluator } from "./evaluator.js";
export { FORMAT, FORMAT_VERSION } from "./rule-tables.js";
