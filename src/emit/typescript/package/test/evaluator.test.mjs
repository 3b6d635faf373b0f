import assert from "node:assert/strict";
import { test } from "node:test";

import { Evaluator, TableError } from "../dist/index.js";
import { tables } from "../dist/tables.js";

test("tables of a newer or another format are refused", () => {
  assert.throws(() => new Evaluator({ ...tables, format_version: tables.format_version + 1 }), TableError);
  assert.throws(() => new Evaluator({ ...tables, format: "other" }), TableError);
});

test("tables that contradict themselves are refused", () => {
  assert.throws(() => new Evaluator({ ...tables, pathways: [...tables.pathways, ...tables.pathways] }), TableError);
});

test("what is no date is refused", () => {
  const evaluator = new Evaluator(tables);
  for (const date of ["2024-1-8", "2023-02-29", "2024-01-08T00:00", ""]) {
    assert.throws(() => evaluator.patient("p", [{ date, code: "X" }], [], "2024-01-08"), RangeError);
    assert.throws(() => evaluator.patient("p", [], [], date), RangeError);
    assert.throws(() => evaluator.assess("p", [], [{ date, fact: "x", value: "ja" }], "2024-01-08"), RangeError);
  }
});

test("every declared code can be used on some day, and no other with the same beginning", () => {
  const evaluator = new Evaluator(tables);
  for (const pathway of tables.pathways) {
    for (const { code, valid_from, valid_to } of pathway.codes) {
      const date = [valid_from, pathway.valid_from].reduce((a, b) => ((a ?? "") > (b ?? "") ? a : b)) ?? valid_to;
      assert.equal(evaluator.code(code, date ?? pathway.valid_to ?? "2024-01-08"), "known");
    }
    assert.equal(evaluator.code(`${pathway.id}:ukjent`, "2024-01-08"), "unknown_suffix");
  }
  assert.equal(evaluator.code("?", "2024-01-08"), "foreign");
});
