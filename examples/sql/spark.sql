-- A register's files as the tables that the emitted queries read.
CREATE TABLE settings USING parquet AS
SELECT DATE '2024-06-30' AS as_of;

CREATE TEMPORARY VIEW event_rows USING csv OPTIONS (path 'examples/net/hendelser.csv', header true);
CREATE TABLE events USING parquet AS
SELECT monotonically_increasing_id() AS line, pasient AS patient, CAST(dato AS DATE) AS date, kode AS code,
  institusjon AS institution, forlop AS course
FROM event_rows;

CREATE TEMPORARY VIEW fact_rows USING csv OPTIONS (path 'examples/net/opplysninger.csv', header true);
CREATE TABLE facts USING parquet AS
SELECT monotonically_increasing_id() AS line, pasient AS patient, CAST(dato AS DATE) AS date, opplysning AS fact,
  verdi AS value
FROM fact_rows;
