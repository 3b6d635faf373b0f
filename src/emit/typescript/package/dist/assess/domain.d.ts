/** The values that a fact might have: all of them, or for numbers and dates those at and between the thresholds. */
import type { Datum } from "../logic.js";
import type { FactType } from "../rule-tables.js";
/** Every value that conditions with these thresholds tell apart. A number that a formula reads may also be 0 or 1. */
export declare function values(type: FactType, thresholds: readonly Datum[], isRead: boolean): Datum[];
/** Below, at, between and above the thresholds. */
export declare function numbers(thresholds: readonly number[]): number[];
