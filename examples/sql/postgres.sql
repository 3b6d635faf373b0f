-- A register's files as the tables that the emitted queries read.
CREATE TABLE settings (as_of DATE);
INSERT INTO settings VALUES ('2024-06-30');

CREATE TABLE events (
  line BIGINT GENERATED ALWAYS AS IDENTITY, patient TEXT, date DATE, code TEXT, institution TEXT, course TEXT
);
\copy events (patient, date, code, institution, course) FROM 'examples/net/hendelser.csv' CSV HEADER

CREATE TABLE facts (line BIGINT GENERATED ALWAYS AS IDENTITY, patient TEXT, date DATE, fact TEXT, value TEXT);
\copy facts (patient, date, fact, value) FROM 'examples/net/opplysninger.csv' CSV HEADER
ANALYZE;
