"""Who does what, and how their answers are read."""

import csv
import os
import subprocess
from pathlib import Path

from measure import Contestant
from net import AS_OF

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
WORK = ROOT / "target/peers"
PYTHON = WORK / "venv/bin/python"
PATHWAY = ROOT / "pathways/nevroendokrine-svulster.forlop"
SCAN = WORK / "scan/release/scan"
BEFORE = "92fbc63"


def before_us(command):
    """The same asked of our release before."""
    _, name, _, *rest = command
    return [WORK / "before-target/release/forlop", name, WORK / "before" / PATHWAY.relative_to(ROOT), *rest]


def report(forlop, events):
    asked = ["--period", "none", "--level", "nation", "--suppress-below", "0", "--format", "csv"]
    return [forlop, "report", PATHWAY, "--events", events, "--as-of", AS_OF, *asked]


def evaluate(forlop, events, form, output):
    return [forlop, "eval", PATHWAY, "--events", events, "--as-of", AS_OF, "--format", form, "-o", output]


def counts(output):
    """Courses, within and median by interval and treatment."""
    with open(output, encoding="utf-8") as file:
        return [tuple(row.values()) for row in csv.DictReader(file)]


def reported(output):
    """The same of `forlop report`."""
    with open(output, encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["kind"] == "interval" and row["treatment"] != "*"]
    return [tuple(row[column] for column in ("name", "treatment", "measured", "within", "median")) for row in rows]


def fingerprint(kind):
    def added(output):
        command = [PYTHON, HERE / "fingerprint.py", kind, output]
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout

    return added


def out(name):
    return WORK / f"out-{name}.csv"


def peer(library, job, events, *output):
    return [PYTHON, HERE / f"in_{library}.py", job, events, *output]


def counting_us(forlop, events, before):
    command = report(forlop, events)
    yield Contestant("forlop report", command, out("report"), reported)
    if before:
        yield Contestant("release before", before_us(command), out("report-before"), reported)


def aggregates(forlop, files, before, reads_parquet):
    events, _, parquet = files
    yield from counting_us(forlop, events, before)
    if reads_parquet:
        yield Contestant("forlop report, Parquet", report(forlop, parquet), out("report-parquet"), reported)
    yield from counting_peers("CSV", events)
    yield from counting_peers("Parquet", parquet)
    yield Contestant("scan by hand", [SCAN, events, AS_OF], out("scan"), counts)
    yield Contestant("reading the bytes", ["cat", events])


def shuffled(forlop, files, before):
    _, events, _ = files
    yield from counting_us(forlop, events, before)
    yield from counting_peers("CSV", events)
    yield Contestant("scan by hand", [SCAN, events, AS_OF, "--shuffled"], out("scan"), counts)


def counting_peers(form, events):
    yield Contestant(f"DuckDB, {form}", peer("duckdb", "count", events), out(f"duckdb-{form}"), counts)
    yield Contestant(f"Polars, {form}", peer("polars", "count", events), out(f"polars-{form}"), counts)


def rows(forlop, files, before):
    events, _, parquet = files
    for form, label, kind in (("wide", "a row a course", "wide"), ("csv", "a row an interval", "long")):
        output = out(kind)
        command = evaluate(forlop, events, form, output)
        yield Contestant(f"forlop eval, {label}", command, output, fingerprint(kind))
        if before:
            output = out(f"{kind}-before")
            command = before_us(evaluate(forlop, events, form, output))
            yield Contestant(f"release before, {label}", command, output, fingerprint(kind))
    for library, label in (("duckdb", "DuckDB"), ("polars", "Polars")):
        for form, source in (("CSV", events), ("Parquet", parquet)):
            output = out(f"{library}-{form}")
            command = peer(library, "rows", source, output)
            yield Contestant(f"{label}, {form}", command, output, fingerprint("plain"))
    scan = out("scan")
    yield Contestant("scan by hand", ["sh", "-c", f"{SCAN} {events} {AS_OF} --rows > {scan}"], scan, fingerprint("plain"))


def curve(forlop, files):
    events = files[0]
    yield Contestant("forlop report", report(forlop, events))
    yield Contestant("DuckDB", peer("duckdb", "count", events))
    yield Contestant("Polars", peer("polars", "count", events))
    yield Contestant("scan by hand", [SCAN, events, AS_OF])


def large(forlop, events):
    yield Contestant("forlop report", report(forlop, events))
    yield Contestant("forlop eval, a row a course", evaluate(forlop, events, "wide", os.devnull))


def starts(forlop, events):
    """One patient: as small a job as there is."""
    yield Contestant("forlop eval, with the pathway's file", [forlop, "eval", PATHWAY, "--events", events, "--as-of", AS_OF])
    tables = WORK / "net.json"
    with open(tables, "wb") as file:
        subprocess.run([forlop, "compile", PATHWAY], check=True, stdout=file)
    yield Contestant("forlop eval, with its tables", [forlop, "eval", tables, "--events", events, "--as-of", AS_OF])
    first = f"SELECT code, min(date) FROM read_csv('{events}', header = true) GROUP BY code"
    yield Contestant("DuckDB's shell", [WORK / "venv/bin/duckdb", "-c", first])
    yield Contestant("DuckDB in Python, the count", peer("duckdb", "count", events))
    yield Contestant("Polars in Python, the count", peer("polars", "count", events))
    yield Contestant("Python, nothing", [PYTHON, "-c", "pass"])
    yield Contestant("Node, nothing", ["node", "-e", ""])
    yield Contestant("scan by hand", [SCAN, events, AS_OF])
