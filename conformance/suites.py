"""Suites: reading and writing their folders, and the shape that answers are compared in."""

import csv
import io
import json
from dataclasses import dataclass, field
from pathlib import Path

COLUMNS = (
    "pathway patient course course_id start state phase interval treatment occurrence from to days variant "
    "variant_basis limit unit status due days_left findings"
).split()
OF_COURSE = ("pathway", "patient", "course", "course_id", "start", "state", "phase")


@dataclass
class Patient:
    """The rows of one patient in input order: lists of the columns after the patient's."""

    events: list = field(default_factory=list)
    facts: list = field(default_factory=list)


@dataclass
class Suite:
    folder: Path
    name: str
    as_of: list

    @staticmethod
    def read(folder):
        about = json.loads((folder / "suite.json").read_text("utf-8"))
        return Suite(folder, about["name"], about["as_of"])

    def expected(self, as_of, kind):
        """What must be answered; None if the suite does not ask for it."""
        file = "assessments" if kind == "assessments" else "courses"
        path = self.folder / "expected" / f"{as_of}.{file}.ndjson"
        if not path.exists():
            return None
        return in_kind(kind, json_lines(path.read_text("utf-8")))

    def patients(self):
        patients = {}
        for name, part in (("events", "events"), ("facts", "facts")):
            with open(self.folder / f"{name}.csv", encoding="utf-8", newline="") as file:
                rows = csv.reader(file)
                next(rows)
                for patient, *row in rows:
                    getattr(patients.setdefault(patient, Patient()), part).append(row)
        return patients


def write_patients(folder, patients):
    """Writes events.csv and facts.csv."""
    headers = {"events": "patient,date,code,institution,course", "facts": "patient,date,fact,value"}
    for part, header in headers.items():
        with open(folder / f"{part}.csv", "w", encoding="utf-8", newline="") as file:
            file.write(header + "\n")
            rows = csv.writer(file, lineterminator="\n")
            for name, patient in patients.items():
                rows.writerows([name, *row] for row in getattr(patient, part))


def json_lines(text):
    return [json.loads(line) for line in text.split("\n") if line]


def csv_rows(text, columns=None):
    rows = csv.DictReader(io.StringIO(text, newline=""))
    if columns and rows.fieldnames != columns:
        raise ValueError(f"the columns are {rows.fieldnames}, not {columns}")
    return list(rows)


def in_kind(kind, answers):
    """Answers as JSON in the shape of their kind: rows are those of `forlop eval --format csv`."""
    for answer in answers:
        for finding in answer.get("findings", []):
            finding.pop("message", None)
    if kind != "rows":
        return answers
    return [row for course in answers for row in rows_of(course)]


def rows_of(course):
    findings = " ".join(finding["code"] for finding in course["findings"])
    head = {key: course[key] for key in OF_COURSE}
    for interval in course["intervals"]:
        row = {**head, **interval, "findings": findings}
        yield {key: "" if row[key] is None else str(row[key]) for key in COLUMNS}
