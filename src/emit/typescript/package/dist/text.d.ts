/** Compares as UTF-8 text, which is the order of code points and not that of UTF-16. */
export declare function compareText(a: string, b: string): number;
