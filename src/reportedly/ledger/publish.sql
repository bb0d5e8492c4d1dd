-- The staged incidents stand with those that people read; `sources.sql` then counts over their voices. Statements are parted
-- by lines of dashes.
INSERT INTO incident FROM staged_incident;
--------
INSERT INTO incident_unit FROM staged_incident_unit;
--------
INSERT INTO incident_claim FROM staged_incident_claim;
--------
INSERT INTO incident_voice FROM staged_incident_voice;
--------
INSERT INTO incident_tie FROM staged_incident_tie;
--------
DELETE FROM covered;
--------
INSERT INTO covered SELECT seq FROM received WHERE NOT withdrawn;
--------
DELETE FROM touched;
