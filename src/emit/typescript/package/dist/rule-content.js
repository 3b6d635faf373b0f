/** What a phase holds besides codes, as rule tables hold it. */
/** How binding an item is. */
export const STRENGTHS = ["skal", "bør", "kan", "skal ikke"];
