-- The lists for the dispatches in `changed` (a column of ids), made anew from what was read of them. Statements are parted by
-- lines of dashes.
DELETE FROM told WHERE dispatch IN (SELECT id FROM changed);
--------
DELETE FROM received WHERE id IN (SELECT id FROM changed);
--------
INSERT INTO received BY NAME
SELECT d.seq, d.id, d.published, d.agency, d.title, d.revision AS version, d.withdrawn,
       (SELECT count(*) FROM claim WHERE claim.seq = d.seq) AS claims, changed.lineage
FROM (SELECT * FROM dispatch WHERE id IN (SELECT id FROM changed)
      QUALIFY row_number() OVER (PARTITION BY id ORDER BY rank DESC, withdrawn DESC, seq DESC) = 1) AS d
JOIN changed USING (id);
--------
INSERT INTO told BY NAME
SELECT c.seq, c.id, d.id AS dispatch, d.published, c."trigger"."start" AS "start", c.type, c.factuality,
       lower(coalesce(c.source.name, d.agency)) AS source, coalesce(c.source.kind, 'media') AS source_kind,
       lower(array_to_string(list_transform(list_concat(c.actors, c.recipients), lambda p: p.name), chr(10))) AS parties,
       lower(c.place.name) AS place, c.place.country AS country, c.place.lat AS lat, c.place.lon AS lon,
       lower(concat_ws(chr(10), concat(
           regexp_extract(substring(d.text, greatest(1, c.evidence."start" - 399), least(400, c.evidence."start")), '[^.!?\n]*$'),
           substring(d.text, c.evidence."start" + 1, c.evidence."end" - c.evidence."start"),
           regexp_extract(substring(d.text, c.evidence."end" + 1, 400), '^[^.!?\n]*')),
                       parties, place, c.origin.name, source)) AS words,
       c.place_from, c.when_from
FROM dispatch AS d JOIN received AS r USING (seq) JOIN claim AS c USING (seq)
WHERE r.id IN (SELECT id FROM changed) AND NOT r.withdrawn;
