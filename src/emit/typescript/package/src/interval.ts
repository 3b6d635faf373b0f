/** Points, days, row and status of one interval. */

import type { IntervalAnswer, State, Status } from "./answer.js";
import { type Day, dayText, due } from "./calendar.js";
import type { Coded } from "./events.js";
import type { Knowledge } from "./facts.js";
import type { Measure } from "./prepare.js";
import type { CodeSet } from "./rules.js";
import type { Form, Limit, Unit } from "./rule-tables.js";
import { heldOn } from "./variants.js";

/** What all intervals of a course are judged against. */
export interface Setting {
  knowledge: Knowledge;
  events: readonly Coded[];
  state: State;
  /** The day that picks the rows: the course's start, or its first event's date. */
  starts: Day;
  asOf: Day;
}

/** The answers for the pathway's measure of this number: one, or one for each start if it repeats and has begun. */
export function judge(setting: Setting, number: number, measure: Measure): IntervalAnswer[] {
  const { events } = setting;
  const from = first(events, measure.from);
  if (!measure.interval.repeats || !from) {
    return [answer(setting, number, measure, 1, from, first(events, measure.to))];
  }
  const starts = events.flatMap((coded, at) => (measure.from.has(coded.code) ? [at] : []));
  return starts.map((at, occurrence) => {
    return answer(setting, number, measure, occurrence + 1, events[at], first(events.slice(at + 1), measure.to));
  });
}

function first(events: readonly Coded[], codes: CodeSet): Coded | undefined {
  return events.find(({ code }) => codes.has(code));
}

function answer(
  { knowledge, state, starts, asOf }: Setting,
  number: number,
  { interval, treatment, picks }: Measure,
  occurrence: number,
  start: Coded | undefined,
  end: Coded | undefined,
): IntervalAnswer {
  const held = heldOn(knowledge, end?.day ?? asOf);
  const limit = numbers(knowledge.pathway.limits.row(number, held.variant, starts));
  const applies = end ? !picks || picks.has(end.code) : state !== "closed";
  const from = applies && start ? start.day : null;
  const to = applies && end ? end.day : null;
  const last = from !== null && limit ? due(from, limit.amount, limit.unit) : null;
  const status = applies ? statusOf(from, to, limit, last, state, asOf) : "not_applicable";
  const isUnderWay = status === "running" || status === "overdue";
  return {
    interval: interval.name,
    treatment: treatment?.name ?? null,
    occurrence,
    from: from === null ? null : dayText(from),
    to: to === null ? null : dayText(to),
    days: from !== null && to !== null ? to - from : null,
    variant: held.name,
    variant_basis: held.basis,
    limit: limit?.amount ?? null,
    unit: limit?.unit ?? null,
    status,
    due: last === null ? null : dayText(last),
    days_left: last !== null && isUnderWay ? last - asOf : null,
  };
}

/** A row with a number. */
interface Numbers {
  form: Form;
  minimum: number;
  amount: number;
  unit: Unit;
}

function numbers(row: Limit | null): Numbers | null {
  if (row?.amount == null || row.unit == null) {
    return null;
  }
  const { form, amount, unit } = row;
  return { form, minimum: form === "at_least" ? amount : (row.minimum ?? 0), amount, unit };
}

function statusOf(
  from: Day | null,
  to: Day | null,
  limit: Numbers | null,
  last: Day | null,
  state: State,
  asOf: Day,
): Status {
  if (from !== null && to !== null) {
    return endedStatus(from, to, limit, last);
  }
  if (to !== null || state === "completed") {
    return "undetermined";
  }
  if (from === null) {
    return "not_started";
  }
  if (!limit) {
    return "no_limit";
  }
  return last === null || asOf <= last ? "running" : "overdue";
}

/** The status when both points exist. */
function endedStatus(from: Day, to: Day, limit: Numbers | null, last: Day | null): Status {
  if (to < from) {
    return "invalid_order";
  }
  if (!limit) {
    return "no_limit";
  }
  const earliest = due(from, limit.minimum, limit.unit);
  if (earliest !== null && to < earliest) {
    return "too_early";
  }
  return limit.form !== "at_least" && last !== null && last < to ? "exceeded" : "within";
}
