/** Facts about a patient and the conditions over them, as rule tables hold them. */
/** How a fact's value is compared with a threshold. */
export const COMPARISONS = ["above", "below", "at_least", "at_most"];
/** An arithmetic operator. */
export const OPERATORS = ["add", "subtract", "multiply", "divide"];
/** The types of facts. */
export const FACT_TYPES = ["choice", "scale", "number", "yes_no", "date", "years"];
