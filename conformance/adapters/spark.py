"""Answers of a suite from Spark: python conformance/adapters/spark.py SUITE AS_OF FORLOP [--indicators]."""

import sql
from pyspark.sql import SparkSession
from pyspark.sql.functions import col, to_date


def run(suite, as_of, queries):
    builder = SparkSession.builder.master("local[*]").config("spark.sql.shuffle.partitions", "4")
    session = builder.config("spark.ui.enabled", "false").config("spark.log.level", "ERROR").getOrCreate()
    for table, columns in [("events", sql.EVENTS), ("facts", sql.FACTS)]:
        types = ", ".join("line BIGINT" if name == "line" else f"{name} STRING" for name in columns)
        read = session.createDataFrame(list(sql.rows(suite / f"{table}.csv", columns)), types)
        read.withColumn("date", to_date(col("date"))).cache().createOrReplaceTempView(table)
    session.sql(f"SELECT DATE '{as_of}' AS as_of").createOrReplaceTempView("settings")
    for query in queries:
        found = session.sql(query)
        yield found.columns, [tuple(row) for row in found.collect()]


sql.main("spark", run)
