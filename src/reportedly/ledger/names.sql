-- The staged incidents under the names in `naming`; ids in `onward` lead to the incident that holds what they held.
UPDATE staged_incident SET id = naming.id FROM naming WHERE naming.number = staged_incident.number AND staged_incident.id <> naming.id;
--------
UPDATE staged_incident_claim SET incident = naming.id FROM naming
WHERE naming.number = staged_incident_claim.number AND staged_incident_claim.incident <> naming.id;
--------
UPDATE named SET now = NULL WHERE now IS NOT NULL AND id IN (SELECT id FROM naming);
--------
UPDATE named SET now = onward.now FROM onward WHERE named.id = onward.id;
--------
-- What led to an incident that has itself become part of another leads there.
UPDATE named SET now = onward.now FROM onward WHERE named.now = onward.id;
--------
-- Where the same claims are named the same, nothing new is to be remembered.
INSERT INTO bore
SELECT s.claim, s.incident, (SELECT coalesce(max(n), 0) + 1 FROM bore)
FROM staged_incident_claim AS s
LEFT JOIN (SELECT claim, arg_max(id, n) AS id FROM bore GROUP BY claim) AS last USING (claim)
WHERE last.id IS DISTINCT FROM s.incident;
