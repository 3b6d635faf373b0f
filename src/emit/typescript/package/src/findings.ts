/** What is wrong or doubtful in the coding of a course. */

import type { CourseFinding, Event, Options } from "./answer.js";
import { type Day, dayText } from "./calendar.js";
import { type Coded, DOUBTS, type Doubt } from "./events.js";
import type { Knowledge, Known } from "./facts.js";
import type { Rule } from "./rule-tables.js";

type Lang = NonNullable<Options["lang"]>;
type Text = Record<Lang, string>;

/** One finding for each kind of doubt, about the first event that raises it. */
export function ofEvents(doubts: readonly [Doubt, Coded][], lang: Lang): CourseFinding[] {
  return DOUBTS.flatMap((code) => {
    const events = doubts.filter(([doubt]) => doubt === code).map(([, coded]) => coded);
    const [first] = events;
    if (!first) {
      return [];
    }
    const severity = code === "missing_start" ? "feil" : "advarsel";
    return [{ code, severity, message: sayDoubt(code, first.event)[lang], dates: dates(events) }];
  });
}

/** One finding for each fact that has two values with the same date. */
export function ofFacts(knowledge: Knowledge, lang: Lang): CourseFinding[] {
  const found = new Map<number, CourseFinding>();
  for (const [other, last] of knowledge.conflicts()) {
    const dates = last.date === null ? [] : [dayText(last.date)];
    const finding = found.get(last.fact);
    if (finding) {
      finding.dates.push(...dates);
      continue;
    }
    const name = knowledge.pathway.pathway.facts[last.fact]?.name ?? "";
    const message = sayConflict(name, other, last)[lang];
    found.set(last.fact, { code: "conflicting_fact", severity: "advarsel", message, dates });
  }
  return [...found.values()];
}

/** The finding of a broken rule. */
export function ofRule({ name, severity, label }: Rule, broken: readonly Coded[]): CourseFinding {
  return { code: name, severity, message: label, dates: dates(broken) };
}

/** Ascending, each once. */
function dates(events: readonly Coded[]): string[] {
  return [...new Set<Day>(events.map(({ day }) => day))].map(dayText);
}

function sayDoubt(doubt: Doubt, { code, institution }: Event): Text {
  switch (doubt) {
    case "missing_start":
      return {
        nb: `Forløpet begynner med «${code}» og ikke med en startkode`,
        en: `The course begins with «${code}» and not with a start code`,
      };
    case "duplicate_start":
      return institution == null
        ? {
            nb: `«${code}» er registrert på nytt uten institusjon, og forløpet er ikke overført i mellomtiden`,
            en: `«${code}» is registered again without an institution, and the course was not transferred in between`,
          }
        : {
            nb: `«${code}» er registrert på nytt ved «${institution}» uten at forløpet er overført eller en annen institusjon er kjent fra før`,
            en: `«${code}» is registered again at «${institution}», but the course was not transferred and no other institution is known to have had it`,
          };
    case "event_after_end":
      return {
        nb: `«${code}» er registrert etter at forløpet er avsluttet`,
        en: `«${code}» is registered after the course was closed`,
      };
  }
}

function sayConflict(fact: string, other: Known, { text: holds, date }: Known): Text {
  return date === null
    ? {
        nb: `«${fact}» er både «${other.text}» og «${holds}» uten dato; «${holds}» står sist og gjelder`,
        en: `«${fact}» is both «${other.text}» and «${holds}» without a date; «${holds}» comes last and holds`,
      }
    : {
        nb: `«${fact}» er både «${other.text}» og «${holds}» samme dag; «${holds}» står sist og gjelder`,
        en: `«${fact}» is both «${other.text}» and «${holds}» on the same day; «${holds}» comes last and holds`,
      };
}
