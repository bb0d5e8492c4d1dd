-- The database that `reportedly export --to sqlite` writes. Offsets are code points into dispatches.text, end exclusive;
-- dates are ISO 8601, countries ISO 3166-1 alpha-3; NULL means "not stated". Standing is of the incident, factuality of
-- the claim, in the mouth of its source.
PRAGMA page_size = 4096;
PRAGMA foreign_keys = ON;
PRAGMA journal_mode = OFF;

CREATE TABLE incidents (
    id TEXT PRIMARY KEY, type TEXT NOT NULL, actors TEXT, recipients TEXT,
    place TEXT, place_kind TEXT, country TEXT, lat REAL, lon REAL, "begin" TEXT, end_date TEXT,
    standing TEXT NOT NULL, reason TEXT NOT NULL,
    headline TEXT NOT NULL, formerly TEXT NOT NULL
);
CREATE TABLE dispatches (
    id TEXT PRIMARY KEY, lineage TEXT NOT NULL, published TEXT, agency TEXT, title TEXT, lang TEXT, url TEXT,
    text TEXT NOT NULL, made_by TEXT NOT NULL
);
CREATE TABLE claims (
    id TEXT PRIMARY KEY, incident TEXT NOT NULL REFERENCES incidents (id), dispatch TEXT NOT NULL REFERENCES dispatches (id),
    source TEXT, source_kind TEXT, source_start INTEGER, source_end INTEGER, source_text TEXT,
    chain TEXT, channel TEXT, "to" TEXT, said TEXT, factuality TEXT NOT NULL, modality TEXT,
    type TEXT NOT NULL, mode TEXT, cameo TEXT, "trigger" TEXT NOT NULL, trigger_start INTEGER NOT NULL, trigger_end INTEGER NOT NULL,
    evidence TEXT NOT NULL, evidence_start INTEGER NOT NULL, evidence_end INTEGER NOT NULL,
    place TEXT, place_kind TEXT, country TEXT, admin1 TEXT, lat REAL, lon REAL, geonames INTEGER, "begin" TEXT, end_date TEXT, judged TEXT,
    decided TEXT NOT NULL
);
CREATE TABLE parties (
    claim TEXT NOT NULL REFERENCES claims (id), slot TEXT NOT NULL CHECK (slot IN ('actor', 'recipient')),
    name TEXT NOT NULL, code TEXT, country TEXT, kind TEXT, "start" INTEGER NOT NULL, "end" INTEGER NOT NULL
);
CREATE TABLE figures (
    claim TEXT NOT NULL REFERENCES claims (id), role TEXT NOT NULL, low INTEGER, high INTEGER, approx INTEGER NOT NULL,
    "of" TEXT, part_of TEXT, text TEXT NOT NULL, "start" INTEGER NOT NULL, "end" INTEGER NOT NULL
);
CREATE TABLE means (
    claim TEXT NOT NULL REFERENCES claims (id), text TEXT NOT NULL, "start" INTEGER NOT NULL, "end" INTEGER NOT NULL
);
CREATE TABLE incident_figures (
    incident TEXT NOT NULL REFERENCES incidents (id), role TEXT NOT NULL, "of" TEXT, source TEXT NOT NULL,
    low INTEGER, high INTEGER, approx INTEGER NOT NULL, as_of TEXT, claim TEXT NOT NULL REFERENCES claims (id),
    replaced INTEGER NOT NULL
);
CREATE TABLE incident_sources (
    incident TEXT NOT NULL REFERENCES incidents (id), name TEXT NOT NULL, kind TEXT NOT NULL, names TEXT NOT NULL,
    says TEXT NOT NULL, independent_of TEXT NOT NULL, claims INTEGER NOT NULL
);
CREATE TABLE incident_silent (incident TEXT NOT NULL REFERENCES incidents (id), name TEXT NOT NULL);
CREATE INDEX claims_incident ON claims (incident);
CREATE INDEX claims_dispatch ON claims (dispatch);
CREATE INDEX parties_claim ON parties (claim);
CREATE INDEX figures_claim ON figures (claim);
CREATE INDEX incidents_begin ON incidents ("begin");
CREATE INDEX dispatches_lineage ON dispatches (lineage);
