-- The claims to judge next: the first claim of each voice on each incident that nobody has judged, by what speaks for it. The
-- filters of the list of claims stand where `/* filters */` does.
WITH open AS (
    SELECT seq, id, published, "start",
           coalesce(place_from IN ('carried', 'dateline'), false) AS place_doubt,
           coalesce(when_from IN ('carried', 'dateline'), false) AS when_doubt,
           factuality NOT IN ('CT+', 'CT-') AS doubt
    FROM told AS listed
    WHERE /* filters */ AND id NOT IN (SELECT a FROM current_judgement WHERE kind <> 'source')
), placed AS (
    SELECT open.*, i.dispatches, coalesce(i.disputes, 0) AS disputes
    FROM open JOIN incident_claim AS c ON c.seq = open.seq AND c.claim = open.id JOIN incident AS i USING (number)
    QUALIFY row_number() OVER (PARTITION BY i.number, c.voice ORDER BY open.published, open.seq, open."start", open.id) = 1
)
SELECT seq, id, disputes, dispatches, place_doubt, when_doubt, doubt FROM placed
ORDER BY 3 * least(disputes, 3) + least(dispatches, 5) + 2 * (place_doubt::INTEGER + when_doubt::INTEGER) + doubt::INTEGER DESC,
         published DESC NULLS LAST, seq, id
LIMIT ?
