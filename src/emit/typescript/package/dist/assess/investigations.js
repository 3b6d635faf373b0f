/** Investigations: which are done, and which lack. */
import { dayText } from "../calendar.js";
import { MAX_DEPTH, checkedAmount } from "../condition.js";
import { checkWord, tooDeep } from "../error.js";
import { all, any, checkNeed, enough, holds, not } from "../logic.js";
import { STRENGTHS } from "../rule-tables.js";
import { settle } from "./settle.js";
/** The investigations of a pathway, each before those that it consists of. */
export class Investigations {
    #items = [];
    /** Adds the lists of one phase. */
    add(lists, conditions) {
        const added = [];
        for (const list of lists) {
            const when = conditions.optional(list.name, list.when);
            new Adding(list, conditions, added).items(list.items, "", when ? [when] : [], MAX_DEPTH);
        }
        for (const item of added) {
            item.before = item.item.before.flatMap((name) => added.find((other) => other.item.name === name) ?? []);
        }
        this.#items.push(...added);
    }
    /** Whether there are none. */
    get isEmpty() {
        return this.#items.length === 0;
    }
    /** How it stands with each. One without a name and without parts can be neither done nor lacking. */
    answers(view) {
        const judged = this.#items.filter(({ item, parts }) => item.name != null || parts.length > 0);
        return judged.map((item) => answer(item, view));
    }
}
function answer(item, view) {
    const [status, date] = statusOf(item, view);
    const isSettled = (view) => statusOf(item, view)[0] !== "unknown";
    return {
        list: item.list,
        item: item.path,
        text: item.item.text,
        strength: item.item.strength ?? null,
        status,
        date: date === null ? null : dayText(date),
        settled_by: status === "unknown" ? settle(view, (asked) => ask(item, asked), isSettled) : [],
    };
}
function statusOf(item, view) {
    const applies = holds(item.when, view);
    if (applies === false) {
        return ["not_applicable", null];
    }
    const done = doneOf(item, view);
    if (applies === null || done.holds === null) {
        return ["unknown", null];
    }
    if (!done.holds) {
        return ["lacking", null];
    }
    if (item.item.strength === "skal ikke") {
        return ["breach", done.date];
    }
    if (comesLate(item, done.date, view)) {
        return ["wrong_order", done.date];
    }
    const fresh = isFresh(item, done.date, view);
    return fresh === null ? ["unknown", null] : [fresh ? "done" : "outdated", done.date];
}
/** Whether one that goes after it was done on an earlier day. */
function comesLate({ before }, date, view) {
    return before.some((item) => {
        const after = doneOf(item, view);
        return after.holds === true && after.date !== null && date !== null && after.date < date;
    });
}
/** Whether what was done on this day is not too old. */
function isFresh({ item }, date, view) {
    if (item.max_age == null) {
        return true;
    }
    return date === null ? null : view.isWithin(date, item.max_age);
}
/**
 * What is said of the item itself; else whether enough of its parts are done, or all that apply. It is then as old as
 * the oldest of the latest that are enough.
 */
function doneOf({ item, own, parts }, view) {
    const said = { holds: own ? holds(own.test, view) : null, date: own ? view.date(own.fact) : null };
    if (said.holds !== null || parts.length === 0) {
        return said;
    }
    const need = item.need ?? "all";
    const judged = parts.map((part) => {
        const [applies, done] = [holds(part.when, view), doneOf(part, view)];
        const isDone = both(done.holds, isFresh(part, done.date, view));
        const counts = need === "all" ? either(not(applies), isDone) : both(applies, isDone);
        return { counts, isDone: both(applies, isDone) === true, date: done.date };
    });
    const dates = judged.flatMap(({ isDone, date }) => (isDone ? [date ?? -Infinity] : [])).sort((a, b) => b - a || 0);
    const oldest = (typeof need === "object" ? dates.slice(0, need.at_least) : dates).at(-1) ?? -Infinity;
    const truths = judged.map(({ counts }) => counts);
    return { holds: enough(need, truths), date: oldest === -Infinity ? null : oldest };
}
function both(...truths) {
    return all(truths, (truth) => truth);
}
function either(...truths) {
    return any(truths, (truth) => truth);
}
function ask(item, asked) {
    asked.test(item.when);
    askDone(item, item.item.max_age == null ? [] : [item.item.max_age], asked);
}
/** `ages` are those that the item's date decides. */
function askDone({ own, parts }, ages, asked) {
    if (own) {
        asked.test(own.test);
        asked.dates(own.fact, ages);
    }
    for (const part of parts) {
        asked.test(part.when);
        askDone(part, part.item.max_age == null ? ages : [...ages, part.item.max_age], asked);
    }
}
/** Adds the items of one list. */
class Adding {
    list;
    conditions;
    to;
    constructor(list, conditions, to) {
        this.list = list;
        this.conditions = conditions;
        this.to = to;
    }
    /** Adds the items with all that is in them, and gives the items. */
    items(rows, around, when, depth) {
        const list = this.list.name;
        if (depth === 0) {
            throw tooDeep(list);
        }
        return rows.map((row) => {
            this.#check(row);
            const rowWhen = this.conditions.optional(list, row.when);
            const of = rowWhen ? [...when, rowWhen] : when;
            const path = row.name == null ? null : `${around}${row.name}`;
            const own = this.#own(row);
            const item = { list, item: row, path, when: { op: "all", of }, own, parts: [], before: [] };
            this.to.push(item);
            item.parts = this.items(row.items, path === null ? around : `${path}/`, of, depth - 1);
            return item;
        });
    }
    #own({ name }) {
        const test = name == null ? null : this.conditions.yes(name);
        return test?.op === "is" ? { test, fact: test.fact } : null;
    }
    #check({ strength, max_age, need }) {
        if (strength != null) {
            checkWord(this.list.name, strength, STRENGTHS);
        }
        if (max_age != null) {
            checkedAmount(this.list.name, max_age.amount, max_age.unit);
        }
        if (need != null) {
            checkNeed(this.list.name, need);
        }
    }
}
