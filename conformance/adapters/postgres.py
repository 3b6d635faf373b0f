"""Answers of a suite from PostgreSQL: python conformance/adapters/postgres.py SUITE AS_OF FORLOP [--indicators].

The server is that of the libpq environment (PGHOST, PGPORT, PGUSER, PGDATABASE); all tables are temporary.
"""

import psycopg
import sql


def run(suite, as_of, queries):
    with psycopg.connect() as connection, connection.cursor() as cursor:
        # Compiling a query takes longer than running it on so few rows.
        cursor.execute("SET jit = off")
        cursor.execute("CREATE TEMP TABLE settings (as_of DATE)")
        cursor.execute("INSERT INTO settings VALUES (%s)", [as_of])
        for table, columns, types in [
            ("events", sql.EVENTS, "code TEXT, institution TEXT, course TEXT"),
            ("facts", sql.FACTS, "fact TEXT, value TEXT"),
        ]:
            cursor.execute(f"CREATE TEMP TABLE {table} (line BIGINT, patient TEXT, date DATE, {types})")
            with cursor.copy(f"COPY {table} FROM STDIN") as copy:
                for row in sql.rows(suite / f"{table}.csv", columns):
                    copy.write_row(row)
            cursor.execute(f"ANALYZE {table}")
        for query in queries:
            cursor.execute(query)
            yield [column.name for column in cursor.description], cursor.fetchall()


sql.main("postgres", run)
