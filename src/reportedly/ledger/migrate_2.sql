-- From version 2 to version 3: the times and places of a dispatch are kept too, how alike two units are is a whole
-- number, and it is kept which voice answers for a claim and of which source that is.
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

DELETE FROM incident;
DELETE FROM incident_unit;
DELETE FROM incident_voice;
DROP TABLE incident_claim;
CREATE TABLE incident_claim (
    number BIGINT NOT NULL, incident VARCHAR NOT NULL, seq BIGINT NOT NULL, claim VARCHAR NOT NULL, voice VARCHAR
);
CREATE TABLE known_as (name VARCHAR NOT NULL, source VARCHAR NOT NULL);
