/**
 * Days and due dates. A day is a number, 0 is 1970-01-01, so that no time zone and no clock play any part. Public
 * holidays are those of today's Norwegian law, for every year.
 */

import type { Unit } from "./rule-tables.js";

/** Days since 1970-01-01. */
export type Day = number;

/** Movable holidays in days from Easter Sunday: Maundy Thursday to Whit Monday. */
const FROM_EASTER = [-3, -2, 0, 1, 39, 49, 50];
/** Fixed holidays as month and day. */
const FIXED = [[1, 1], [5, 1], [5, 17], [12, 25], [12, 26]] as const;
/** The first and the last day that is computed with. */
const FIRST_DAY = dayOf(-262143, 1, 1);
const LAST_DAY = dayOf(262142, 12, 31);

/** The day of a date; months beyond December count into the next year. */
export function dayOf(year: number, month: number, dayOfMonth: number): Day {
  // Years from March, so that the leap day comes last.
  const months = year * 12 + month - 3;
  const marchYear = Math.floor(months / 12);
  const dayOfYear = Math.floor((153 * (months - marchYear * 12) + 2) / 5) + dayOfMonth - 1;
  const leapDays = Math.floor(marchYear / 4) - Math.floor(marchYear / 100) + Math.floor(marchYear / 400);
  return marchYear * 365 + leapDays + dayOfYear - 719468;
}

/** Year, month and day of the month. */
function dateOf(day: Day): [number, number, number] {
  const shifted = day + 719468;
  const era = Math.floor(shifted / 146097);
  const dayOfEra = shifted - era * 146097;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36524) - Math.floor(dayOfEra / 146096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const fromMarch = Math.floor((5 * dayOfYear + 2) / 153);
  const month = fromMarch < 10 ? fromMarch + 3 : fromMarch - 9;
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  return [year, month, dayOfYear - Math.floor((153 * fromMarch + 2) / 5) + 1];
}

/** The day of a text `YYYY-MM-DD`; null if it is no date. */
export function parseDay(text: string): Day | null {
  if (!/^[0-9]{4}-[0-9]{2}-[0-9]{2}$/.test(text)) {
    return null;
  }
  const [year, month, dayOfMonth] = [Number(text.slice(0, 4)), Number(text.slice(5, 7)), Number(text.slice(8))];
  const isDate = 1 <= month && month <= 12 && 1 <= dayOfMonth && dayOfMonth <= daysIn(year, month);
  return isDate ? dayOf(year, month, dayOfMonth) : null;
}

/** The day as `YYYY-MM-DD`. */
export function dayText(day: Day): string {
  const [year, month, dayOfMonth] = dateOf(day);
  const digits = String(Math.abs(year)).padStart(4, "0");
  const sign = year < 0 ? "-" : year > 9999 ? "+" : "";
  return `${sign}${digits}-${String(month).padStart(2, "0")}-${String(dayOfMonth).padStart(2, "0")}`;
}

function daysIn(year: number, month: number): number {
  return dayOf(year, month + 1, 1) - dayOf(year, month, 1);
}

/** So many days later, or earlier; null if the calendar does not reach so far. */
export function addDays(day: Day, days: number): Day | null {
  const sum = day + days;
  return FIRST_DAY <= sum && sum <= LAST_DAY ? sum : null;
}

/**
 * The last day on which an amount of a unit that starts on `start` is kept. The start day is day 0 in every unit, and
 * months end on the last day of a month that is too short. Null if the calendar does not reach so far.
 */
export function due(start: Day, amount: number, unit: Unit): Day | null {
  switch (unit) {
    case "kalenderdager":
      return addDays(start, amount);
    case "uker":
      return addDays(start, amount * 7);
    case "måneder":
      return addMonths(start, amount);
    case "arbeidsdager":
      return addWorkingDays(start, amount, 5);
    case "virkedager":
      return addWorkingDays(start, amount, 6);
  }
}

function addMonths(start: Day, amount: number): Day | null {
  const [year, month, dayOfMonth] = dateOf(start);
  const clamped = Math.min(dayOfMonth, daysIn(year, month + amount));
  return addDays(dayOf(year, month + amount, clamped), 0);
}

/** Jumps by weekdays alone, then once more by as many as the holidays that the jump passed, until none was passed. */
function addWorkingDays(start: Day, amount: number, week: number): Day | null {
  let day = start;
  for (let left = amount; left > 0; ) {
    const next = addWeekdays(day, left, week);
    if (next === null) {
      return null;
    }
    left = holidaysBetween(day, next, week);
    day = next;
  }
  return day;
}

/** From 0, which is Monday. */
function weekday(day: Day): number {
  // 1970-01-01 was a Thursday.
  return (((day + 3) % 7) + 7) % 7;
}

/** The `amount`th day after `day` among the first `week` days of each week. */
function addWeekdays(day: Day, amount: number, week: number): Day | null {
  const index = Math.min(weekday(day), week - 1) + amount;
  const fromMonday = Math.floor(index / week) * 7 + (index % week);
  return addDays(day, fromMonday - weekday(day));
}

/** How many public holidays after `day`, up to and with `end`, fall on the first `week` days of a week. */
function holidaysBetween(day: Day, end: Day, week: number): number {
  let count = 0;
  for (let year = dateOf(day)[0]; year <= dateOf(end)[0]; year++) {
    for (const holiday of holidays(year)) {
      if (day < holiday && holiday <= end && weekday(holiday) < week) {
        count++;
      }
    }
  }
  return count;
}

/** The public holidays of a year, each once: Ascension can fall on 1 or 17 May, and Whitsun on 17 May. */
function holidays(year: number): Set<Day> {
  const sunday = easter(year);
  return new Set([
    ...FIXED.map(([month, dayOfMonth]) => dayOf(year, month, dayOfMonth)),
    ...FROM_EASTER.map((days) => sunday + days),
  ]);
}

/** Easter Sunday by the Gregorian calendar (the algorithm of Meeus, Jones and Butcher). */
function easter(year: number): Day {
  const modulo = (number: number, by: number) => number - Math.floor(number / by) * by;
  const yearOfCycle = modulo(year, 19);
  const century = Math.floor(year / 100);
  const rest = modulo(year, 100);
  const correction = Math.floor((century - Math.floor((century + 8) / 25) + 1) / 3);
  const moon = modulo(19 * yearOfCycle + century - Math.floor(century / 4) - correction + 15, 30);
  const toSunday = modulo(32 + 2 * modulo(century, 4) + 2 * Math.floor(rest / 4) - moon - (rest % 4), 7);
  const late = Math.floor((yearOfCycle + 11 * moon + 22 * toSunday) / 451);
  const day = moon + toSunday - 7 * late + 114;
  return dayOf(year, Math.floor(day / 31), (day % 31) + 1);
}
