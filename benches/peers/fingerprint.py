"""`fingerprint.py plain|wide|long FILE`: what measured intervals add up to, in any order of rows."""

import sys

import duckdb

from net import MEASURES, name

kind, file = sys.argv[1:]
STATUS = "CASE {} WHEN 'within' THEN 1 WHEN 'exceeded' THEN 0 END"
with open(file, encoding="utf-8") as opened:
    columns = opened.readline().rstrip().split(",")
texts = ", ".join(f"'{column}': 'VARCHAR'" for column in columns)
names = [name(interval, treatment) for interval, treatment, *_ in MEASURES]
if kind == "plain":
    parts = [f"""SELECT patient, '{each}' AS measure, "{each}_days" AS days, "{each}_within" AS within FROM answers""" for each in names]
elif kind == "wide":
    parts = [f"""SELECT patient, '{each}', "{each}_days", {STATUS.format(f'"{each}_status"')} FROM answers""" for each in names]
else:
    parts = [f"SELECT patient, concat_ws('_', interval, treatment), days, {STATUS.format('status')} FROM answers"]
print(duckdb.execute(f"""
    WITH answers AS (FROM read_csv('{file}', header = true, auto_detect = false, delim = ',', quote = '"', columns = {{{texts}}})),
        measured(patient, measure, days, within) AS ({" UNION ALL ".join(parts)})
    SELECT count(*), sum(hash(concat_ws('|', patient, measure, days, within))::HUGEINT) FROM measured WHERE within IS NOT NULL
""").fetchall())
