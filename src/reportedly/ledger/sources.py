"""Which of the names under which incidents know their voices mean one source.

Conservative, as ``voices`` is inside an incident: names of the same telling words are one ("Sudan's army", "the army
of Sudan"), and a name that stands alone in one incident is the voice that it was seen to mean in another, where it was
never seen to mean a second and is long enough, or an acronym of it. What people judged stands above both.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

import duckdb
import msgspec
import pyarrow as pa

from reportedly.incidents.lineage import groups
from reportedly.incidents.names import is_acronym, is_generic, telling_words
from reportedly.incidents.voices import Judgement
from reportedly.knowledge.load import Knowledge
from reportedly.ledger.rows import insert_columns

# A name of fewer telling words may be anybody's.
LONG_ENOUGH = 2


class KnownVoice(msgspec.Struct, frozen=True):
    """A voice as incidents know it: its claims over all of them, and what else it is called there."""

    name: str
    claims: int
    called: tuple[str, ...]


def update(con: duckdb.DuckDBPyConnection, judgements: Sequence[Judgement], knowledge: Knowledge) -> None:
    """Bring ``known_as`` up to date with the voices of the incidents."""
    known = [KnownVoice(name, claims, tuple(called)) for name, claims, called in con.execute(_KNOWN).fetchall()]
    found = one_source(known, judgements, knowledge)
    con.execute("DELETE FROM known_as")
    columns = {"name": pa.array(list(found), pa.string()), "source": pa.array(list(found.values()), pa.string())}
    insert_columns(con, "known_as", columns)


_KNOWN = """
WITH called AS (SELECT DISTINCT name, unnest(names) AS called FROM incident_voice),
     gathered AS (SELECT name, list(called ORDER BY called) AS called FROM called GROUP BY name)
SELECT name, sum(claims)::BIGINT, any_value(gathered.called)
FROM incident_voice JOIN gathered USING (name) GROUP BY name ORDER BY name
"""


def one_source(known: Sequence[KnownVoice], judgements: Iterable[Judgement], knowledge: Knowledge) -> dict[str, str]:
    """For each name the source it means, which goes by the name with most claims."""
    given = list(judgements)
    kept_apart = {name for j in given if j.verdict == "different" for name in (j.a, j.b)}
    meant = _meant(known)
    names = {k.name for k in known}
    pairs = [*_same_words(known, knowledge), *_standing_alone(names, meant, knowledge)]
    pairs = [pair for pair in pairs if kept_apart.isdisjoint(pair)]
    for judged in (j for j in given if j.verdict == "same"):
        voices = [sorted({name} & names or meant.get(name, set())) for name in (judged.a, judged.b)]
        pairs += [(a, b) for a in voices[0] for b in voices[1]]
    claims = {k.name: k.claims for k in known}
    return {name: max(group, key=lambda n: (claims[n], n)) for group in groups(sorted(names), pairs) for name in group}


def _meant(known: Iterable[KnownVoice]) -> Mapping[str, set[str]]:
    """For each name the voices that it was seen to mean."""
    out: dict[str, set[str]] = defaultdict(set)
    for voice in known:
        for name in voice.called:
            if name != voice.name:
                out[name].add(voice.name)
    return out


def _same_words(known: Iterable[KnownVoice], knowledge: Knowledge) -> Iterator[tuple[str, str]]:
    first: dict[str, str] = {}
    for voice in known:
        words = telling_words(voice.name, knowledge)
        key = voice.name.casefold() if is_generic(words, knowledge) else " ".join(sorted(words))
        yield first.setdefault(key, voice.name), voice.name


def _standing_alone(names: set[str], meant: Mapping[str, set[str]], knowledge: Knowledge) -> Iterator[tuple[str, str]]:
    for name in sorted(names & meant.keys()):
        (voice, *others), words = sorted(meant[name]), telling_words(name, knowledge)
        telling = len(words) >= LONG_ENOUGH and not is_generic(words, knowledge)
        if not others and (telling or is_acronym(name, voice, knowledge)):
            yield name, voice
