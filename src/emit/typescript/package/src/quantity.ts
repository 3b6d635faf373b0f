/** Units of numbers: a value is converted within one quantity, and never from one quantity to another. */

/** How many of its quantity's smallest whole unit a unit is: `times` · 10^`tens`. */
interface Scale {
  quantity: string;
  times: number;
  tens: number;
}

const SCALES: ReadonlyMap<string, Scale> = new Map(
  (
    [
      ["mm", "length", 1, 0],
      ["cm", "length", 1, 1],
      ["m", "length", 1, 3],
      ["µg", "mass", 1, 0],
      ["mg", "mass", 1, 3],
      ["g", "mass", 1, 6],
      ["kg", "mass", 1, 9],
      ["ml", "volume", 1, 0],
      ["dl", "volume", 1, 2],
      ["l", "volume", 1, 3],
      ["dager", "days", 1, 0],
      ["dag", "days", 1, 0],
      ["uker", "days", 7, 0],
      ["uke", "days", 7, 0],
      ["måneder", "months", 1, 0],
      ["måned", "months", 1, 0],
      ["år", "months", 12, 0],
      ["µg/l", "mass per volume", 1, 0],
      ["ng/ml", "mass per volume", 1, 0],
      ["mg/l", "mass per volume", 1, 3],
      ["mg/dl", "mass per volume", 1, 4],
      ["g/l", "mass per volume", 1, 6],
      ["g/dl", "mass per volume", 1, 7],
      ["µmol/l", "amount per volume", 1, 0],
      ["mmol/l", "amount per volume", 1, 3],
    ] as const
  ).map(([name, quantity, times, tens]) => [name, { quantity, times, tens }]),
);

/**
 * The value in another unit of the same quantity; null when the two units do not measure the same. A unit that is not
 * known here equals itself only.
 */
export function convert(value: number, from: string, to: string): number | null {
  if (from === to) {
    return value;
  }
  const [source, target] = [find(from), find(to)];
  if (!source || !target || source.quantity !== target.quantity) {
    return null;
  }
  return (shift(value, source.tens - target.tens) * source.times) / target.times;
}

/** The micro sign is two characters in Unicode, and both are written. */
function find(unit: string): Scale | undefined {
  return SCALES.get(unit.replaceAll("\u03bc", "\u00b5"));
}

/** Moves the decimal point, so that 0,57 m is 57 cm and not a little less. */
function shift(value: number, tens: number): number {
  const [digits, exponent] = value.toExponential().split("e");
  return Number(`${digits}e${Number(exponent) + tens}`);
}
