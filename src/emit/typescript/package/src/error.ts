/** What makes tables unfit to judge by. */

import { parseDay, type Day } from "./calendar.js";

/** Tables that contradict themselves, or that this evaluator does not understand. */
export class TableError extends Error {
  override readonly name = "TableError";
  /** The sentence in Norwegian bokmål; `message` is the English one. */
  readonly nb: string;

  constructor(nb: string, en: string) {
    super(en);
    this.nb = nb;
  }
}

/** Refuses a name that the tables do not hold. `place` says what names it. */
export function unknown(place: string, name: string): TableError {
  return new TableError(
    `«${place}» viser til «${name}», som ikke finnes i tabellene`,
    `«${place}» refers to «${name}», which does not exist in the tables`,
  );
}

/** Refuses a name that occurs twice. */
export function checkUnique(place: string, names: readonly { name: string }[]): void {
  const seen = new Set<string>();
  for (const { name } of names) {
    if (seen.has(name)) {
      throw new TableError(`«${name}» står to ganger i «${place}»`, `«${place}» has «${name}» twice`);
    }
    seen.add(name);
  }
}

/** Refuses what has too many brackets or items inside each other. */
export function tooDeep(place: string): TableError {
  return new TableError(
    `«${place}» har for mange parenteser eller punkter inni hverandre`,
    `«${place}» is nested too deeply`,
  );
}

/** Refuses a word that tables of this format version do not have. */
export function strange(place: string, word: unknown): TableError {
  return new TableError(
    `«${place}» har «${String(word)}», som ikke kan stå der`,
    `«${place}» has «${String(word)}», which cannot stand there`,
  );
}

/** Refuses a word that is none of these. */
export function checkWord(place: string, word: string, words: readonly string[]): void {
  if (!words.includes(word)) {
    throw strange(place, word);
  }
}

/** Refuses what is not a whole number from 0. */
export function checkWhole(place: string, number: number): void {
  if (!Number.isInteger(number) || number < 0 || number > 0xffff_ffff) {
    throw strange(place, number);
  }
}

/** A date of the tables. */
export function tableDay(place: string, date: string): Day {
  const day = parseDay(date);
  if (day === null) {
    throw strange(place, date);
  }
  return day;
}
