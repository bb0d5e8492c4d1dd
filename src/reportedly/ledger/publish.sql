-- The staged incidents take the place of those in `dropped`.
DELETE FROM incident WHERE number IN (FROM dropped);
--------
DELETE FROM incident_unit WHERE number IN (FROM dropped);
--------
DELETE FROM incident_claim WHERE number IN (FROM dropped);
--------
DELETE FROM incident_voice WHERE number IN (FROM dropped);
--------
INSERT INTO incident FROM staged_incident;
--------
INSERT INTO incident_unit FROM staged_incident_unit;
--------
INSERT INTO incident_claim FROM staged_incident_claim;
--------
INSERT INTO incident_voice FROM staged_incident_voice;
--------
DELETE FROM source;
--------
INSERT INTO source BY NAME
WITH kinds AS (SELECT name, arg_max(kind, (claims, kind)) AS kind
               FROM (SELECT name, kind, sum(claims) AS claims FROM incident_voice GROUP BY name, kind) GROUP BY name),
     called AS (SELECT name, list(called ORDER BY called) AS names
                FROM (SELECT DISTINCT name, unnest(names) AS called FROM incident_voice) GROUP BY name),
     heard AS (SELECT name, count(DISTINCT dispatch) AS dispatches
               FROM (SELECT name, unnest(dispatches) AS dispatch FROM incident_voice) GROUP BY name),
     told AS (SELECT name, sum(claims) AS claims, count(*) AS incidents, count(*) FILTER (denies) AS denials,
                     min(day) AS first, max(day) AS last FROM incident_voice GROUP BY name)
SELECT name, kind, names, claims, dispatches, incidents, denials, first, last
FROM told JOIN kinds USING (name) JOIN called USING (name) JOIN heard USING (name);
--------
DELETE FROM covered;
--------
INSERT INTO covered SELECT seq FROM received WHERE NOT withdrawn;
--------
DELETE FROM touched;
