"""Makes the Parquet files beside it from examples/net: the same rows, as others write them. Needs requirements.txt."""

import csv
import datetime
import decimal
import pathlib

import duckdb
import polars
import pyarrow as pa
import pyarrow.parquet as pq

HERE = pathlib.Path(__file__).parent
NET = HERE / "../../examples/net"


def rows(name):
    with open(NET / name, encoding="utf-8") as file:
        return [{key: value or None for key, value in row.items()} for row in csv.DictReader(file)]


def day(row):
    return {**row, "dato": row["dato"] and datetime.date.fromisoformat(row["dato"])}


def moment(row):
    return {**row, "dato": datetime.datetime.combine(day(row)["dato"], datetime.time())}


events, facts = rows("hendelser.csv"), rows("opplysninger.csv")

for name in ["hendelser", "opplysninger"]:
    duckdb.sql(
        f"copy (select * replace (dato::date as dato) from read_csv('{NET / name}.csv', all_varchar = true))"
        f" to '{HERE / f'duckdb-{name}.parquet'}'"
    )
    polars.DataFrame([day(row) for row in rows(name + ".csv")], infer_schema_length=None).write_parquet(
        HERE / f"polars-{name}.parquet"
    )

text = pa.dictionary(pa.int32(), pa.string())
columns = [("pasient", pa.large_string()), ("dato", pa.timestamp("us")), ("kode", text), ("institusjon", text)]
pq.write_table(
    pa.Table.from_pylist([moment(row) for row in events], pa.schema(columns + [("forlop", pa.string())])),
    HERE / "pyarrow-hendelser.parquet",
    compression="gzip",
    data_page_version="2.0",
    row_group_size=50,
)
pq.write_table(
    pa.Table.from_pylist([day(row) for row in facts]), HERE / "pyarrow-opplysninger.parquet", compression="lz4"
)
pq.write_table(
    pa.Table.from_pylist([moment(row) for row in events], pa.schema([("dato", pa.timestamp("ns"))] + [
        (name, pa.string()) for name in ["institusjon", "kode", "pasient", "forlop"]
    ])),
    HERE / "int96-hendelser.parquet",
    use_deprecated_int96_timestamps=True,
    compression="zstd",
)

# Each type of value, as the text beside it.
values = {
    "heltall": (pa.int64(), [63, None, -7]),
    "uten-fortegn": (pa.uint32(), [63, None, 2**32 - 1]),
    "flyttall": (pa.float64(), [63.0, float("nan"), 0.25]),
    "desimaltall": (pa.decimal128(20, 2), [decimal.Decimal("63.00"), None, decimal.Decimal("-0.25")]),
    "sannhet": (pa.bool_(), [True, None, False]),
    "dag": (pa.date64(), [datetime.date(2024, 1, 2), None, datetime.date(1969, 12, 31)]),
    "tidspunkt": (pa.timestamp("ms"), [datetime.datetime(2024, 1, 2), None, datetime.datetime(1969, 12, 31, 23, 0, 1)]),
    "liste": (pa.list_(pa.string()), [["a"], None, []]),
    "klokkeslett": (pa.time32("s"), [datetime.time(1), None, datetime.time(2)]),
}
for name, (kind, column) in values.items():
    names = pa.array(["a", "b", "c"])
    fact = pa.array(["karsinom"] * 3)
    table = pa.table({"patient": names, "fact": fact, "value": pa.array(column, kind)})
    pq.write_table(table, HERE / f"verdi-{name}.parquet")
