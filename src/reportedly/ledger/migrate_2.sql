-- From version 2 to version 3: the times and places of a dispatch are kept too, how alike two units are is a whole
-- number, it is kept which voice answers for a claim and of which source that is, and incidents are kept as they are.
-- What was read before has neither until it is read anew; everything is merged anew.
CREATE TABLE time (
    seq BIGINT NOT NULL, "start" INTEGER, "end" INTEGER, text VARCHAR, type VARCHAR, value VARCHAR, mod VARCHAR,
    "begin" VARCHAR, end_date VARCHAR
);

CREATE TABLE place (
    seq BIGINT NOT NULL, "start" INTEGER, "end" INTEGER, text VARCHAR, name VARCHAR, kind VARCHAR, country VARCHAR,
    admin1 VARCHAR, lat DOUBLE, lon DOUBLE, geonames INTEGER, demonym BOOLEAN
);

DROP TABLE edge;
CREATE TABLE edge (a BIGINT NOT NULL, b BIGINT NOT NULL, score INTEGER NOT NULL);
DELETE FROM merged;

DROP TABLE incident;
CREATE TABLE incident (
    number BIGINT NOT NULL, id VARCHAR NOT NULL, type VARCHAR NOT NULL, standing VARCHAR NOT NULL, place VARCHAR,
    country VARCHAR, lat DOUBLE, lon DOUBLE, "begin" VARCHAR, end_date VARCHAR, claims INTEGER NOT NULL,
    dispatches INTEGER NOT NULL, parties VARCHAR NOT NULL, voices VARCHAR NOT NULL, kinds VARCHAR NOT NULL,
    words VARCHAR NOT NULL, record VARCHAR USING COMPRESSION uncompressed NOT NULL
);
DELETE FROM incident_unit;
DELETE FROM incident_voice;
DROP TABLE incident_claim;
CREATE TABLE incident_claim (
    number BIGINT NOT NULL, incident VARCHAR NOT NULL, seq BIGINT NOT NULL, claim VARCHAR NOT NULL, voice VARCHAR
);
CREATE TABLE known_as (name VARCHAR NOT NULL, source VARCHAR NOT NULL);
