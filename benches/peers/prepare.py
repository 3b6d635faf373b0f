"""`prepare.py SIMULATED COURSES SORTED SHUFFLED PARQUET`: the cohort that all agree on, from one that `forlop simulate` has made.

Patients with one opening code have one course, and with no more than one code for a decision and one for a treatment it does not
matter which of them is the first.
"""

import sys

import duckdb

from net import DECISIONS, TREATMENTS

simulated, courses, in_order, shuffled, parquet = sys.argv[1:]
connection = duckdb.connect()
connection.execute("SET enable_progress_bar = false")
columns = "{'patient': 'VARCHAR', 'date': 'DATE', 'code': 'VARCHAR', 'institution': 'VARCHAR'}"
text = f"read_csv('{simulated}', header = true, auto_detect = false, delim = ',', columns = {columns})"
connection.execute(f"""
    CREATE TABLE events AS SELECT * FROM {text} WHERE patient IN (
        SELECT patient FROM {text} GROUP BY patient
        HAVING count(*) FILTER (code = 'A39A') = 1 AND count(*) FILTER (code IN {tuple(DECISIONS)}) <= 1
            AND count(*) FILTER (code IN {tuple(TREATMENTS)}) <= 1
        ORDER BY patient LIMIT {courses})""")
[(found,)] = connection.execute("SELECT count(DISTINCT patient) FROM events").fetchall()
if found != int(courses):
    raise SystemExit(f"{found} plain courses, not {courses}")
connection.execute(f"COPY (SELECT * FROM events ORDER BY patient, date, rowid) TO '{in_order}' (HEADER)")
connection.execute(f"COPY (SELECT * FROM events ORDER BY patient, date, rowid) TO '{parquet}'")
connection.execute(f"COPY (SELECT * FROM events ORDER BY hash(rowid)) TO '{shuffled}' (HEADER)")
