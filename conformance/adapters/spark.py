"""Answers of a suite from Spark: python conformance/adapters/spark.py SUITE AS_OF FORLOP [--indicators]."""

import sql
from pyspark.sql import SparkSession
from pyspark.sql.functions import col, to_date

SETTINGS = {
    "spark.ui.enabled": "false",
    # It would stand in the way of what is told on standard error.
    "spark.ui.showConsoleProgress": "false",
    # Planning, compiling and distributing take longer than computing on so few rows.
    "spark.sql.shuffle.partitions": "1",
    "spark.sql.adaptive.enabled": "false",
    "spark.sql.codegen.wholeStage": "false",
    "spark.sql.codegen.factoryMode": "NO_CODEGEN",
    "spark.driver.extraJavaOptions": "-XX:TieredStopAtLevel=1",
}


def run(suite, as_of, queries):
    builder = SparkSession.builder.master("local[1]").config("spark.log.level", "ERROR")
    for setting, value in SETTINGS.items():
        builder = builder.config(setting, value)
    session = builder.getOrCreate()
    for table, columns in [("events", sql.EVENTS), ("facts", sql.FACTS)]:
        types = ", ".join("line BIGINT" if name == "line" else f"{name} STRING" for name in columns)
        read = session.createDataFrame(list(sql.rows(suite / f"{table}.csv", columns)), types)
        read.withColumn("date", to_date(col("date"))).cache().createOrReplaceTempView(table)
    session.sql(f"SELECT DATE '{as_of}' AS as_of").createOrReplaceTempView("settings")
    for query in queries:
        found = session.sql(query)
        yield found.columns, [tuple(row) for row in found.collect()]


sql.main("spark", run)
