"""The job in Polars' lazy expressions: `in_polars.py count EVENTS`, `in_polars.py rows EVENTS OUT`."""

import sys
from datetime import date

import polars as pl

from net import AS_OF, DECISIONS, MEASURES, TREATMENTS, name, print_counts

job, events, *out = sys.argv[1:]
if events.endswith(".parquet"):
    rows = pl.scan_parquet(events)
else:
    # Categories are read and compared faster than text.
    text = {"patient": pl.String, "date": pl.Date, "code": pl.Categorical, "institution": pl.String}
    rows = pl.scan_csv(events, schema=text)

day, code = pl.col("date"), pl.col("code")
treats = code.is_in(TREATMENTS)
# Columns made before grouping: the streaming engine is slower with filters in the groups.
points = rows.filter(day <= date.fromisoformat(AS_OF)).select(
    "patient",
    a=pl.when(code == "A39A").then(day),
    s=pl.when(code == "A39S").then(day),
    c=pl.when(code.is_in(DECISIONS)).then(day),
    ck=pl.when(code == "A39CK").then(day),
    f=pl.when(treats).then(day),
    treatment=pl.when(treats).then(code),
)
courses = points.group_by("patient").agg(pl.col("a", "s", "c", "ck", "f").min(), pl.col("treatment").max())


def days(start, end, code):
    taken = (pl.col(end) - pl.col(start)).dt.total_days()
    return pl.when(taken >= 0, *([pl.col("treatment") == code] if code else [])).then(taken)


taken = {name(interval, treatment): days(*points) for interval, treatment, *points, _ in MEASURES}
measured = courses.select("patient", **taken)
if job == "count":
    counts = []
    for interval, treatment, *_, limit in MEASURES:
        taken = pl.col(name(interval, treatment))
        three = {"count": taken.count(), "within": (taken <= limit).sum(), "median": taken.quantile(0.5, "lower")}
        counts.append(pl.struct(**three).alias(name(interval, treatment)))
    found = measured.select(counts).collect(engine="streaming").row(0)
    print_counts((count["count"], count["within"], count["median"] or 0) for count in found)
else:
    each = []
    for interval, treatment, *_, limit in MEASURES:
        taken = name(interval, treatment)
        within = (pl.col(taken) <= limit).cast(pl.Int8)
        each += [pl.col(taken).alias(f"{taken}_days"), within.alias(f"{taken}_within")]
    measured.select("patient", *each).sink_csv(out[0])
