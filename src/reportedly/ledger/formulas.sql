-- Shingles that have become formulas of an agency with the readings from `$first` on.
CREATE OR REPLACE TEMP TABLE crossed AS
SELECT shingle FROM sketch WHERE shingle IN (SELECT shingle FROM sketch WHERE seq >= $first) GROUP BY shingle
HAVING count(*) > $formula AND count(*) FILTER (seq < $first) <= $formula;
