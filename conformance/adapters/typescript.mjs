// Answers a suite with an emitted TypeScript package:
//   node typescript.mjs SUITE_DIR AS_OF PACKAGE_DIR [--assessments]
// prints the courses, or the assessments, as NDJSON in the order and form of the expected answers. The package is the one
// that was emitted from the suite's tables, and brings them with it.

import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

const [suite, asOf, folder, assessments] = process.argv.slice(2);
if (!folder || (assessments !== undefined && assessments !== "--assessments")) {
  console.error("usage: typescript.mjs SUITE_DIR AS_OF PACKAGE_DIR [--assessments]");
  process.exit(2);
}
const load = (file) => import(pathToFileURL(resolve(folder, "dist", file)).href);
const { Evaluator } = await load("index.js");
const { tables } = await load("tables.js");
const evaluator = new Evaluator(tables);

const patients = new Map();
const rowsOf = (patient) => {
  if (!patients.has(patient)) {
    patients.set(patient, { events: [], facts: [] });
  }
  return patients.get(patient);
};
for (const [patient, date, code, institution, course] of rows("events.csv", "patient,date,code,institution,course")) {
  const event = { date, code: code.normalize("NFC"), institution: institution || null, course: course || null };
  if (evaluator.code(event.code, date) === "known") {
    rowsOf(patient).events.push(event);
  }
}
for (const [patient, date, name, text] of rows("facts.csv", "patient,date,fact,value")) {
  const fact = { date: date || null, fact: name.normalize("NFC"), value: text.normalize("NFC") };
  if (evaluator.fact(fact.fact, fact.value) === null) {
    rowsOf(patient).facts.push(fact);
  }
}

const ordered = [...patients.keys()].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
const lines = ordered.flatMap((patient) => {
  const { events, facts } = patients.get(patient);
  const answers = assessments
    ? evaluator.assess(patient, events, facts, asOf)
    : evaluator.patient(patient, events, facts, asOf).map(withoutMessages);
  return answers.map((answer) => `${JSON.stringify(answer)}\n`);
});
process.stdout.write(lines.join(""));

function withoutMessages(course) {
  const findings = course.findings.map(({ message, ...finding }) => finding);
  return { ...course, findings };
}

/** The rows under the header line, each as trimmed fields; anything irregular ends the program. */
function rows(file, header) {
  const text = readFileSync(join(suite, file), "utf8");
  const records = parse(text);
  const width = header.split(",").length;
  if (records.shift()?.join(",") !== header || records.some((record) => record.length !== width)) {
    throw new Error(`${file} does not have the columns ${header} in every row`);
  }
  return records.map((record) => record.map((field) => field.trim()));
}

/** Fields may be in double quotes, with "" for one within. */
function parse(text) {
  const field = /("(?:[^"]|"")*"|[^",\n]*)(,|\n|$)/y;
  const records = [];
  let record = [];
  while (field.lastIndex < text.length) {
    const match = field.exec(text);
    if (!match) {
      throw new Error("a quote stands where none can");
    }
    const [, written, end] = match;
    record.push(written.startsWith('"') ? written.slice(1, -1).replaceAll('""', '"') : written);
    if (end !== ",") {
      records.push(record);
      record = [];
    }
  }
  return records;
}
