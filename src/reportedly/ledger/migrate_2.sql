-- From version 2 to version 3: the times and places of a dispatch are kept too, and how alike two units are is a whole number.
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
