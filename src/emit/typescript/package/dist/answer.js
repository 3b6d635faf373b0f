/** What goes in and what comes out: the keys are those of `forlop eval --format json`. */
/** The name of the main course where a variant's name can stand. */
export const MAIN_COURSE = "hovedforløp";
