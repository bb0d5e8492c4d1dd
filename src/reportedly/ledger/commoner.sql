-- What follows where `common.sql` finds any. A word and the windows in which it marks are one by their first bits
-- (`mark >> $bits`). Comparisons that rest on marks that have become too frequent go; for those that have come back dispatches
-- have to be looked up again.
DELETE FROM common WHERE mark IN (FROM rarer);
--------
INSERT INTO common FROM commoner;
--------
-- What rests on marks that have just become too frequent is looked at mark by mark: joined in this order it stays small.
CREATE OR REPLACE TEMP TABLE posted AS SELECT seq, mark FROM mark SEMI JOIN commoner USING (mark);
--------
CREATE OR REPLACE TEMP TABLE shaken AS
SELECT DISTINCT a, b, cosine FROM (SELECT alike.*, mark FROM alike JOIN posted ON seq = a) AS s
SEMI JOIN posted AS p ON p.seq = s.b AND p.mark = s.mark;
--------
CREATE OR REPLACE TEMP TABLE marked AS
SELECT a, b, cosine, mark, meets FROM shaken JOIN mark ON seq = a WHERE mark NOT IN (FROM common);
--------
CREATE OR REPLACE TEMP TABLE lost AS
SELECT s.a, s.b FROM shaken AS s LEFT JOIN (
    SELECT m.a, m.b, bool_or(m.meets) AS met, count(DISTINCT m.mark >> $bits) FILTER (NOT m.meets) AS words
    FROM marked AS m SEMI JOIN mark AS n ON n.seq = m.b AND n.mark = m.mark GROUP BY m.a, m.b
) AS held USING (a, b)
WHERE NOT coalesce(met, false) AND (s.cosine < $worth OR coalesce(words, 0) < $shared);
--------
INSERT INTO touched SELECT unit FROM unit WHERE seq IN (SELECT a FROM lost UNION SELECT b FROM lost);
--------
DELETE FROM edge USING lost WHERE (edge.a >> 20) = lost.a AND (edge.b >> 20) = lost.b;
--------
DELETE FROM alike USING lost WHERE alike.a = lost.a AND alike.b = lost.b;