-- The ledger, version 1. One file, append only: a row is never changed. What was read from a dispatch is kept under `seq`,
-- the number of that reading; a corrected or withdrawn dispatch is a further reading of the same `id`, and the views
-- show the latest. Offsets (`start`, `end`) are code points into `dispatch.text`, end exclusive. Dates are ISO 8601.

CREATE TABLE ledger (schema_version INTEGER NOT NULL, program VARCHAR NOT NULL);

-- What made a reading: program, parser, model with its digest, and the digest of the tables.
CREATE TABLE made_by (
    made_by INTEGER NOT NULL,
    reportedly VARCHAR, spacy VARCHAR, model VARCHAR, model_digest VARCHAR, tables VARCHAR
);

-- One reading of one received version of a dispatch. `digest` is of everything received, `rank` orders the versions of
-- one id (the publisher's version number where it gives one), `withdrawn` is set by a kill notice.
CREATE TABLE dispatch (
    seq BIGINT NOT NULL, id VARCHAR NOT NULL, digest VARCHAR NOT NULL, made_by INTEGER NOT NULL,
    rank BIGINT NOT NULL, revision INTEGER NOT NULL, withdrawn BOOLEAN NOT NULL,
    published VARCHAR, agency VARCHAR, title VARCHAR, lang VARCHAR,
    dateline STRUCT(place VARCHAR, date VARCHAR, span INTEGER[]),
    url VARCHAR, version VARCHAR, note VARCHAR, file VARCHAR,
    title_span INTEGER[], body_start INTEGER, text VARCHAR NOT NULL
);

CREATE TABLE claim (
    seq BIGINT NOT NULL, id VARCHAR NOT NULL,
    "trigger" STRUCT("start" INTEGER, "end" INTEGER, text VARCHAR),
    evidence STRUCT("start" INTEGER, "end" INTEGER),
    type VARCHAR NOT NULL, mode VARCHAR, cameo VARCHAR,
    factuality VARCHAR NOT NULL, modality VARCHAR,
    source STRUCT(name VARCHAR, kind VARCHAR, "start" INTEGER, "end" INTEGER),
    statement VARCHAR, chain VARCHAR[], channel VARCHAR, "to" VARCHAR, said VARCHAR,
    actors STRUCT(name VARCHAR, code VARCHAR, country VARCHAR, kind VARCHAR, "start" INTEGER, "end" INTEGER)[],
    recipients STRUCT(name VARCHAR, code VARCHAR, country VARCHAR, kind VARCHAR, "start" INTEGER, "end" INTEGER)[],
    place STRUCT("start" INTEGER, "end" INTEGER, text VARCHAR, name VARCHAR, kind VARCHAR, country VARCHAR,
                 admin1 VARCHAR, lat DOUBLE, lon DOUBLE, geonames INTEGER, demonym BOOLEAN),
    origin STRUCT("start" INTEGER, "end" INTEGER, text VARCHAR, name VARCHAR, kind VARCHAR, country VARCHAR,
                  admin1 VARCHAR, lat DOUBLE, lon DOUBLE, geonames INTEGER, demonym BOOLEAN),
    "begin" VARCHAR, end_date VARCHAR,
    means STRUCT(text VARCHAR, "start" INTEGER, "end" INTEGER)[],
    figures STRUCT(role VARCHAR, low BIGINT, high BIGINT, approx BOOLEAN, text VARCHAR, "start" INTEGER, "end" INTEGER,
                   "of" VARCHAR, part_of VARCHAR)[],
    incident VARCHAR
);

CREATE TABLE statement (
    seq BIGINT NOT NULL, id VARCHAR NOT NULL, source INTEGER[][], actor VARCHAR, kind VARCHAR,
    cue INTEGER[][], content INTEGER[][], mode VARCHAR, channel VARCHAR, "to" VARCHAR, said VARCHAR,
    parent VARCHAR, act VARCHAR
);

CREATE TABLE silence (
    seq BIGINT NOT NULL, source VARCHAR NOT NULL, about VARCHAR, "of" VARCHAR, "start" INTEGER, "end" INTEGER
);

CREATE TABLE actor (
    seq BIGINT NOT NULL, id VARCHAR NOT NULL, name VARCHAR, kind VARCHAR, role VARCHAR, country VARCHAR, code VARCHAR,
    mentions INTEGER[][]
);

-- Near copies. `sketch` is the sample of shingles by which copies are looked up, `copies` the pairs that were found
-- (a before b in order of arrival). Both follow from the texts and dates alone; `day` is 0 where there is no date.
CREATE TABLE sketch (seq BIGINT NOT NULL, day INTEGER, shingle UBIGINT NOT NULL);
CREATE TABLE copies (a BIGINT NOT NULL, b BIGINT NOT NULL);

-- What people decided; it stands above what the program thinks. `verdict` is same or different, of two names of sources.
CREATE TABLE judgement (a VARCHAR NOT NULL, verdict VARCHAR NOT NULL, b VARCHAR NOT NULL, "by" VARCHAR);

-- The merged view, computed from the rows above and thrown away whenever they grow; `merged` says up to which reading.
CREATE TABLE merged (seq BIGINT NOT NULL);
CREATE TABLE incident (
    id VARCHAR NOT NULL, type VARCHAR, standing VARCHAR, country VARCHAR, "begin" VARCHAR, end_date VARCHAR,
    record VARCHAR NOT NULL
);
CREATE TABLE incident_claim (incident VARCHAR NOT NULL, seq BIGINT NOT NULL, claim VARCHAR NOT NULL);
CREATE TABLE lineage (seq BIGINT NOT NULL, lineage VARCHAR NOT NULL, revision_of VARCHAR, new_facts BOOLEAN);

-- A kill notice stands unless a later numbered version follows it.
CREATE VIEW latest_dispatch AS
    SELECT * FROM dispatch QUALIFY row_number() OVER (PARTITION BY id ORDER BY rank DESC, withdrawn DESC, seq DESC) = 1;
CREATE VIEW current_dispatch AS SELECT * FROM latest_dispatch WHERE NOT withdrawn;
CREATE VIEW current_claim AS SELECT claim.* FROM claim JOIN current_dispatch USING (seq);
