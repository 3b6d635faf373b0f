/**
 * The rule tables as `forlop compile` writes them. Everything that decides an answer has its type here, and so has what
 * people read beside it. Dates are `YYYY-MM-DD`.
 */
export * from "./rule-conditions.js";
export * from "./rule-content.js";
/** The value of `format` in every table document. */
export const FORMAT = "forlop-tables";
/** The newest format version that this evaluator reads. */
export const FORMAT_VERSION = 1;
/** The largest amount a limit can hold, in any unit. */
export const MAX_AMOUNT = 3660;
/** What an amount counts. */
export const UNITS = ["kalenderdager", "arbeidsdager", "virkedager", "uker", "måneder"];
/** How an amount binds. */
export const FORMS = ["at_most", "at_least", "between", "same_day", "unquantified"];
/** What a code does to its course. */
export const ROLES = ["åpner", "overfører", "fullfører", "avslutter"];
/** How serious a finding about a course is. */
export const SEVERITIES = ["feil", "advarsel"];
