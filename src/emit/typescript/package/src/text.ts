/** Compares as UTF-8 text, which is the order of code points and not that of UTF-16. */
export function compareText(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let at = 0; at < length; at++) {
    const [x, y] = [a.charCodeAt(at), b.charCodeAt(at)];
    if (x !== y) {
      return surrogatesLast(x) - surrogatesLast(y);
    }
  }
  return a.length - b.length;
}

/** Surrogates stand for code points above all that have one unit. */
function surrogatesLast(unit: number): number {
  return 0xd800 <= unit && unit <= 0xdfff ? unit + 0x10000 : unit;
}
