// Compiled against the package of the repository's pathways: the names reach the types of the answers.

import { Evaluator, type Assessment, type Course, type Tables } from "forlop-rules";
import { tables, type Code, type IntervalName, type Names, type PathwayId, type VariantName } from "forlop-rules/tables";

const id: PathwayId = "A39";
const code: Code<"A39"> = "A39CK";
const variant: VariantName<"A39"> = "hovedforløp";
// @ts-expect-error: no such pathway
const noPathway: PathwayId = "A99";
// @ts-expect-error: a code of another pathway
const notItsOwn: Code<"A39"> = "A12CK";

const courses: Course<Names>[] = new Evaluator(tables).patient("p", [{ date: "2024-01-08", code }], [], "2024-06-30");
for (const course of courses) {
  if (course.pathway === "A39") {
    const names: IntervalName<"A39">[] = course.intervals.map(({ interval }) => interval);
    // @ts-expect-error: the phases have other names
    const isOther = course.phase === "OF1";
    console.log(names, isOther);
  }
}

// Tables that are read at run time, and code that takes any.
const anyTables: Tables = tables;
const assessments: Assessment[] = new Evaluator(JSON.parse("{}") as Tables).assess("p", [], [], "2024-06-30");
console.log(id, variant, noPathway, notItsOwn, anyTables, assessments);
