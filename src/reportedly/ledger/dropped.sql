-- The incidents of `dropped` are no more. Statements are parted by lines of dashes.
DELETE FROM incident WHERE number IN (FROM dropped);
--------
DELETE FROM incident_unit WHERE number IN (FROM dropped);
--------
DELETE FROM incident_claim WHERE number IN (FROM dropped);
--------
DELETE FROM incident_voice WHERE number IN (FROM dropped);
--------
DELETE FROM incident_tie WHERE number IN (FROM dropped);
