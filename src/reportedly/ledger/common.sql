-- Which marks are too frequent to look dispatches up by, now that some came or went. Comparisons that rest on marks that have
-- become too frequent go; `rarer` are marks that have come back, for which dispatches have to be looked up again.
CREATE OR REPLACE TEMP TABLE frequent AS SELECT mark FROM mark GROUP BY mark HAVING count(*) > $most;
--------
CREATE OR REPLACE TEMP TABLE commoner AS FROM frequent WHERE mark NOT IN (FROM common);
--------
CREATE OR REPLACE TEMP TABLE rarer AS FROM common WHERE mark NOT IN (FROM frequent);
--------
DELETE FROM common WHERE mark IN (FROM rarer);
--------
INSERT INTO common FROM commoner;
--------
CREATE OR REPLACE TEMP TABLE lost AS
WITH shaken AS (
    SELECT DISTINCT alike.a, alike.b, cosine FROM alike
    JOIN mark AS m ON m.seq = alike.a JOIN mark AS n ON n.seq = alike.b AND n.mark = m.mark
    WHERE m.mark IN (FROM commoner)
), held AS (
    SELECT s.a, s.b, cosine, NOT m.meets AS word, m.mark NOT IN (FROM common) AS counts
    FROM shaken AS s JOIN mark AS m ON m.seq = s.a JOIN mark AS n ON n.seq = s.b AND n.mark = m.mark
)
SELECT a, b FROM held GROUP BY a, b, cosine
HAVING NOT bool_or(counts AND NOT word)
   AND (cosine < $worth OR count(*) FILTER (counts AND word) < $shared);
--------
INSERT INTO touched SELECT unit FROM unit WHERE seq IN (SELECT a FROM lost UNION SELECT b FROM lost);
--------
DELETE FROM edge USING lost WHERE (edge.a >> 20) = lost.a AND (edge.b >> 20) = lost.b;
--------
DELETE FROM alike USING lost WHERE alike.a = lost.a AND alike.b = lost.b;
