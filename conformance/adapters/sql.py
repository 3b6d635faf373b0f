"""What the SQL adapters share: the emitted queries of a suite, its rows to load, and the answers as CSV."""

import argparse
import csv
import json
import subprocess
import sys
import tempfile
from pathlib import Path

# The columns of the tables that the queries read; CSV files lack the first.
EVENTS = ["line", "patient", "date", "code", "institution", "course"]
FACTS = ["line", "patient", "date", "fact", "value"]
# The exit status when pathways are refused.
REFUSED = 3


def rows(path, columns):
    """The rows of a CSV file with their line as first column; an empty field is None."""
    with open(path, encoding="utf-8", newline="") as file:
        for line, row in enumerate(csv.DictReader(file), start=2):
            yield (line, *(row[name] or None for name in columns[1:]))


def emit(tables, forlop, dialect, kind):
    """The texts of the emitted queries of one kind, or the reason for a refusal."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "tables.json")
        path.write_text(json.dumps(tables), "utf-8")
        done = subprocess.run([forlop, "--lang", "en", "emit", dialect, path, "-o", folder], capture_output=True, text=True)
        if done.returncode == 1:
            return None, done.stderr.strip()
        done.check_returncode()
        return [path.read_text("utf-8") for path in sorted(Path(folder).glob(f"*.{kind}.sql"))], None


def queries(suite, forlop, dialect, kind):
    """The texts of the emitted queries of one kind, and the pathways that are refused."""
    tables = json.loads((suite / "tables.json").read_text("utf-8"))
    texts, refusal = emit(tables, forlop, dialect, kind)
    if not refusal:
        return texts, {}
    texts, refused = [], {}
    for pathway in tables["pathways"]:
        of_one, refusal = emit({**tables, "pathways": [pathway]}, forlop, dialect, kind)
        if refusal:
            refused[pathway["id"]] = refusal
        else:
            texts.extend(of_one)
    return texts, refused


def write(header, answers, kind):
    """Writes the rows of all pathways in the order of `eval`: patients by their bytes, then pathways, then as queried."""
    if kind == "courses" and header:
        pathway, patient = header.index("pathway"), header.index("patient")
        answers.sort(key=lambda row: (row[patient].encode(), row[pathway].encode()))
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(answers)


def main(dialect, run):
    """Runs the queries of a suite. `run(suite, as_of, queries)` yields each query's column names and rows."""
    parser = argparse.ArgumentParser()
    parser.add_argument("suite", type=Path)
    parser.add_argument("as_of")
    parser.add_argument("forlop")
    parser.add_argument("--indicators", action="store_true", help="the second query instead of the courses")
    arguments = parser.parse_args()
    kind = "indicators" if arguments.indicators else "courses"
    sys.stdout.reconfigure(encoding="utf-8", newline="")
    texts, refused = queries(arguments.suite, arguments.forlop, dialect, kind)
    header, answers = [], []
    for header, found in run(arguments.suite, arguments.as_of, texts):
        answers.extend(found)
    write(header, answers, kind)
    for pathway, reason in refused.items():
        print(f"refused: {pathway}: {' '.join(reason.split())}", file=sys.stderr)
    sys.exit(REFUSED if refused else 0)
