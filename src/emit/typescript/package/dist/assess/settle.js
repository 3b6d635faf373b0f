/** Which unknown facts could settle what is unknown: found by trying what they might be. */
import { addDays, due } from "../calendar.js";
import { compute, isSame } from "../formula.js";
import { leaves } from "../logic.js";
import { numbers, values } from "./domain.js";
/** How many facts a set has at most. */
const MAX_FACTS = 3;
/** How many sets are found at most. */
const MAX_SETS = 5;
/** How many times a question is asked at most. The sets found until then are right and the smallest. */
const MAX_TRIES = 20_000;
/**
 * The smallest sets of unknown facts with values by which `isSettled`, fewest facts first and then in the order
 * declared. `ask` says what the question rests on.
 */
export function settle(view, ask, isSettled) {
    const asked = new Asked();
    ask(asked);
    const search = new Search(view, isSettled, asked.lacking(view));
    for (let size = 1; size <= MAX_FACTS; size++) {
        search.sets(size, 0, []);
    }
    const { facts } = view.knowledge.pathway.pathway;
    return search.found.map((set) => set.map(([fact]) => facts[fact]?.name ?? ""));
}
class Search {
    found = [];
    #imagined = new Map();
    #view;
    #isSettled;
    #lacking;
    #tries = MAX_TRIES;
    constructor(view, isSettled, lacking) {
        this.#view = view.imagining(this.#imagined);
        this.#isSettled = isSettled;
        this.#lacking = lacking;
    }
    /** Adds the sets of `size` more facts from `first` on that settle the question and hold none that was found. */
    sets(size, first, set) {
        const holdsAnother = this.found.some((other) => other.every((fact) => set.includes(fact)));
        if (holdsAnother || this.found.length === MAX_SETS || this.#tries === 0) {
            return;
        }
        if (size === 0) {
            if (this.#settles(set, 0)) {
                this.found.push([...set]);
            }
            return;
        }
        for (const [at, one] of this.#lacking.slice(first).entries()) {
            this.sets(size - 1, first + at + 1, [...set, one]);
        }
    }
    /** Whether the facts of the set from this one on can be such that the question is settled. */
    #settles(set, at) {
        const next = set[at];
        if (!next) {
            this.#tries--;
            return this.#isSettled(this.#view);
        }
        const [fact, possible] = next;
        for (const one of possible) {
            if (this.#tries === 0) {
                return false;
            }
            this.#imagined.set(fact, one);
            const settles = this.#settles(set, at + 1);
            this.#imagined.delete(fact);
            if (settles) {
                return true;
            }
        }
        return false;
    }
}
/** What a question rests on, by fact. */
export class Asked {
    #byFact = new Map();
    /** A condition. */
    test(test) {
        leaves(test, (leaf) => {
            if (leaf.op === "is" || leaf.op === "compare") {
                this.#of(leaf.fact).thresholds.push(leaf.value);
            }
            else if (leaf.op === "repeated") {
                this.#of(leaf.fact).isRepeated = true;
            }
            else if (leaf.op === "recent") {
                this.#of(leaf.fact).ages.push(leaf.age);
            }
            else if (leaf.op === "known") {
                this.#of(leaf.fact);
            }
        });
    }
    /** How old the value of a fact that is asked for may be. */
    dates(fact, ages) {
        this.#byFact.get(fact)?.ages.push(...ages);
    }
    /** The facts of which something that is asked for is unknown, in the order declared, each with what it might be. */
    lacking(view) {
        this.#seeInputs(view);
        const given = this.#inOrder().filter(([fact]) => !view.knowledge.formula(fact));
        const lacking = given.map(([fact, asking]) => [fact, possible(fact, asking, view)]);
        return lacking.filter(([, possible]) => possible.length > 0);
    }
    /** Asks for what computed facts are computed from: the numbers that bring them to their thresholds and beyond. */
    #seeInputs(view) {
        const computed = this.#inOrder().filter(([fact]) => view.knowledge.formula(fact));
        const aims = computed.map(([fact, { thresholds }]) => [fact, numbers(thresholds)]);
        for (const [fact, targets] of aims) {
            const inputs = [];
            view.knowledge.inputs(fact, (input) => {
                if (view.read(input) === null && !inputs.some((other) => isSame(other, input))) {
                    inputs.push(input);
                }
            });
            for (const input of inputs) {
                const solved = targets.flatMap((target) => solve(view, fact, inputs, input, target) ?? []);
                const asking = this.#of(input.fact);
                asking.isRead = true;
                if (input.of === "value") {
                    asking.thresholds.push(...solved);
                }
                else {
                    asking.rises = [...(asking.rises ?? []), ...solved];
                }
            }
        }
    }
    #of(fact) {
        let asking = this.#byFact.get(fact);
        if (!asking) {
            asking = { thresholds: [], isRead: false, rises: null, isRepeated: false, ages: [] };
            this.#byFact.set(fact, asking);
        }
        return asking;
    }
    #inOrder() {
        return [...this.#byFact].sort(([a], [b]) => a - b);
    }
}
/**
 * The number that brings a computed fact to the target when all other unknown numbers are 1, if it is in proportion to
 * it or to its inverse.
 */
function solve(view, fact, inputs, input, target) {
    const formula = view.knowledge.formula(fact);
    const computed = (number) => {
        const numberOf = (other) => (isSame(other, input) ? number : 1);
        const imagined = new Map();
        for (const { fact } of inputs) {
            const [value, rise] = [numberOf({ of: "value", fact }), numberOf({ of: "rise", fact })];
            imagined.set(fact, { value, date: view.day, often: null, rise });
        }
        const imagining = view.imagining(imagined);
        return formula && compute(formula, (input) => imagining.read(input));
    };
    const [one, zero] = [computed(1), computed(0)];
    if (one === null || zero === one) {
        return null;
    }
    const solved = zero === null ? one / target : (target - zero) / (one - zero);
    return Number.isFinite(solved) ? solved : null;
}
/** What might become known of the fact; nothing if all that is asked for is known. */
function possible(fact, { thresholds, isRead, rises, isRepeated, ages }, view) {
    const known = view.knowledge.on(fact, view.day);
    const riseLacks = rises !== null && view.knowledge.rise(fact, view.day) === null;
    const dateLacks = ages.length > 0 && known !== null && known.date === null;
    const declared = view.knowledge.pathway.pathway.facts[fact];
    if (!declared || (known && !riseLacks && !dateLacks)) {
        return [];
    }
    const possible = known ? [known.value] : values(declared, thresholds, isRead);
    const dates = [view.day, ...ages.flatMap((age) => tooOld(view.day, age) ?? [])];
    const before = [null, ...(isRepeated ? possible : [])];
    const speeds = [null, ...(rises ? [0, 1, ...rises] : [])];
    return possible.flatMap((value) => {
        return dates.flatMap((date) => before.flatMap((often) => speeds.map((rise) => ({ value, date, often, rise }))));
    });
}
/** The last day that is too long ago. */
function tooOld(day, { amount, unit }) {
    const isTooOld = (days) => {
        const date = addDays(day, -days);
        const last = date === null ? null : due(date, amount, unit);
        return last !== null && last < day;
    };
    // No unit is longer than 31 days, and the holidays of a year are fewer than its days.
    let [near, far] = [0, amount * 31 + 31];
    if (!isTooOld(far)) {
        return null;
    }
    while (far - near > 1) {
        const middle = near + Math.floor((far - near) / 2);
        [near, far] = isTooOld(middle) ? [near, middle] : [middle, far];
    }
    return addDays(day, -far);
}
