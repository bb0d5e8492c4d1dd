-- From version 6 to version 7: values that people correct and notes beside claims, and ids of incidents that are given once.
-- Incidents keep the ids that they have.
ALTER TABLE judgement ADD COLUMN field VARCHAR;
ALTER TABLE judgement ADD COLUMN value VARCHAR;
ALTER TABLE judgement ADD COLUMN meant VARCHAR;
ALTER TABLE judgement ADD COLUMN note VARCHAR;
CREATE OR REPLACE VIEW current_judgement AS
    SELECT * FROM judgement
    QUALIFY row_number() OVER (
        PARTITION BY kind, least(a, coalesce(b, a)), greatest(a, coalesce(b, a)), field,
                     CASE WHEN kind = 'note' THEN "by" END
        ORDER BY n DESC
    ) = 1 AND NOT undone;
CREATE TABLE named (id VARCHAR NOT NULL, now VARCHAR, PRIMARY KEY (id));
CREATE TABLE bore (claim VARCHAR NOT NULL, id VARCHAR NOT NULL, n BIGINT NOT NULL);
INSERT INTO named SELECT id, NULL FROM incident ORDER BY number;
INSERT INTO bore SELECT claim, incident, 1 FROM incident_claim;
