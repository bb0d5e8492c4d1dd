-- The ledger, version 9. One file. What was read and what people decided is append only: a row is never changed. What
-- was read from a dispatch is kept under `seq`, the number of that reading; a corrected or withdrawn dispatch is a further
-- reading of the same `id`, and the views show the latest. Everything else follows from those rows and can be made again.
-- Offsets (`start`, `end`) are code points into `dispatch.text`, end exclusive. Dates are ISO 8601.

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
    title_span INTEGER[], body_start INTEGER, text VARCHAR NOT NULL,
    PRIMARY KEY (seq)
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
    incident VARCHAR, place_from VARCHAR, when_from VARCHAR,
    earlier STRUCT(role VARCHAR, low BIGINT, high BIGINT, approx BOOLEAN, text VARCHAR, "start" INTEGER, "end" INTEGER,
                   "of" VARCHAR, part_of VARCHAR)[]
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

CREATE TABLE time (
    seq BIGINT NOT NULL, "start" INTEGER, "end" INTEGER, text VARCHAR, type VARCHAR, value VARCHAR, mod VARCHAR,
    "begin" VARCHAR, end_date VARCHAR
);

CREATE TABLE place (
    seq BIGINT NOT NULL, "start" INTEGER, "end" INTEGER, text VARCHAR, name VARCHAR, kind VARCHAR, country VARCHAR,
    admin1 VARCHAR, lat DOUBLE, lon DOUBLE, geonames INTEGER, demonym BOOLEAN
);

-- Near copies. `sketch` is the sample of shingles by which copies are looked up, `copies` the pairs that were found
-- (a before b in order of arrival). Both follow from the texts and dates alone; `day` is 0 where there is no date.
CREATE TABLE sketch (seq BIGINT NOT NULL, day INTEGER, shingle UBIGINT NOT NULL);
CREATE TABLE copies (a BIGINT NOT NULL, b BIGINT NOT NULL, PRIMARY KEY (a, b));

-- What people decided, in order of `n`; it stands above what the program thinks. `kind` says what `a` and `b` are: names of
-- sources for "source" (same, different), ids of claims for "incident" (same, different: an incident is meant by its
-- first claim) and for "claim" (right, wrong; `b` is empty); a "correction" puts `value`, as the person wrote it, in the
-- place of what was read in a `field` of claim `a`, and `meant` is what that sets in the claim, as JSON; a "note" is
-- what somebody wrote beside a claim, and every other judgement may have one. The last row about a pair (and field;
-- of a note: and person) counts; one with `undone` takes the earlier judgement back.
CREATE TABLE judgement (
    n BIGINT NOT NULL, kind VARCHAR NOT NULL, a VARCHAR NOT NULL, verdict VARCHAR NOT NULL, b VARCHAR,
    "by" VARCHAR, "at" VARCHAR, undone BOOLEAN NOT NULL, field VARCHAR, value VARCHAR, meant VARCHAR, note VARCHAR
);

-- The names of incidents, given once and kept. `named`: every id that an incident ever bore, in the order in which they were
-- given; `now` is the id of the one that it became part of. `bore`: of which incidents a claim was part, the latest with
-- the highest `n`.
CREATE TABLE named (id VARCHAR NOT NULL, now VARCHAR, PRIMARY KEY (id));
CREATE TABLE bore (claim VARCHAR NOT NULL, id VARCHAR NOT NULL, n BIGINT NOT NULL);

-- Lists, kept with every batch: the latest reading of each dispatch (`lineage` is its own, where it has no copies), and its
-- claims with what they are filtered by (in lower case where parts of names are looked for).
CREATE TABLE received (
    seq BIGINT NOT NULL, id VARCHAR NOT NULL, published VARCHAR, agency VARCHAR, title VARCHAR, version INTEGER NOT NULL,
    withdrawn BOOLEAN NOT NULL, claims INTEGER NOT NULL, lineage VARCHAR NOT NULL,
    PRIMARY KEY (seq), UNIQUE (id)
);
CREATE TABLE told (
    seq BIGINT NOT NULL, id VARCHAR NOT NULL, dispatch VARCHAR NOT NULL, published VARCHAR, "start" INTEGER NOT NULL,
    type VARCHAR NOT NULL, factuality VARCHAR NOT NULL, source VARCHAR, source_kind VARCHAR,
    parties VARCHAR NOT NULL, place VARCHAR, country VARCHAR, lat DOUBLE, lon DOUBLE, words VARCHAR NOT NULL,
    place_from VARCHAR, when_from VARCHAR
);

-- Merging, step by step; what is new is added to each of these and nothing else is looked at again.
-- `merged`: the rules that made the rest. `reference`, `seen_in`: the dispatches by which words are weighed, and in how many
-- of them each stands. `mark`: the heaviest words of a dispatch, alone and within windows of days, by which others like it are looked up, and where and when
-- its units can meet others (`meets`); `common`: marks too frequent to be looked up by. `alike`: dispatches worth comparing (the smaller id first). `unit`: the claims of one dispatch about one happening, whose reading is `unit >> 20`; `edge`: how alike two
-- are, in millionths. `touched`: units whose incidents have to be made anew. `covered`: readings that the incidents hold.
CREATE TABLE merged (rules VARCHAR NOT NULL, judged BIGINT NOT NULL);
CREATE TABLE reference (seq BIGINT NOT NULL);
CREATE TABLE seen_in (word VARCHAR NOT NULL, dispatches INTEGER NOT NULL);
CREATE TABLE mark (seq BIGINT NOT NULL, mark UBIGINT NOT NULL, meets BOOLEAN NOT NULL);
CREATE TABLE outline (seq BIGINT NOT NULL, outline BLOB NOT NULL, told BLOB NOT NULL, PRIMARY KEY (seq));
CREATE TABLE common (mark UBIGINT NOT NULL);
CREATE TABLE alike (a BIGINT NOT NULL, b BIGINT NOT NULL, cosine DOUBLE NOT NULL, PRIMARY KEY (a, b));
CREATE TABLE unit (unit BIGINT NOT NULL, seq BIGINT NOT NULL, key VARCHAR NOT NULL, claims VARCHAR[] NOT NULL, host BIGINT, PRIMARY KEY (unit));
CREATE TABLE edge (a BIGINT NOT NULL, b BIGINT NOT NULL, score INTEGER NOT NULL, PRIMARY KEY (a, b));
CREATE TABLE touched (unit BIGINT NOT NULL);
CREATE TABLE covered (seq BIGINT NOT NULL);

-- What people read. `number` names an incident inside this file; `record` is the whole of it as JSON (stored as it is: packed
-- together, one could only be read with thousands of others), the other columns are what it is filtered and put in order by: `toll`
-- is the largest number of killed that a voice gives, `disputes` how many questions are contested, `arrived` the first reading of
-- what came last. `voice` is who answers
-- for a claim there; a row of `incident_tie` says that it refers to the incident of a claim (`kind` is linked) or has that one for
-- its background; `known_as` says of which source each of these names is. `lineage` holds dispatches that have copies,
-- `publisher` is the first of the lineage's.
CREATE TABLE incident (
    number BIGINT NOT NULL, id VARCHAR NOT NULL, type VARCHAR NOT NULL, standing VARCHAR NOT NULL, place VARCHAR,
    country VARCHAR, lat DOUBLE, lon DOUBLE, "begin" VARCHAR, end_date VARCHAR, claims INTEGER NOT NULL,
    dispatches INTEGER NOT NULL, parties VARCHAR NOT NULL, voices VARCHAR NOT NULL, kinds VARCHAR NOT NULL,
    words VARCHAR NOT NULL, record VARCHAR USING COMPRESSION uncompressed NOT NULL, voice_count INTEGER, toll BIGINT,
    disputes INTEGER, arrived BIGINT,
    PRIMARY KEY (number), UNIQUE (id)
);
CREATE TABLE incident_unit (number BIGINT NOT NULL, unit BIGINT NOT NULL, PRIMARY KEY (unit));
CREATE TABLE incident_claim (
    number BIGINT NOT NULL, incident VARCHAR NOT NULL, seq BIGINT NOT NULL, claim VARCHAR NOT NULL, voice VARCHAR
);
CREATE TABLE incident_voice (
    number BIGINT NOT NULL, name VARCHAR NOT NULL, kind VARCHAR NOT NULL, names VARCHAR[] NOT NULL, claims INTEGER NOT NULL,
    dispatches VARCHAR[] NOT NULL, denies BOOLEAN NOT NULL, day VARCHAR
);
CREATE TABLE incident_tie (number BIGINT NOT NULL, seq BIGINT NOT NULL, claim VARCHAR NOT NULL, kind VARCHAR NOT NULL);
CREATE TABLE known_as (name VARCHAR NOT NULL, source VARCHAR NOT NULL);
CREATE TABLE source (
    name VARCHAR NOT NULL, kind VARCHAR NOT NULL, names VARCHAR[] NOT NULL, claims INTEGER NOT NULL,
    dispatches INTEGER NOT NULL, incidents INTEGER NOT NULL, denials INTEGER NOT NULL, first VARCHAR, last VARCHAR
);
CREATE TABLE lineage (
    seq BIGINT NOT NULL, lineage VARCHAR NOT NULL, revision_of VARCHAR, new_facts BOOLEAN, publisher VARCHAR,
    PRIMARY KEY (seq)
);

-- A kill notice stands unless a later numbered version follows it.
CREATE VIEW latest_dispatch AS
    SELECT * FROM dispatch QUALIFY row_number() OVER (PARTITION BY id ORDER BY rank DESC, withdrawn DESC, seq DESC) = 1;
CREATE VIEW current_dispatch AS SELECT * FROM latest_dispatch WHERE NOT withdrawn;
CREATE VIEW current_claim AS SELECT claim.* FROM claim JOIN current_dispatch USING (seq);

CREATE VIEW current_judgement AS
    SELECT * FROM judgement
    QUALIFY row_number() OVER (
        PARTITION BY kind, least(a, coalesce(b, a)), greatest(a, coalesce(b, a)), field,
                     CASE WHEN kind = 'note' THEN "by" END
        ORDER BY n DESC
    ) = 1 AND NOT undone;

-- Samples of claims, and what people answered about them. `seed` and `filters` (JSON) draw a sample again from `population`
-- claims; `weight` is for how many claims a drawn one stands. `sample_answer` is append only: the last word of each judge
-- (`by`) on a field of a claim counts.
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

-- What was seen of feeds that are followed: `feed` is what each address said when it was last asked (`etag`, `modified`), how
-- often it failed since and when it may be asked again; `seen` are the items that were taken, by a digest of their id,
-- with one of what they said, and the day when a feed showed them last.
CREATE TABLE feed (
    url VARCHAR NOT NULL, etag VARCHAR, modified VARCHAR, asked VARCHAR, failures INTEGER NOT NULL, again VARCHAR,
    PRIMARY KEY (url)
);
CREATE TABLE seen (item UBIGINT NOT NULL, content UBIGINT NOT NULL, day INTEGER NOT NULL, PRIMARY KEY (item));
