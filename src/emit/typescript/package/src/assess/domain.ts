/** The values that a fact might have: all of them, or for numbers and dates those at and between the thresholds. */

import { addDays } from "../calendar.js";
import type { Datum } from "../logic.js";
import type { FactType } from "../rule-tables.js";

/** Every value that conditions with these thresholds tell apart. A number that a formula reads may also be 0 or 1. */
export function values(type: FactType, thresholds: readonly Datum[], isRead: boolean): Datum[] {
  switch (type.type) {
    case "choice":
    case "scale":
      return type.values.map((_, at) => at);
    case "yes_no":
      return [0, 1];
    case "number":
      return isRead ? [...numbers(thresholds), 0, 1] : numbers(thresholds);
    case "years": {
      const years = numbers(thresholds).flatMap((year) => [Math.floor(year), Math.ceil(year)]);
      return ascending([...years, 0, 1, 150]).filter((year) => 0 <= year && year <= 150);
    }
    case "date": {
      const near = thresholds.flatMap((date) => [-1, 0, 1].flatMap((days) => addDays(date, days) ?? []));
      return near.length > 0 ? ascending(near) : [0];
    }
  }
}

/** Below, at, between and above the thresholds. */
export function numbers(thresholds: readonly number[]): number[] {
  const at = ascending(thresholds);
  const [first, last] = [at[0], at.at(-1)];
  if (first === undefined || last === undefined) {
    return [1];
  }
  const between = at.slice(1).map((number, before) => (at[before] ?? number) / 2 + number / 2);
  return [first - step(first), last + step(last), ...between, ...at];
}

/** Each once. */
function ascending(numbers: readonly number[]): number[] {
  return [...new Set(numbers)].sort((a, b) => a - b);
}

/** So much that adding it makes another number. */
function step(number: number): number {
  return Math.max(Math.abs(number), 1);
}
