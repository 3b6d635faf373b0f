"""The job in DuckDB's SQL: `in_duckdb.py count EVENTS`, `in_duckdb.py rows EVENTS OUT`."""

import sys

import duckdb

from net import AS_OF, CODES, DECISIONS, MEASURES, TREATMENTS, name, print_counts


def texts(values):
    return ", ".join(f"'{value}'" for value in values)


job, events, *out = sys.argv[1:]
connection = duckdb.connect()
connection.execute("SET enable_progress_bar = false; SET preserve_insertion_order = false")
# An ENUM is read and compared faster than text.
connection.execute(f"CREATE TYPE code AS ENUM ({texts(CODES)})")
columns = "{'patient': 'VARCHAR', 'date': 'DATE', 'code': 'code', 'institution': 'VARCHAR'}"
csv = f"read_csv('{events}', header = true, auto_detect = false, delim = ',', quote = '', columns = {columns})"
source = f"read_parquet('{events}')" if events.endswith(".parquet") else csv

courses = f"""
SELECT patient,
  min(date) FILTER (code = 'A39A') AS a,
  min(date) FILTER (code = 'A39S') AS s,
  min(date) FILTER (code IN ({texts(DECISIONS)})) AS c,
  min(date) FILTER (code = 'A39CK') AS ck,
  min(date) FILTER (code IN ({texts(TREATMENTS)})) AS f,
  max(code) FILTER (code IN ({texts(TREATMENTS)})) AS treatment
FROM {source} WHERE date <= DATE '{AS_OF}' GROUP BY patient"""


def days(start, end, code):
    picked = f" AND treatment = '{code}'" if code else ""
    return f"CASE WHEN {end} >= {start}{picked} THEN {end} - {start} END"


if job == "count":
    # By interval and treating code: the treatments of an interval share one pass.
    intervals = {}
    for interval, _, start, end, code, limit in MEASURES:
        by = "treatment::VARCHAR" if code else "''"
        intervals[interval] = f"SELECT '{interval}', {by}, {end} - {start}, {limit} FROM courses"
    found = connection.execute(f"""
        WITH courses AS ({courses}),
            measured(interval, code, days, days_limit) AS ({" UNION ALL ".join(intervals.values())})
        SELECT interval, code, count(*), count(*) FILTER (days <= days_limit), quantile_disc(days, 0.5)
        FROM measured WHERE days >= 0 GROUP BY ALL""").fetchall()
    counts = {(interval, code): counts for interval, code, *counts in found}
    print_counts(counts.get((interval, code or ""), (0, 0, 0)) for interval, _, _, _, code, _ in MEASURES)
else:
    each = ", ".join(
        f'{days(start, end, code)} AS "{name(interval, treatment)}_days", '
        f'("{name(interval, treatment)}_days" <= {limit})::TINYINT AS "{name(interval, treatment)}_within"'
        for interval, treatment, start, end, code, limit in MEASURES
    )
    connection.execute(f"COPY (SELECT patient, {each} FROM ({courses})) TO '{out[0]}' (HEADER)")
