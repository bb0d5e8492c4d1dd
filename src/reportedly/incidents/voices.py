"""Who speaks: one person or body under all the names that a ledger has for it.

Conservative: names are brought together only where one holds every telling word of the other, and a name that would fit
two voices is left alone. A spokesman is the voice of the body that is named with him; what a publisher tells in its own
voice is one voice in all copies. "Police" or "the army" is somebody only within a country and a story; unnamed people
are known only inside the dispatches that copy one another.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

import msgspec
from msgspec import structs

from reportedly.incidents.names import country_of, groups_of, is_acronym, is_generic, rest_of, telling_words
from reportedly.knowledge.event_types import event_types
from reportedly.knowledge.load import Knowledge
from reportedly.model import Claim, Source, SourceKind

# Who looks into a matter says nothing of it.
INVESTIGATES = "investigate"
UNNAMED_PUBLISHER = "publisher not named"
KNOWN_ONLY_HERE = ("anonymous", "group")
# Of these kinds of people nobody can tell whether those whom two agencies quote are the same.
NOBODY_KNOWS = frozenset({"people", "media", "unknown", "expert", "party"})
# Who holds an office of which a place has one: "the mayor", but not "officials".
HOLDS_OFFICE = "office"


class Utterance(msgspec.Struct, frozen=True):
    """A claim with what is needed to tell who speaks: its dispatch's publisher, lineage and the roles of its people.

    ``of_number`` marks a denial that is of a number alone ("dismissed a report of 12 dead"), ``of_own`` what is told in
    one's own person ("we did not attack the convoy"), ``presupposed`` what only takes its happening as known
    ("condemned the attack"), ``undone`` what only did not come about ("could not seize the town"); ``alias`` is the
    short name that stands in brackets behind that of the teller, ``parts`` are the figures that count only some.
    """

    claim: Claim
    dispatch: str
    lineage: str
    published: str | None
    publisher: str | None
    body: str | None
    role: str | None
    in_title: bool
    knowledge: Knowledge
    of_number: bool = False
    of_own: bool = False
    presupposed: bool = False
    undone: bool = False
    alias: str | None = None
    parts: frozenset[str] = frozenset()


class Voice(msgspec.Struct):
    """One person or body, or a publisher speaking for itself (``own``)."""

    name: str
    kind: SourceKind
    own: bool
    words: frozenset[str]
    names: set[str]
    home: str | None
    scope: str | None
    said: list[Utterance]
    knowledge: Knowledge

    @property
    def groups(self) -> frozenset[str]:
        """The kinds of people that its name and the roles of its people speak of."""
        roles = " ".join(u.role for u in self.said if u.role)
        names = " ".join((self.name, *sorted(self.names)))
        return groups_of(rest_of(names, self.knowledge) | telling_words(roles, self.knowledge), self.knowledge)

    @property
    def generic(self) -> bool:
        """Whether its name says only what kind of source it is."""
        if self.own:
            return False
        # Two "sources" bear the names of those who quote them, and are as unknown as before.
        rests = [rest_of(name, self.knowledge) for name in self.names or {self.name}]
        return all(rest and is_generic(rest, self.knowledge) for rest in rests)

    @property
    def described(self) -> bool:
        """Whether no name tells who it is: "police", "a hospital official", "the driver of the bus"."""
        return not self.own and (self.generic or self.kind in KNOWN_ONLY_HERE)


class Judgement(msgspec.Struct, frozen=True):
    """What a person decided about two names."""

    a: str
    verdict: str
    b: str


def voices(said: Sequence[Utterance], judgements: Iterable[Judgement] = ()) -> list[Voice]:
    """The voices behind the claims of one incident, each with its claims, by name; names are distinct.

    A generic name ("police", "Mali's army") is one body of its country, whoever quotes it, as long as what is quoted
    can be of one mouth; of people whom such a name only describes ("witnesses", "sources") those of each lineage are
    voices of their own.
    """
    story = _most_common(country for u in said if (country := _country(u)) is not None)
    found: dict[_Key, Voice] = {}
    for utterance in said:
        name, kind, own = _speaker(utterance)
        key = _key(utterance, name, kind, own, story)
        voice = found.setdefault(
            key, Voice(name, kind, own, key.words, set(), key.home, key.scope, [], utterance.knowledge)
        )
        teller = teller_of(utterance.claim, utterance.knowledge)
        voice.names.add(teller.name if teller else name)
        voice.said.append(utterance)
    parted = [part for voice in found.values() for part in _parted(voice)]
    return _told_apart(sorted(_joined(parted, list(judgements)), key=lambda v: (v.own, v.name, _first(v))))


class _Key(NamedTuple):
    own: bool
    words: frozenset[str]
    home: str | None
    scope: str | None


def _key(utterance: Utterance, name: str, kind: SourceKind, own: bool, story: str | None) -> _Key:  # noqa: FBT001
    if own:
        return _Key(own, frozenset({name.casefold()}), None, None)
    rest = rest_of(name, utterance.knowledge)
    if not groups_of(rest, utterance.knowledge) <= NOBODY_KNOWS:
        body = _body_words(rest, kind, utterance.knowledge)
        if body:
            return _Key(own, body, None, country_of(name, utterance.knowledge) or _country(utterance) or story)
    words = telling_words(name, utterance.knowledge)
    home = utterance.lineage if kind in KNOWN_ONLY_HERE or is_generic(words, utterance.knowledge) else None
    return _Key(own, words, home, None)


def _body_words(rest: frozenset[str], kind: SourceKind, knowledge: Knowledge) -> frozenset[str]:
    """The words by which a body or an office without a name of its own is known in its country; none for others.

    "Local police" are the police; "the county commissioner" of two dispatches is one, "a hospital official" another.
    """
    if is_generic(rest, knowledge):
        return frozenset(w for w in rest if groups_of(frozenset({w}), knowledge)) or rest
    return rest if kind in KNOWN_ONLY_HERE else frozenset()


def _country(utterance: Utterance) -> str | None:
    """Where the claim says that it happened, else whose people take part."""
    claim = utterance.claim
    if claim.place is not None and claim.place.country:
        return claim.place.country
    return _most_common(p.country for p in (*claim.recipients, *claim.actors) if p.country)


def _most_common(values: Iterable[str]) -> str | None:
    counts = Counter(values)
    return max(counts, key=lambda v: (counts[v], v)) if counts else None


def _parted(voice: Voice) -> list[Voice]:
    """A generic voice as several where dispatches quote it with numbers that one mouth does not give on one day."""
    if voice.scope is None:
        return [voice]
    parts: list[Voice] = []
    told: dict[str, list[Utterance]] = defaultdict(list)
    for utterance in voice.said:
        told[utterance.lineage].append(utterance)
    for said in told.values():
        part = next((p for p in parts if not _clash(p.said, said)), None)
        if part is None:
            parts.append(structs.replace(voice, names=set(), said=(said := list(said))))
        else:
            part.said += said
    for part in parts:
        part.names |= {teller.name for u in part.said if (teller := teller_of(u.claim, u.knowledge))}
    return parts


def _clash(one: Sequence[Utterance], other: Sequence[Utterance]) -> bool:
    """Whether two accounts give exact numbers of one day that differ, or one says what the other denies."""
    ours, theirs = (
        {
            (f.role, f.of if f.of and f.of[:1].isupper() else None, said_on(u)): f.low
            for u in said
            for f in u.claim.figures
            if f.low == f.high and f.part_of is None and not f.approx
        }
        for said in (one, other)
    )
    return any(ours[key] != theirs[key] for key in ours.keys() & theirs.keys())


def said_on(utterance: Utterance) -> str:
    """The day for which a source stands by what it says, empty where nobody knows."""
    return (utterance.claim.said or utterance.published or "")[:10]


def _first(voice: Voice) -> tuple[str, str]:
    return min((u.published or "9999", u.dispatch) for u in voice.said)


def _told_apart(found: list[Voice]) -> list[Voice]:
    """Voices of one name by who quotes them: "officials (Meridian)"."""
    counts = Counter(v.name for v in found)
    taken: set[str] = {name for name, n in counts.items() if n == 1}
    for voice in (v for v in found if counts[v.name] > 1):
        first = min(voice.said, key=lambda u: (u.published or "9999", u.dispatch))
        named = f"{voice.name} ({first.publisher or first.dispatch})"
        voice.name = named if named not in taken else f"{voice.name} ({first.dispatch})"
        taken.add(voice.name)
    return found


def _speaker(utterance: Utterance) -> tuple[str, SourceKind, bool]:
    teller = teller_of(utterance.claim, utterance.knowledge)
    if teller is None:
        return utterance.publisher or UNNAMED_PUBLISHER, "media", True
    if utterance.body is not None:
        return utterance.body, "organization", False
    return teller.name, teller.kind, False


def teller_of(claim: Claim, knowledge: Knowledge) -> Source | None:
    """Who answers for a claim: its source; of an accusation or denial that the dispatch tells itself, who makes it."""
    says_so = claim.type in event_types(knowledge).answering and claim.mode != INVESTIGATES
    if claim.source is not None or not says_so or not claim.actors:
        return claim.source
    speaker = claim.actors[0]
    return Source(speaker.name, "named" if speaker.kind == "person" else "organization", speaker.start, speaker.end)


def _joined(found: list[Voice], judgements: list[Judgement]) -> list[Voice]:
    """Shorter names brought to the one longer name that holds them."""
    apart = {frozenset((j.a, j.b)) for j in judgements if j.verdict == "different"}
    told_same = {frozenset((j.a, j.b)) for j in judgements if j.verdict == "same"}
    kept: list[Voice] = []
    for voice in sorted(found, key=lambda v: (-len(v.words), v.own, v.name, v.home or "")):
        homes = [k for k in kept if _judged(k, voice, told_same)]
        homes = homes or [k for k in kept if _may_be(k, voice) and not _judged(k, voice, apart)]
        if len(homes) == 1:
            homes[0].names |= voice.names
            homes[0].said += voice.said
        else:
            kept.append(voice)
    return kept


def _judged(a: Voice, b: Voice, pairs: set[frozenset[str]]) -> bool:
    return any(frozenset((x, y)) in pairs for x in a.names | {a.name} for y in b.names | {b.name})


def _may_be(longer: Voice, shorter: Voice) -> bool:
    """Whether the shorter name can be the longer one told in brief."""
    if longer.own or shorter.own:
        return False
    if any(is_acronym(name, longer.name, longer.knowledge) for name in shorter.names):
        return True
    if not shorter.words <= longer.words:
        return False
    if any(f"{name}{mark}" in longer.name for name in shorter.names for mark in ("'s ", "’s ", "' ", "’ ")):
        return False  # a ministry is not its country, nor an office its ministry
    if shorter.scope is not None and longer.scope not in (None, shorter.scope):
        return False  # the army of one country is never that of another
    if is_generic(shorter.words, shorter.knowledge):
        # Of one story "police" are the Kasra police; "officials" of any office, but in the same copies.
        lineages, told = {u.lineage for u in longer.said}, {u.lineage for u in shorter.said}
        sure = bool(lineages & told) or shorter.home in lineages
        groups = groups_of(shorter.words, shorter.knowledge)
        if "official" not in groups or HOLDS_OFFICE in groups:
            return sure or (shorter.scope is not None and not _clash(longer.said, shorter.said))
        return sure and shorter.kind not in KNOWN_ONLY_HERE
    return longer.home is None or longer.home == shorter.home


def dominant_kind(said: Sequence[Utterance]) -> SourceKind:
    """The kind of source that most of the claims give."""
    counts: dict[SourceKind, int] = defaultdict(int)
    for utterance in said:
        if (teller := teller_of(utterance.claim, utterance.knowledge)) is not None:
            counts[teller.kind] += 1
    return max(counts, key=lambda k: (counts[k], k)) if counts else "media"
