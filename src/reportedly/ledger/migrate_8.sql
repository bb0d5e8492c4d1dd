-- From version 8 to version 9: which incidents refer to another, and which campaigns stand behind one.
CREATE TABLE incident_tie (number BIGINT NOT NULL, seq BIGINT NOT NULL, claim VARCHAR NOT NULL, kind VARCHAR NOT NULL);
