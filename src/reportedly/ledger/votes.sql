-- Of which incidents the claims of each staged one were part: when they were last part of one, and before that (`past`);
-- `live` are ids of incidents that stay as they are.
WITH mine AS (SELECT s.number, b.id, b.n, max(b.n) OVER (PARTITION BY s.number, s.claim) AS latest
              FROM staged_incident_claim AS s JOIN bore AS b USING (claim)),
     aged AS (SELECT id, rowid AS age FROM named),
     live AS (SELECT id FROM incident WHERE number NOT IN (FROM dropped))
SELECT n < latest AS past, count(*) AS claims, any_value(age) AS age, id IN (FROM live) AS live, number, id
FROM mine JOIN aged USING (id) GROUP BY past, number, id;
