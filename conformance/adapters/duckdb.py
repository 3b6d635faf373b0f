"""Answers of a suite from DuckDB: python conformance/adapters/duckdb.py SUITE AS_OF FORLOP [--indicators]."""

import importlib
import sys

import sql

# This file has the library's name: it must not find itself.
here = sys.path.pop(0)
duckdb = importlib.import_module("duckdb")
sys.path.insert(0, here)


def run(suite, as_of, queries):
    database = duckdb.connect()
    for table, types in [("events", "code TEXT, institution TEXT, course TEXT"), ("facts", "fact TEXT, value TEXT")]:
        database.execute(f"CREATE TABLE {table} (line BIGINT, patient TEXT, date DATE, {types})")
        # The reader skips no rows, so that row numbers are the order of the input.
        database.execute(
            f"INSERT INTO {table} SELECT row_number() OVER (), * FROM read_csv(?, all_varchar = true, header = true,"
            " delim = ',', quote = '\"', escape = '\"', parallel = false)",
            [str(suite / f"{table}.csv")],
        )
    database.execute("CREATE TABLE settings AS SELECT CAST(? AS DATE) AS as_of", [as_of])
    for query in queries:
        found = database.execute(query)
        yield [column[0] for column in found.description], found.fetchall()


sql.main("duckdb", run)
