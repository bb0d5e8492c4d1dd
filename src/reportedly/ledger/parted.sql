-- Pairs of copies that share nothing but what `formulas.sql` finds are none any more, whatever came first. Their lineages are
-- told anew by the next refresh. Statements are parted by lines of dashes.
CREATE OR REPLACE TEMP TABLE shaken AS
SELECT DISTINCT c.a, c.b FROM copies AS c JOIN sketch AS x ON x.seq = c.a JOIN sketch AS y ON y.seq = c.b AND y.shingle = x.shingle
WHERE x.shingle IN (FROM crossed);
--------
CREATE OR REPLACE TEMP TABLE shared AS
SELECT s.a, s.b, x.shingle FROM shaken AS s JOIN sketch AS x ON x.seq = s.a JOIN sketch AS y ON y.seq = s.b AND y.shingle = x.shingle;
--------
CREATE OR REPLACE TEMP TABLE parted AS
FROM shaken EXCEPT
SELECT a, b FROM shared WHERE shingle IN (
    SELECT shingle FROM sketch SEMI JOIN shared USING (shingle) GROUP BY shingle HAVING count(*) <= $formula
);
--------
DELETE FROM copies USING parted WHERE copies.a = parted.a AND copies.b = parted.b;
--------
CREATE OR REPLACE TEMP TABLE unsure AS
SELECT seq FROM lineage WHERE lineage IN (
    SELECT lineage FROM lineage WHERE seq IN (SELECT a FROM parted UNION SELECT b FROM parted)
);
--------
INSERT INTO touched SELECT unit FROM unit WHERE seq IN (FROM unsure);
--------
DELETE FROM lineage WHERE seq IN (FROM unsure);
