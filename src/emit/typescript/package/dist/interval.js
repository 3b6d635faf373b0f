/** Points, days, row and status of one interval. */
import { dayText, due } from "./calendar.js";
import { heldOn } from "./variants.js";
/** The answers for the pathway's measure of this number: one, or one for each start if it repeats and has begun. */
export function judge(setting, number, measure) {
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
function first(events, codes) {
    return events.find(({ code }) => codes.has(code));
}
function answer({ knowledge, state, starts, asOf }, number, { interval, treatment, picks }, occurrence, start, end) {
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
function numbers(row) {
    if (row?.amount == null || row.unit == null) {
        return null;
    }
    const { form, amount, unit } = row;
    return { form, minimum: form === "at_least" ? amount : (row.minimum ?? 0), amount, unit };
}
function statusOf(from, to, limit, last, state, asOf) {
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
function endedStatus(from, to, limit, last) {
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
