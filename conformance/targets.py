"""What is compared: each target judges a suite's folder on one day."""

import hashlib
import re
import subprocess
import sys
import tempfile
import threading
from dataclasses import dataclass, field
from pathlib import Path

import suites

HERE = Path(__file__).resolve().parent
SOME_REFUSED = 3


class Failed(Exception):
    """The target did not answer at all."""


@dataclass
class Answers:
    answers: list
    refused: dict = field(default_factory=dict)
    """Why, by pathway."""


class Rust:
    """The program itself."""

    name = "rust"
    kinds = ("courses", "assessments", "rows")

    def __init__(self, forlop):
        self.forlop = forlop

    def judge(self, folder, as_of, kind):
        files = ["--events", folder / "events.csv", "--facts", folder / "facts.csv", "--as-of", as_of]
        how = {"assessments": ["--criteria", "--format", "ndjson"], "courses": ["--format", "ndjson"]}
        command = [self.forlop, "eval", folder / "tables.json", *files, *how.get(kind, ["--format", "csv"])]
        return read(kind, run(command).stdout)


class TypeScript:
    """The emitted package on Node."""

    name = "typescript"
    kinds = ("courses", "assessments")

    def __init__(self, forlop):
        self.forlop = forlop
        self.emitting = threading.Lock()
        self.packages = tempfile.TemporaryDirectory()

    def judge(self, folder, as_of, kind):
        command = ["node", HERE / "adapters" / "typescript.mjs", folder, as_of, self.package(folder / "tables.json")]
        return adapter(kind, command + (["--assessments"] if kind == "assessments" else []))

    def package(self, tables):
        """The package emitted from these tables, once for all that are the same."""
        package = Path(self.packages.name) / hashlib.sha256(tables.read_bytes()).hexdigest()
        with self.emitting:
            if not package.exists():
                run([self.forlop, "emit", "typescript", tables, "-o", package])
        return package


class Sql:
    """The emitted queries in one engine."""

    kinds = ("rows", "indicators")

    def __init__(self, name, forlop):
        self.name, self.forlop = name, forlop

    def judge(self, folder, as_of, kind):
        command = [sys.executable, HERE / "adapters" / f"{self.name}.py", folder, as_of, self.forlop]
        return adapter(kind, command + (["--indicators"] if kind == "indicators" else []))


def targets(forlop):
    """All targets by name."""
    every = [Rust(forlop), TypeScript(forlop), *(Sql(name, forlop) for name in ("duckdb", "postgres", "spark"))]
    return {target.name: target for target in every}


def run(command, fine=(0,)):
    done = subprocess.run([str(word) for word in command], capture_output=True, encoding="utf-8", check=False)
    if done.returncode not in fine:
        last = "\n".join(done.stderr.splitlines()[-20:])
        raise Failed(f"{' '.join(map(str, command))}\nexit status {done.returncode}\n{last}")
    return done


def adapter(kind, command):
    done = run(command, fine=(0, SOME_REFUSED))
    refused = dict(re.findall(r"^refused: (.+?): (.*)$", done.stderr, re.MULTILINE))
    if bool(refused) != (done.returncode == SOME_REFUSED):
        raise Failed(f"exit status {done.returncode} with the refusals {refused}")
    answers = read(kind, done.stdout)
    return Answers(answers.answers, refused)


def read(kind, text):
    try:
        if kind in ("rows", "indicators"):
            return Answers(suites.csv_rows(text, suites.COLUMNS if kind == "rows" else None))
        return Answers(suites.in_kind(kind, suites.json_lines(text)))
    except ValueError as error:
        raise Failed(f"its answers cannot be read: {error}") from error
