-- Undo the steps of the readings in `stale` and touch what hung together with them. Statements are parted by lines of dashes;
-- a unit's reading is `unit >> 20`.
INSERT INTO touched
SELECT b FROM edge WHERE score >= $enough AND (a >> 20) IN (FROM stale)
UNION SELECT a FROM edge WHERE score >= $enough AND (b >> 20) IN (FROM stale)
UNION SELECT other.unit FROM incident_unit AS mine JOIN incident_unit AS other USING (number)
      WHERE (mine.unit >> 20) IN (FROM stale);
--------
DELETE FROM edge WHERE (a >> 20) IN (FROM stale) OR (b >> 20) IN (FROM stale);
--------
DELETE FROM alike WHERE a IN (FROM stale) OR b IN (FROM stale);
--------
DELETE FROM unit WHERE seq IN (FROM stale);
--------
DELETE FROM covered WHERE seq IN (FROM stale);
--------
-- The marks and the outline of a reading that is still current stay right.
DELETE FROM mark WHERE seq IN (FROM stale) AND seq NOT IN (SELECT seq FROM received WHERE NOT withdrawn);
--------
DELETE FROM outline WHERE seq IN (FROM stale) AND seq NOT IN (SELECT seq FROM received WHERE NOT withdrawn);
