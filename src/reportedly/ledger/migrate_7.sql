-- From version 7 to version 8: samples of claims with what was answered about them, and what is followed in feeds.
CREATE TABLE sample (
    name VARCHAR NOT NULL, seed BIGINT NOT NULL, "by" VARCHAR, filters VARCHAR NOT NULL, population BIGINT NOT NULL,
    "at" VARCHAR,
    PRIMARY KEY (name)
);
CREATE TABLE sample_claim (
    sample VARCHAR NOT NULL, place INTEGER NOT NULL, claim VARCHAR NOT NULL, seq BIGINT NOT NULL, type VARCHAR NOT NULL,
    weight DOUBLE NOT NULL
);
CREATE TABLE sample_answer (
    n BIGINT NOT NULL, sample VARCHAR NOT NULL, claim VARCHAR NOT NULL, field VARCHAR NOT NULL, verdict VARCHAR NOT NULL,
    "by" VARCHAR NOT NULL, "at" VARCHAR, note VARCHAR
);

CREATE TABLE feed (
    url VARCHAR NOT NULL, etag VARCHAR, modified VARCHAR, asked VARCHAR, failures INTEGER NOT NULL, again VARCHAR,
    PRIMARY KEY (url)
);
CREATE TABLE seen (item UBIGINT NOT NULL, content UBIGINT NOT NULL, day INTEGER NOT NULL, PRIMARY KEY (item));
