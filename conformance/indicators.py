"""The indicators of answers, as the heading of the emitted queries defines them."""

import json
from statistics import median

KEY = ("pathway", "interval", "treatment", "variant", "year")
ENDED = ("within", "exceeded", "too_early")
STATUSES = (
    "not_applicable invalid_order no_limit within exceeded too_early undetermined not_started running overdue"
).split()
COLUMNS = [*KEY, "answers", "ended", "share", "median_days", *STATUSES]


def of_courses(suite, courses, as_of):
    """One row for each interval, treatment, variant and year that occurs, as text by column."""
    first_event = first_events(suite, as_of)
    groups = {}
    for course in courses:
        start = course["start"] or first_event[course["patient"], course["pathway"], course["course_id"] or ""]
        for row in course["intervals"]:
            key = (course["pathway"], row["interval"], row["treatment"] or "", row["variant"], str(int(start[:4])))
            groups.setdefault(key, []).append(row)
    return {key: indicators(rows) for key, rows in groups.items()}


def indicators(rows):
    counts = {status: sum(row["status"] == status for row in rows) for status in STATUSES}
    days = [row["days"] for row in rows if row["status"] in ENDED]
    share = counts["within"] / len(days) if days else None
    middle = median(days) if days else None
    return {"answers": len(rows), "ended": len(days), "share": share, "median_days": middle, **counts}


def first_events(suite, as_of):
    """The date of the first event that can be used, by patient, pathway and course id."""
    tables = json.loads((suite.folder / "tables.json").read_text("utf-8"))
    codes = {code["code"]: (one, code) for one in tables["pathways"] for code in one["codes"]}
    first = {}
    for name, patient in suite.patients().items():
        for date, code, _, course in patient.events:
            declared = codes.get(code, ())
            if declared and date <= as_of and all(is_valid(part, date) for part in declared):
                key = (name, declared[0]["id"], course)
                first[key] = min(date, first.get(key, date))
    return first


def is_valid(row, date):
    return (row["valid_from"] or date) <= date <= (row["valid_to"] or date)


def difference(expected, found):
    """The rows that differ, side by side; None if none does."""
    if found and list(found[0]) != COLUMNS:
        return f"the columns are {list(found[0])}, not {COLUMNS}"
    rows = {tuple(row[key] for key in KEY): {key: number(row[key]) for key in COLUMNS[len(KEY) :]} for row in found}
    if len(rows) < len(found):
        return "two rows for one interval, treatment, variant and year"
    differing = [key for key in {**expected, **rows} if not same(expected.get(key), rows.get(key))]
    lines = [f"{len(differing)} of {len(expected)} rows differ; the first:"]
    for key in differing[:5]:
        lines += [" ".join(key), f"  forlop: {expected.get(key)}", f"  target: {rows.get(key)}"]
    return "\n".join(lines) if differing else None


def number(text):
    return float(text) if text else None


def same(one, other):
    """Shares are compared as far as double precision goes."""
    if one is None or other is None or one.keys() != other.keys():
        return False
    pairs = [(one[key], other[key]) for key in one]
    return all(a == b or None not in (a, b) and abs(a - b) < 1e-12 for a, b in pairs)
