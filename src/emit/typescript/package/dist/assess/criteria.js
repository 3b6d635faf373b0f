/** Criteria: which items are met, and which of them decide. */
import { MAX_DEPTH } from "../condition.js";
import { tooDeep } from "../error.js";
import { all, any, checkNeed, enough, holds } from "../logic.js";
import { settle } from "./settle.js";
/** Criteria made ready. */
export class PreparedCriteria {
    #name;
    #when;
    #what;
    constructor(criteria, conditions) {
        this.#name = criteria.name;
        this.#when = conditions.optional(criteria.name, criteria.when);
        this.#what = prepare(criteria.name, conditions, criteria, "", MAX_DEPTH);
    }
    /** What comes of them for a patient. */
    answer(view) {
        const result = this.#result(view);
        const answer = {
            criteria: this.#name,
            applies: this.#applies(view),
            result,
            met: [],
            not_met: [],
            unknown: [],
            decided_by: [],
            settled_by: [],
        };
        sort(this.#what, view, answer);
        if (result === "met" || result === "not_met") {
            answer.decided_by = deciding(this.#what, result === "met", view);
        }
        else if (result === "unknown") {
            const isSettled = (view) => ["met", "not_met"].includes(this.#result(view));
            answer.settled_by = settle(view, (asked) => this.#ask(asked), isSettled);
        }
        return answer;
    }
    #applies(view) {
        return this.#when ? holds(this.#when, view) : true;
    }
    #result(view) {
        const applies = this.#applies(view);
        if (applies !== true) {
            return applies === null ? "unknown" : "not_applicable";
        }
        const truth = isMet(this.#what, view);
        return truth === null ? "unknown" : truth ? "met" : "not_met";
    }
    #ask(asked) {
        if (this.#when) {
            asked.test(this.#when);
        }
        ask(this.#what, asked);
    }
}
function isMet(what, view) {
    return enough(what.need, counted(what, view));
}
/** How each item counts: one that is not enough alone needs one beside it that is met without the mark. */
function counted({ items }, view) {
    const truths = items.map((item) => itemHolds(item, view));
    const besides = truths.filter((_, at) => !items[at]?.notAlone);
    const beside = any(besides, (truth) => truth);
    return truths.map((truth, at) => (items[at]?.notAlone ? all([truth, beside], (one) => one) : truth));
}
function itemHolds({ test, nested, doesNotExclude }, view) {
    const truth = test ? holds(test, view) : nested ? isMet(nested, view) : null;
    return truth === false && doesNotExclude ? null : truth;
}
/** Puts each item where it belongs in the answer. */
function sort({ items }, view, answer) {
    for (const item of items) {
        const truth = itemHolds(item, view);
        (truth === null ? answer.unknown : truth ? answer.met : answer.not_met).push(item.path);
        if (item.nested) {
            sort(item.nested, view, answer);
        }
    }
}
/** The items because of which this is so, or those within them. */
function deciding(what, truth, view) {
    const decisive = truth !== (what.need === "none");
    const counts = counted(what, view);
    return what.items.flatMap(({ path, nested }, at) => {
        if (counts[at] !== decisive) {
            return [];
        }
        return nested && isMet(nested, view) === decisive ? deciding(nested, decisive, view) : [path];
    });
}
function ask({ items }, asked) {
    for (const { test, nested } of items) {
        if (test) {
            asked.test(test);
        }
        else if (nested) {
            ask(nested, asked);
        }
    }
}
function prepare(name, conditions, { need, items }, around, depth) {
    if (depth === 0) {
        throw tooDeep(name);
    }
    checkNeed(name, need);
    const prepared = items.map((item) => {
        const path = `${around}${item.name}`;
        const test = conditions.optional(name, item.condition);
        const nested = !test && item.nested ? prepare(name, conditions, item.nested, `${path}/`, depth - 1) : null;
        return {
            path,
            test: test ?? (nested ? null : conditions.yes(item.name)),
            nested,
            notAlone: item.not_alone,
            doesNotExclude: item.does_not_exclude,
        };
    });
    return { need, items: prepared };
}
