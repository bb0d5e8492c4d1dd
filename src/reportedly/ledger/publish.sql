-- The staged incidents take the place of those in `dropped`; `sources.sql` then counts over their voices.
DELETE FROM incident WHERE number IN (FROM dropped);
--------
DELETE FROM incident_unit WHERE number IN (FROM dropped);
--------
DELETE FROM incident_claim WHERE number IN (FROM dropped);
--------
DELETE FROM incident_voice WHERE number IN (FROM dropped);
--------
DELETE FROM incident_tie WHERE number IN (FROM dropped);
--------
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
