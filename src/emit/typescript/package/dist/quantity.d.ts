/** Units of numbers: a value is converted within one quantity, and never from one quantity to another. */
/**
 * The value in another unit of the same quantity; null when the two units do not measure the same. A unit that is not
 * known here equals itself only.
 */
export declare function convert(value: number, from: string, to: string): number | null;
