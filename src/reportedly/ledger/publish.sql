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
INSERT INTO source
WITH kinds AS (SELECT name, kind, sum(claims) AS claims FROM incident_voice GROUP BY name, kind),
     heard AS (SELECT name, list_sort(list_distinct(flatten(list(dispatches)))) AS dispatches FROM incident_voice GROUP BY name)
SELECT v.name, (SELECT arg_max(kind, (k.claims, kind)) FROM kinds AS k WHERE k.name = v.name) AS kind,
       list_sort(list_distinct(flatten(list(v.names)))) AS names, sum(v.claims) AS claims,
       len(any_value(h.dispatches)) AS dispatches, count(*) AS incidents, count(*) FILTER (v.denies) AS denials,
       min(v.day) AS first, max(v.day) AS last
FROM incident_voice AS v JOIN heard AS h USING (name) GROUP BY v.name;
--------
DELETE FROM covered;
--------
INSERT INTO covered SELECT seq FROM received WHERE NOT withdrawn;
--------
DELETE FROM touched;
