/** Three-valued conditions: true, false or, as null, unknown (Kleene). */
import { strange } from "./error.js";
/** Whether the condition holds. */
export function holds(test, world) {
    switch (test.op) {
        case "all":
            return all(test.of, (part) => holds(part, world));
        case "any":
            return any(test.of, (part) => holds(part, world));
        case "not":
            return not(holds(test.of, world));
        case "is": {
            const value = world.value(test.fact);
            return value === null ? null : value === test.value;
        }
        case "compare": {
            const value = world.value(test.fact);
            return value === null ? null : compares(value, test.comparison, test.value);
        }
        case "known":
            return world.value(test.fact) !== null;
        case "repeated":
            return world.repeated(test);
        case "recent":
            return world.recent(test);
        case "in_course":
            return world.inCourse(test.pathway);
    }
}
function compares(value, comparison, threshold) {
    switch (comparison) {
        case "above":
            return value > threshold;
        case "below":
            return value < threshold;
        case "at_least":
            return value >= threshold;
        case "at_most":
            return value <= threshold;
    }
}
/** Whether the condition holds for this value of the one fact that it is about. */
export function holdsFor(test, value) {
    return holds(test, { value: () => value, repeated: () => null, recent: () => null, inCourse: () => false }) === true;
}
/** Calls `see` with each part that has no parts, in the order written, and with those inside `repeated` and `recent`. */
export function leaves(test, see) {
    switch (test.op) {
        case "all":
        case "any":
            test.of.forEach((part) => leaves(part, see));
            break;
        case "not":
            leaves(test.of, see);
            break;
        case "repeated":
        case "recent":
            see(test);
            leaves(test.of, see);
            break;
        default:
            see(test);
    }
}
/** Not so. */
export function not(truth) {
    return truth === null ? null : !truth;
}
/** False if one is, else unknown if one is, else true. */
export function all(parts, truth) {
    let result = true;
    for (const part of parts) {
        const one = truth(part);
        if (one === false) {
            return false;
        }
        result = one === null ? null : result;
    }
    return result;
}
/** True if one is, else unknown if one is, else false. */
export function any(parts, truth) {
    return not(all(parts, (part) => not(truth(part))));
}
/** Whether enough of so many are true. */
export function enough(need, truths) {
    if (need === "all") {
        return all(truths, (truth) => truth);
    }
    if (need === "none") {
        return all(truths, not);
    }
    const met = truths.filter((truth) => truth === true).length;
    const possible = truths.filter((truth) => truth !== false).length;
    return need.at_least <= met ? true : possible < need.at_least ? false : null;
}
/** Refuses a need that tables of this format version do not have. */
export function checkNeed(place, need) {
    const isKnown = need === "all" || need === "none" || (Number.isInteger(need?.at_least) && need.at_least >= 0);
    if (!isKnown) {
        throw strange(place, JSON.stringify(need));
    }
}
