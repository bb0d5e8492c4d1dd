-- The list of sources, counted over the voices of all incidents; `known_as` says which of them are one.
CREATE OR REPLACE TEMP TABLE heard AS SELECT known_as.source, v.* FROM incident_voice AS v JOIN known_as USING (name);
--------
DELETE FROM source;
--------
INSERT INTO source BY NAME
WITH kinds AS (SELECT source, arg_max(kind, (claims, kind)) AS kind
               FROM (SELECT source, kind, sum(claims) AS claims FROM heard GROUP BY source, kind) GROUP BY source),
     called AS (SELECT source, list(called ORDER BY called) AS names
                FROM (SELECT source, unnest(names) AS called FROM heard UNION SELECT source, name FROM heard WHERE name <> source)
                GROUP BY source),
     told AS (SELECT source, count(DISTINCT dispatch) AS dispatches
              FROM (SELECT source, unnest(dispatches) AS dispatch FROM heard) GROUP BY source),
     counted AS (SELECT source, sum(claims) AS claims, count(DISTINCT number) AS incidents,
                        count(DISTINCT number) FILTER (denies) AS denials, min(day) AS first, max(day) AS last
                 FROM heard GROUP BY source)
SELECT source AS name, kind, names, claims, dispatches, incidents, denials, first, last
FROM counted JOIN kinds USING (source) JOIN called USING (source) JOIN told USING (source);
--------
DROP TABLE heard;
