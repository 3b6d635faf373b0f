// The examples that stand in the specification.

import assert from "node:assert/strict";
import { test } from "node:test";

import { Evaluator } from "../dist/index.js";
import { tables } from "../dist/tables.js";

const evaluator = new Evaluator(tables);
const ASSESSED = ["criteria", "route", "investigation"];

for (const pathway of tables.pathways) {
  for (const { name, as_of, events, facts, expectations } of pathway.examples) {
    test(`${pathway.id}: ${name}`, () => {
      const given = facts.map((fact) => ({ ...fact, value: written(fact.value) }));
      const courses = evaluator.patient("p", events, given, as_of).filter(isHere);
      const isAssessed = expectations.some(({ expect }) => ASSESSED.includes(expect));
      const [assessment] = isAssessed ? evaluator.assess("p", events, given, as_of).filter(isHere) : [];
      for (const expected of expectations) {
        holds(expected, courses, assessment);
      }
    });
  }

  function isHere(answer) {
    return answer.pathway === pathway.id;
  }
}

/** A value as a register writes it. */
function written(value) {
  return typeof value === "boolean" ? (value ? "ja" : "nei") : String(value);
}

/** Fails, with the place in the specification, if an expectation does not hold. */
function holds(expected, courses, assessment) {
  const { origin } = expected;
  const place = `${origin.file}:${origin.line}`;
  const course = courses.find((course) => course.course === expected.course);
  const codes = course?.findings.map((finding) => finding.code);
  switch (expected.expect) {
    case "courses":
      return assert.equal(courses.length, expected.count, place);
    case "state":
      return assert.equal(course?.state, expected.state, place);
    case "finding":
      return assert.ok(codes?.includes(expected.code), `${place}: found ${codes}`);
    case "no_findings":
      return assert.deepEqual(codes, [], place);
    case "variant":
      assert.equal(course?.variant, expected.variant, place);
      return assert.ok([null, course.variant_basis === "assumed"].includes(expected.assumed), place);
    case "interval": {
      const judged = course?.intervals.filter(
        ({ interval, treatment }) => interval === expected.interval && treatment === expected.treatment,
      );
      const found = judged?.map((answer) => ({ status: answer.status, days: days(answer) }));
      const { status, days: expectedDays } = expected;
      const isRight = (answer) => answer.status === status && [null, answer.days].includes(expectedDays);
      return assert.ok(found?.some(isRight), `${place}: found ${JSON.stringify(found)}`);
    }
    case "criteria": {
      const answer = assessment.criteria.find(({ criteria }) => criteria === expected.criteria);
      return assert.equal(answer?.result, expected.result, place);
    }
    case "route": {
      const answer = assessment.routes.find(({ route }) => route === expected.route);
      const found = answer?.result === "decided" ? answer.outcome.outcome : answer?.result;
      return assert.equal(found, expected.result, place);
    }
    case "investigation": {
      const isCalled = (item) => item === expected.item || item?.split("/").at(-1) === expected.item;
      const answer = assessment.investigations.find(({ list, item }) => list === expected.list && isCalled(item));
      return assert.equal(answer?.status, expected.status, place);
    }
    default:
      assert.fail(`${place}: ${expected.expect} is not known`);
  }
}

/** Days between the points, or days left if it runs, or days past due if it is overdue. */
function days({ status, days, days_left }) {
  return status === "running" ? days_left : status === "overdue" ? -days_left : days;
}
