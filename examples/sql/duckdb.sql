-- A register's files as the tables that the emitted queries read.
CREATE OR REPLACE TABLE settings AS
SELECT DATE '2024-06-30' AS as_of;

CREATE OR REPLACE TABLE events AS
SELECT row_number() OVER () AS line, pasient AS patient, CAST(dato AS DATE) AS date, kode AS code,
  institusjon AS institution, forlop AS course
FROM read_csv('examples/net/hendelser.csv', all_varchar = true, parallel = false);

CREATE OR REPLACE TABLE facts AS
SELECT row_number() OVER () AS line, pasient AS patient, CAST(dato AS DATE) AS date, opplysning AS fact, verdi AS value
FROM read_csv('examples/net/opplysninger.csv', all_varchar = true, parallel = false);
