-- From version 3 to version 4: keys, so that no incident and no pair can be kept twice, whoever writes. What was read and what
-- people decided stays as it is; everything is listed and merged anew.
ALTER TABLE dispatch ADD PRIMARY KEY (seq);

ALTER TABLE copies RENAME TO copies_3;
CREATE TABLE copies (a BIGINT NOT NULL, b BIGINT NOT NULL, PRIMARY KEY (a, b));
INSERT INTO copies SELECT DISTINCT a, b FROM copies_3;
DROP TABLE copies_3;

DROP TABLE received;
CREATE TABLE received (
    seq BIGINT NOT NULL, id VARCHAR NOT NULL, published VARCHAR, agency VARCHAR, title VARCHAR, version INTEGER NOT NULL,
    withdrawn BOOLEAN NOT NULL, claims INTEGER NOT NULL, lineage VARCHAR NOT NULL,
    PRIMARY KEY (seq), UNIQUE (id)
);

DROP TABLE alike;
CREATE TABLE alike (a BIGINT NOT NULL, b BIGINT NOT NULL, cosine DOUBLE NOT NULL, PRIMARY KEY (a, b));

DROP TABLE unit;
CREATE TABLE unit (unit BIGINT NOT NULL, seq BIGINT NOT NULL, key VARCHAR NOT NULL, claims VARCHAR[] NOT NULL, host BIGINT, PRIMARY KEY (unit));

DROP TABLE edge;
CREATE TABLE edge (a BIGINT NOT NULL, b BIGINT NOT NULL, score INTEGER NOT NULL, PRIMARY KEY (a, b));

DROP TABLE incident;
CREATE TABLE incident (
    number BIGINT NOT NULL, id VARCHAR NOT NULL, type VARCHAR NOT NULL, standing VARCHAR NOT NULL, place VARCHAR,
    country VARCHAR, lat DOUBLE, lon DOUBLE, "begin" VARCHAR, end_date VARCHAR, claims INTEGER NOT NULL,
    dispatches INTEGER NOT NULL, parties VARCHAR NOT NULL, voices VARCHAR NOT NULL, kinds VARCHAR NOT NULL,
    words VARCHAR NOT NULL, record VARCHAR USING COMPRESSION uncompressed NOT NULL,
    PRIMARY KEY (number), UNIQUE (id)
);

DROP TABLE incident_unit;
CREATE TABLE incident_unit (number BIGINT NOT NULL, unit BIGINT NOT NULL, PRIMARY KEY (unit));

DROP TABLE incident_claim;
CREATE TABLE incident_claim (
    number BIGINT NOT NULL, incident VARCHAR NOT NULL, seq BIGINT NOT NULL, claim VARCHAR NOT NULL, voice VARCHAR
);

DROP TABLE lineage;
CREATE TABLE lineage (
    seq BIGINT NOT NULL, lineage VARCHAR NOT NULL, revision_of VARCHAR, new_facts BOOLEAN, publisher VARCHAR,
    PRIMARY KEY (seq)
);

DELETE FROM told;
DELETE FROM incident_voice;
DELETE FROM merged;
