/** Order rules. */

import type { State } from "./answer.js";
import { checkWhole, checkWord, strange } from "./error.js";
import type { Coded } from "./events.js";
import { SEVERITIES, type Rule } from "./rule-tables.js";

/** Numbers of a pathway's codes. */
export type CodeSet = ReadonlySet<number>;

/** Judges a course: the events that break the rule, in order, perhaps none; null if it is not broken. */
export type Judge = (events: readonly Coded[], state: State) => Coded[] | null;

/** A rule made ready. `set` gives the numbers of codes. */
export function prepareRule(rule: Rule, set: (codes: readonly string[]) => CodeSet): Judge {
  checkWord(rule.name, rule.severity, SEVERITIES);
  switch (rule.kind) {
    case "before": {
      const [first, then] = [set(rule.first), set(rule.then)];
      return (events) => {
        const prepared = events.findIndex(({ code }) => first.has(code));
        const unprepared = prepared < 0 ? events : events.slice(0, prepared + 1);
        return someOf(unprepared.filter(({ code }) => then.has(code)));
      };
    }
    case "triggers": {
      const [first, then] = [set(rule.first), set(rule.then)];
      return (events, state) => {
        const answered = Math.max(0, events.findLastIndex(({ code }) => then.has(code)));
        return state === "open" ? null : someOf(events.slice(answered).filter(({ code }) => first.has(code)));
      };
    }
    case "at_most":
    case "exactly": {
      const { kind, count } = rule;
      const of = set(rule.of);
      checkWhole(rule.name, count);
      return (events, state) => {
        const found = events.filter(({ code }) => of.has(code));
        const lacks = kind === "exactly" && state !== "open" && found.length < count;
        return lacks ? [] : someOf(found.slice(count));
      };
    }
    case "nothing_after": {
      const after = set(rule.after);
      return (events) => {
        const end = events.findIndex(({ code }) => after.has(code));
        return end < 0 ? null : someOf(events.slice(end + 1));
      };
    }
    case "never_together": {
      const [first, second] = [set(rule.first), set(rule.second)];
      return (events) => {
        const isBoth = [first, second].every((set) => events.some(({ code }) => set.has(code)));
        return isBoth ? events.filter(({ code }) => first.has(code) || second.has(code)) : null;
      };
    }
    default:
      throw strange((rule satisfies never as Rule).name, (rule as Rule).kind);
  }
}

function someOf(events: Coded[]): Coded[] | null {
  return events.length > 0 ? events : null;
}
