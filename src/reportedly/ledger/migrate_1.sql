-- From version 1 to version 2: judgements of more than sources, lists, and merging step by step. What was read stays as it is.
DROP TABLE merged;
DROP TABLE incident;
DROP TABLE incident_claim;
DROP TABLE lineage;
ALTER TABLE judgement RENAME TO judgement_1;

-- What people decided, in order of `n`; it stands above what the program thinks. `kind` says what `a` and `b` are: names of
-- sources for "source" (same, different), ids of claims for "incident" (same, different: an incident is meant by its
-- first claim, since its own id changes with what it holds) and for "claim" (right, wrong; `b` is empty). The last row
-- about a pair counts; one with `undone` takes the pair's earlier judgement back.
CREATE TABLE judgement (
    n BIGINT NOT NULL, kind VARCHAR NOT NULL, a VARCHAR NOT NULL, verdict VARCHAR NOT NULL, b VARCHAR,
    "by" VARCHAR, "at" VARCHAR, undone BOOLEAN NOT NULL
);

INSERT INTO judgement
    SELECT row_number() OVER (), 'source', a, verdict, b, "by", NULL, false FROM judgement_1;
DROP TABLE judgement_1;

-- Lists, kept with every batch: the latest reading of each dispatch (`lineage` is its own, where it has no copies), and its
-- claims with what they are filtered by (in lower case where parts of names are looked for).
CREATE TABLE received (
    seq BIGINT NOT NULL, id VARCHAR NOT NULL, published VARCHAR, agency VARCHAR, title VARCHAR, version INTEGER NOT NULL,
    withdrawn BOOLEAN NOT NULL, claims INTEGER NOT NULL, lineage VARCHAR NOT NULL
);
CREATE TABLE told (
    seq BIGINT NOT NULL, id VARCHAR NOT NULL, dispatch VARCHAR NOT NULL, published VARCHAR, "start" INTEGER NOT NULL,
    type VARCHAR NOT NULL, factuality VARCHAR NOT NULL, source VARCHAR, source_kind VARCHAR,
    parties VARCHAR NOT NULL, place VARCHAR, country VARCHAR, lat DOUBLE, lon DOUBLE, words VARCHAR NOT NULL
);

-- Merging, step by step; what is new is added to each of these and nothing else is looked at again.
-- `merged`: the rules that made the rest. `reference`, `seen_in`: the dispatches by which words are weighed, and in how many
-- of them each stands. `mark`: the heaviest words of a dispatch, by which others like it are looked up, and where and when
-- its units can meet others (`meets`); `common`: marks too frequent to be looked up by. `alike`: dispatches worth comparing (the smaller id first). `unit`: the claims of one dispatch about one happening, whose reading is `unit >> 20`; `edge`: how alike two
-- are, in millionths. `touched`: units whose incidents have to be made anew. `covered`: readings that the incidents hold.
CREATE TABLE merged (rules VARCHAR NOT NULL, judged BIGINT NOT NULL);
CREATE TABLE reference (seq BIGINT NOT NULL);
CREATE TABLE seen_in (word VARCHAR NOT NULL, dispatches INTEGER NOT NULL);
CREATE TABLE mark (seq BIGINT NOT NULL, mark UBIGINT NOT NULL, meets BOOLEAN NOT NULL);
CREATE TABLE common (mark UBIGINT NOT NULL);
CREATE TABLE alike (a BIGINT NOT NULL, b BIGINT NOT NULL, cosine DOUBLE NOT NULL);
CREATE TABLE unit (unit BIGINT NOT NULL, seq BIGINT NOT NULL, key VARCHAR NOT NULL, claims VARCHAR[] NOT NULL, host BIGINT);
CREATE TABLE edge (a BIGINT NOT NULL, b BIGINT NOT NULL, score DOUBLE NOT NULL);
CREATE TABLE touched (unit BIGINT NOT NULL);
CREATE TABLE covered (seq BIGINT NOT NULL);

-- What people read. `number` names an incident inside this file; `record` is the whole of it as JSON, the other columns
-- are what it is filtered by. `lineage` holds dispatches that have copies, `publisher` is the first of the lineage's.
CREATE TABLE incident (
    number BIGINT NOT NULL, id VARCHAR NOT NULL, type VARCHAR NOT NULL, standing VARCHAR NOT NULL, place VARCHAR,
    country VARCHAR, lat DOUBLE, lon DOUBLE, "begin" VARCHAR, end_date VARCHAR, claims INTEGER NOT NULL,
    dispatches INTEGER NOT NULL, parties VARCHAR NOT NULL, voices VARCHAR NOT NULL, kinds VARCHAR NOT NULL,
    words VARCHAR NOT NULL, record VARCHAR NOT NULL
);
CREATE TABLE incident_unit (number BIGINT NOT NULL, unit BIGINT NOT NULL);
CREATE TABLE incident_claim (number BIGINT NOT NULL, incident VARCHAR NOT NULL, seq BIGINT NOT NULL, claim VARCHAR NOT NULL);
CREATE TABLE incident_voice (
    number BIGINT NOT NULL, name VARCHAR NOT NULL, kind VARCHAR NOT NULL, names VARCHAR[] NOT NULL, claims INTEGER NOT NULL,
    dispatches VARCHAR[] NOT NULL, denies BOOLEAN NOT NULL, day VARCHAR
);
CREATE TABLE source (
    name VARCHAR NOT NULL, kind VARCHAR NOT NULL, names VARCHAR[] NOT NULL, claims INTEGER NOT NULL,
    dispatches INTEGER NOT NULL, incidents INTEGER NOT NULL, denials INTEGER NOT NULL, first VARCHAR, last VARCHAR
);
CREATE TABLE lineage (
    seq BIGINT NOT NULL, lineage VARCHAR NOT NULL, revision_of VARCHAR, new_facts BOOLEAN, publisher VARCHAR
);

CREATE VIEW current_judgement AS
    SELECT * FROM judgement
    QUALIFY row_number() OVER (PARTITION BY kind, least(a, coalesce(b, a)), greatest(a, coalesce(b, a)) ORDER BY n DESC) = 1
        AND NOT undone;
