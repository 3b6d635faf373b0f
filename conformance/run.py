#!/usr/bin/env python3
"""Compares a target with the conformance suite: run.py TARGET [SUITE…]. See README.md beside it."""

import argparse
import json
import os
import shutil
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import indicators
from shrink import shrink
from suites import Suite, write_patients
from targets import HERE, Failed, Rust, targets

REFUSED = HERE / "refused.txt"
# What tells the rows of an answer apart.
NAMES = ("pathway", "course", "interval", "treatment", "occurrence", "criteria", "route", "list", "item", "code")
MOST_LINES = 60


def by_patient(answers):
    patients = {}
    for answer in answers:
        patients.setdefault(answer["patient"], []).append(answer)
    return patients


def without(answers, pathways):
    return [answer for answer in answers if answer["pathway"] not in pathways]


class Comparison:
    """One target with one suite on one day."""

    def __init__(self, target, reference, suite, as_of, kind):
        self.target, self.reference, self.suite, self.as_of, self.kind = target, reference, suite, as_of, kind
        self.expected, self.found, self.refused, self.failed = [], [], {}, None

    def judge(self):
        expected = self.suite.expected(self.as_of, "courses" if self.kind == "indicators" else self.kind)
        if expected is not None:
            try:
                judged = self.target.judge(self.suite.folder, self.as_of, self.kind)
                self.found, self.refused = judged.answers, judged.refused
                self.expected = without(expected, judged.refused)
            except Failed as failed:
                self.failed = f"the target fails\n{failed}"
        return self

    def difference(self, shrinking):
        """What is not as expected, with the smallest patient that shows it if asked for; None if all is."""
        if self.failed:
            return self.failed
        if self.kind == "indicators":
            expected = indicators.of_courses(self.suite, self.expected, self.as_of)
            return indicators.difference(expected, self.found)
        if self.expected == self.found:
            return None
        expected, found = by_patient(self.expected), by_patient(self.found)
        names = [name for name in {**expected, **found} if expected.get(name) != found.get(name)]
        if not names:
            return "the patients stand in another order than that of UTF-8 bytes"
        head = f"{len(names)} of {len(expected)} patients are answered otherwise"
        if not shrinking:
            return head
        patients = self.suite.patients()
        name = min(names, key=lambda name: len(patients[name].events) + len(patients[name].facts))
        patient, answers = self.smallest(patients[name], expected.get(name, []), found.get(name, []))
        lines = [f"{head}; the smallest that shows it, from «{name}»:", *described(patient, self.as_of)]
        return "\n".join([*lines, *side_by_side(*answers, self.target.name)])

    def smallest(self, patient, *answers):
        with Shrinking(self, {answer["pathway"] for part in answers for answer in part}) as shrinking:
            try:
                # Alone and under another name the patient may show nothing.
                if shrinking.shows([patient]) == [True]:
                    patient = shrink(patient, shrinking.shows)
                    answers = shrinking.judge([patient])[0]
            except Failed as failed:
                print(f"the patient is shown whole, because the target fails with less: {failed}", file=sys.stderr)
        return patient, answers


class Shrinking:
    """A folder in which patients are judged by the target and by the reference."""

    def __init__(self, comparison, pathways):
        self.of, self.pathways = comparison, pathways

    def __enter__(self):
        self.folder = Path(tempfile.mkdtemp())
        tables = json.loads((self.of.suite.folder / "tables.json").read_text("utf-8"))
        # Assessments may ask about other pathways; a course is one pathway's own matter.
        if self.of.kind != "assessments":
            tables["pathways"] = [one for one in tables["pathways"] if one["id"] in self.pathways]
        (self.folder / "tables.json").write_text(json.dumps(tables, ensure_ascii=False), "utf-8")
        return self

    def __exit__(self, *_):
        shutil.rmtree(self.folder)

    def judge(self, patients):
        """What the reference and the target answer for each."""
        names = [f"p{at:05}" for at in range(len(patients))]
        write_patients(self.folder, dict(zip(names, patients)))
        found = self.of.target.judge(self.folder, self.of.as_of, self.of.kind)
        expected = self.of.reference.judge(self.folder, self.of.as_of, self.of.kind).answers
        expected, found = by_patient(without(expected, found.refused)), by_patient(found.answers)
        return [(expected.get(name, []), found.get(name, [])) for name in names]

    def shows(self, patients):
        return [expected != found for expected, found in self.judge(patients)]


def described(patient, as_of):
    yield f"\nas of {as_of}\ndate,code,institution,course"
    yield from (",".join(row) for row in patient.events)
    yield "date,fact,value"
    yield from (",".join(row) for row in patient.facts)
    yield ""


def leaves(value, way=""):
    """Every plain value by the way to it."""
    if isinstance(value, dict) and value:
        return {end: leaf for key, part in value.items() for end, leaf in leaves(part, f"{way}.{key}").items()}
    if isinstance(value, list) and value:
        parts = {}
        for at, part in enumerate(value):
            names = [str(part[key]) for key in NAMES if part.get(key) not in (None, "")] if isinstance(part, dict) else []
            name = f"{way}[{' '.join(names) or at}]"
            parts.update(leaves(part, f"{name}[{at}]" if any(end.startswith(f"{name}.") for end in parts) else name))
        return parts
    return {way: json.dumps(value, ensure_ascii=False)}


def side_by_side(expected, found, name):
    """Both answers: of the rows within them those that differ, whole."""
    expected, found = leaves(expected), leaves(found)
    row_of = lambda way: way.rpartition(".")[0]
    ways = {**expected, **found}
    differing = {row_of(way) for way in ways if expected.get(way) != found.get(way)}
    if not differing:
        return ["the same, in another order"]
    shown = [(way, expected.get(way, "—"), found.get(way, "—")) for way in ways if row_of(way) in differing]
    shown = [("", "forlop", name), *shown]
    more = [f"… and {len(shown) - MOST_LINES} lines more"] if len(shown) > MOST_LINES else []
    shown = shown[:MOST_LINES]
    widths = [max(len(line[at]) for line in shown) for at in (0, 1)]
    signs = ["≠" if way and one != other else " " for way, one, other in shown]
    lines = [f"{way:{widths[0]}}  {one:{widths[1]}}  {other}" for way, one, other in shown]
    return [f"{sign} {line}" for sign, line in zip(signs, lines)] + more


def known_refusals(target, names):
    lines = [line.split() for line in REFUSED.read_text("utf-8").splitlines() if line and not line.startswith("#")]
    lines = [(suite, pathways) for of, suite, *pathways in lines if target in of.split(",") and suite in names]
    return {(suite, pathway) for suite, pathways in lines for pathway in pathways}


def compare(target, reference, suites, out=print):
    """Compares on every day and tells it. True if all is as expected."""
    jobs = [
        Comparison(target, reference, suite, as_of, kind)
        for suite in suites
        for as_of in suite.as_of
        for kind in target.kinds
        # Indicators count the same rows: one day of a suite is enough.
        if kind != "indicators" or as_of == suite.as_of[len(suite.as_of) // 2]
    ]
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        jobs = list(pool.map(Comparison.judge, jobs))
    fine, told = True, set()
    for job in jobs:
        # One patient of a suite is enough to look at.
        difference = job.difference(shrinking=job.suite.name not in told)
        if difference:
            fine = False
            told.add(job.suite.name)
            out(f"\n{target.name}, suite {job.suite.name}, {job.kind} as of {job.as_of}: {difference}")
    answers = sum(len(job.found) for job in jobs)
    refused = {(job.suite.name, pathway): why for job in jobs for pathway, why in job.refused.items()}
    for (suite, pathway), why in sorted(refused.items()):
        out(f"refused: {suite} {pathway}: {why}")
    known = known_refusals(target.name, {suite.name for suite in suites})
    for suite, pathway in sorted(set(refused) ^ known):
        fine = False
        says = "is refused, but not" if (suite, pathway) in refused else "is not refused, but"
        out(f"{target.name} {suite} {pathway}: {says} in {REFUSED.name}")
    result = "as expected" if fine else "NOT as expected"
    out(f"{target.name}: {answers} answers of {len(suites)} suites, {len(refused)} pathways refused: {result}")
    return fine and answers > 0


def main():
    root = HERE.parent
    parser = argparse.ArgumentParser(description="Compares a target with the conformance suite.")
    parser.add_argument("--forlop", default=root / "target" / "debug" / "forlop", help="the program [target/debug/forlop]")
    parser.add_argument("target", choices=sorted(targets(None)))
    parser.add_argument("suite", nargs="*", help="names of suites [all]")
    given = parser.parse_args()
    forlop = Path(given.forlop).resolve()
    if not forlop.exists():
        parser.error(f"there is no program {forlop}: run cargo build")
    there = sorted(path.parent for path in HERE.glob("*/suite.json"))
    unknown = set(given.suite) - {path.name for path in there}
    if unknown:
        parser.error(f"no such suite: {', '.join(sorted(unknown))}")
    chosen = [Suite.read(path) for path in there if not given.suite or path.name in given.suite]
    return 0 if compare(targets(forlop)[given.target], Rust(forlop), chosen) else 1


if __name__ == "__main__":
    sys.exit(main())
