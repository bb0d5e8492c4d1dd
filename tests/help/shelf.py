"""A ledger's answers made by hand: incidents with the dispatches and claims behind them, for the tests of exports."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Literal

from reportedly.ids import content_id
from reportedly.model import (
    ActorKind,
    Analysis,
    Claim,
    Dispatch,
    Evidence,
    Figure,
    Incident,
    IncidentFigure,
    IncidentSource,
    LedgerClaim,
    LedgerDispatch,
    Party,
    Place,
    Source,
    Trigger,
    Versions,
)

VERSIONS = Versions("0.1.0", "3.8", "model 1", "abc", "def")
KASSALA = Place(0, 1, "Kassala", "Kassala", "city", "SDN", "Kassala", 15.451, 36.4, 372753)
DARFUR = Place(0, 1, "Darfur", "Darfur", "region", "SDN", None, 13.0, 25.0, None)
AUSTIN = Place(0, 1, "Austin", "Austin", "city", "USA", "Texas", 30.2672, -97.7431, 4671654)
EGYPT = Place(0, 1, "Egypt", "Egypt", "country", "EGY", None, 27.0, 30.0, 357994)


class Shelf:
    """What an export asks of a ledger, from lists."""

    def __init__(self, analyses: Sequence[Analysis], incidents: Sequence[Incident]) -> None:
        self._analyses = {a.dispatch.id: a for a in analyses}
        self._incidents = list(incidents)
        self.asked: list[int] = []

    def iter_incidents(self, *, sort: str | None = None, **filters: Any) -> Iterator[Incident]:
        return (i for i in self._incidents if all(getattr(i, k) == v for k, v in filters.items()))

    def iter_claims(self, *, sort: str | None = None, **_: Any) -> Iterator[LedgerClaim]:
        home = {c: i.id for i in self._incidents for c in i.claims}
        for key in sorted(self._analyses):
            a = self._analyses[key]
            for c in a.claims:
                yield LedgerClaim(
                    c, key, a.dispatch.published, a.dispatch.agency, home.get(c.id), a.dispatch.text, a.versions
                )

    def iter_dispatches(self, *, sort: str | None = None, **_: Any) -> Iterator[LedgerDispatch]:
        return (
            LedgerDispatch(
                id=key,
                lineage=f"l-{key.split('-')[0]}",
                revision_of="wire-0" if key.startswith("wire-") and key != "wire-0" else None,
                new_facts=None,
                published=a.dispatch.published,
                agency=a.dispatch.agency,
                title=a.dispatch.title,
                version=1,
                withdrawn=False,
                claims=len(a.claims),
            )
            for key, a in self._analyses.items()
        )

    def analyses(self, ids: Sequence[str] | None = None) -> list[Analysis]:
        self.asked.append(len(ids or self._analyses))
        return [self._analyses[key] for key in ids or self._analyses]


def party(
    text: str, words: str, code: str | None = None, kind: ActorKind = "group", country: str | None = None
) -> Party:
    """Somebody named by these words of the text."""
    start = text.index(words)
    return Party(words, code, country, kind, start, start + len(words))


def figure(text: str, words: str, role: str, low: int | None, high: int | None, **more: Any) -> Figure:
    """A number given by these words of the text."""
    start = text.index(words)
    return Figure(role, low, high, more.pop("approx", False), words, start, start + len(words), **more)


def claim(dispatch: Dispatch, words: str, clause: str, **said: Any) -> Claim:
    """A claim with trigger and clause; ``source`` is the words that name who says it."""
    text = dispatch.text
    start, at = text.index(clause), text.index(words)
    source = said.pop("source", None)
    spoken = text.index(source) if source else 0
    fields: dict[str, Any] = {
        "type": "ASSAULT", "mode": None, "cameo": "190", "factuality": "CT+", "modality": None, "statement": None,
        "chain": tuple(x for x in (dispatch.agency, source) if x), "channel": None, "to": None, "said": None,
        "actors": (), "recipients": (), "place": None, "origin": None, "begin": None, "end_date": None, "means": (),
        "figures": (), "incident": "i-1",
    }  # fmt: skip
    return Claim(
        id=content_id("c", dispatch.id, at, source or ""),
        trigger=Trigger(at, at + len(words), words),
        evidence=Evidence(start, start + len(clause)),
        source=Source(source, said.pop("source_kind", "organization"), spoken, spoken + len(source))
        if source
        else None,
        **fields | said,
    )


def analysis(dispatch: Dispatch, *claims: Claim) -> Analysis:
    """What was read from a dispatch."""
    return Analysis(dispatch, (), (), (), (), (), claims, (), VERSIONS)


def incident(id: str, type: str, analyses: Sequence[Analysis], claims: Sequence[Claim], **more: Any) -> Incident:  # noqa: A002
    """An incident of these claims, in the analyses that hold them."""
    first = claims[0]
    fields: dict[str, Any] = {
        "standing": "single source", "reason": "only one tells it", "figures": (), "earlier": (), "silent": (),
        "sources": (), "links": (), "place": first.place, "begin": first.begin, "end_date": first.end_date,
        "headline": f"{type.capitalize()} by hand",
    }  # fmt: skip
    wanted = {c.id for c in claims}
    return Incident(
        id=id,
        type=type,
        actors=tuple(dict.fromkeys(p.name for c in claims for p in c.actors)),
        recipients=tuple(dict.fromkeys(p.name for c in claims for p in c.recipients)),
        claims=tuple(c.id for c in claims),
        dispatches=tuple(a.dispatch.id for a in analyses if wanted & {c.id for c in a.claims}),
        **fields | more,
    )


def stands_by(source: str, c: Claim, dispatch: str, number: int = 0) -> IncidentFigure:
    """The figure of a claim as its source's."""
    f = c.figures[number]
    of = f.of if f.of and f.of[0].isupper() else None
    return IncidentFigure(f.role, of, source, f.low, f.high, f.approx, None, c.id, dispatch)


def voice(
    name: str, says: Literal["affirms", "denies", "both", "uncommitted"], others: Sequence[str], *claims: Claim
) -> IncidentSource:
    """One voice on an incident."""
    return IncidentSource(name, "organization", (name,), says, tuple(others), tuple(c.id for c in claims))


WIRE = (
    "Rebels killed six soldiers in an ambush at Kassala on Friday, the army said.\n\n"
    "A rebel spokesman said nine soldiers had been killed. The governor denied that rebels had attacked anybody. "
    "The rebels threatened to strike again."
)
STORM = "📡 Live 🛰 Government forces shelled villages in Darfur last week, killing dozens of villagers, a doctor said."
MARCH = "Students marched in Austin on Saturday; about 2,000 took part. Unions plan a strike."
PACT = "Egypt and Sudan signed an agreement on Wednesday.\n\nA flood in Kassala killed 12 people."
QUIET = "The ministry denied that police had fired on the crowd."


def wire(n: int) -> Analysis:
    """One of ten copies of a story: an attack with two tolls, a denial and a threat."""
    d = Dispatch(
        f"wire-{n}", WIRE, f"2024-05-18T10:0{n}:00Z", f"Paper {n}", "Six killed", url=f"https://paper{n}.example/1"
    )
    rebels, soldiers = party(WIRE, "Rebels", "SDNREB", country="SDN"), party(WIRE, "soldiers", "SDNMIL", country="SDN")
    here: dict[str, Any] = {"place": KASSALA, "begin": "2024-05-17", "end_date": "2024-05-17"}
    six, nine = figure(WIRE, "six", "killed", 6, 6, of="soldiers"), figure(WIRE, "nine", "killed", 9, 9, of="soldiers")
    return analysis(
        d,
        claim(
            d, "killed", "Rebels killed six soldiers in an ambush at Kassala on Friday", source="the army",
            mode="firearms", cameo="193", actors=(rebels,), recipients=(soldiers,), figures=(six,), **here,
        ),
        claim(
            d, "been killed", "nine soldiers had been killed", source="A rebel spokesman", recipients=(soldiers,),
            figures=(nine,),
        ),
        claim(
            d, "attacked", "rebels had attacked anybody", source="The governor", factuality="CT-", actors=(rebels,),
        ),
        claim(
            d, "strike", "to strike again", factuality="U", modality="threatened", actors=(rebels,), cameo="138",
        ),
    )  # fmt: skip


def attack(copies: Sequence[Analysis]) -> Incident:
    """The incident that the copies tell."""
    army, spokesman, governor, own = (tuple(a.claims[n] for a in copies) for n in range(4))
    return incident(
        "n-00000000000a", "ASSAULT", copies, [c for a in copies for c in a.claims],
        standing="contested", reason="the army says 6 killed, A rebel spokesman 9", silent=("Eastern Front",),
        figures=(stands_by("the army", army[0], "wire-0"), stands_by("A rebel spokesman", spokesman[0], "wire-0")),
        sources=(
            voice("A rebel spokesman", "affirms", ["The governor", "the army"], *spokesman),
            voice("Paper 0", "uncommitted", [], *own),
            voice("The governor", "denies", ["A rebel spokesman", "the army"], *governor),
            voice("the army", "affirms", ["A rebel spokesman", "The governor"], *army),
        ),
    )  # fmt: skip


def shelf() -> Shelf:
    """All of it: an attack in ten copies, shelling, a march, a pact, a flood, a plan, a denial."""
    copies = [wire(n) for n in range(10)]
    storm = Dispatch("storm", STORM, "2024-05-20", "Other News", "Shelling")
    forces = party(STORM, "Government forces", "SDNMIL", country="SDN")
    villagers = party(STORM, "villagers", "SDNCVL", country="SDN")
    dozens = figure(STORM, "dozens", "killed", 24, None, approx=True, of="villagers")
    shelled = claim(
        storm, "shelled", "Government forces shelled villages in Darfur last week", source="a doctor",
        source_kind="anonymous", mode="heavy-weapons", cameo="194", actors=(forces,), recipients=(villagers,),
        place=DARFUR, begin="2024-05-06", end_date="2024-05-12", figures=(dozens,),
    )  # fmt: skip
    march = Dispatch("march", MARCH, "2024-05-19")
    students = party(MARCH, "Students", "EDU")
    crowd = figure(MARCH, "about 2,000", "participants", 2000, 2000, approx=True)
    marched = claim(
        march, "marched", "Students marched in Austin on Saturday", type="PROTEST", mode="demo", cameo="141",
        actors=(students,), place=AUSTIN, begin="2024-05-18", end_date="2024-05-18", figures=(crowd,),
    )  # fmt: skip
    unions = (party(MARCH, "Unions", "LAB"),)
    plan = claim(
        march, "strike", "Unions plan a strike", type="PROTEST", mode="strike", cameo="143", factuality="U",
        modality="planned", actors=unions,
    )  # fmt: skip
    pact = Dispatch("pact", PACT, "2024-05-16", "Third Wire", url="https://third.example/p")
    both = (
        party(PACT, "Egypt", "EGY", "country", "EGY"),
        party(PACT, "Sudan", "SDN", "country", "SDN"),
    )
    signed = claim(
        pact, "signed", "Egypt and Sudan signed an agreement on Wednesday", type="SUPPORT", cameo="057", actors=both,
        recipients=both, place=EGYPT, begin="2024-05-15", end_date="2024-05-15",
    )  # fmt: skip
    twelve = figure(PACT, "12", "killed", 12, 12)
    flood = claim(
        pact, "flood", "A flood in Kassala killed 12 people", type="HAZARD", cameo=None, place=KASSALA,
        recipients=(party(PACT, "people"),), figures=(twelve,),
    )  # fmt: skip
    quiet = Dispatch("quiet", QUIET, "2024-05-21", "Other News")
    denied = claim(
        quiet, "fired on", "police had fired on the crowd", source="The ministry", factuality="CT-",
        actors=(party(QUIET, "police", "COP"),),
    )  # fmt: skip
    read = [*copies, analysis(storm, shelled), analysis(march, marched, plan), analysis(pact, signed, flood)]
    read.append(analysis(quiet, denied))
    doctor = voice("a doctor", "affirms", [], shelled)
    return Shelf(
        read,
        [
            attack(copies),
            incident("n-00000000000b", "ASSAULT", read, [shelled], figures=(stands_by("a doctor", shelled, "storm"),),
                     sources=(doctor,)),
            incident("n-00000000000c", "PROTEST", read, [marched],
                     figures=(stands_by("publisher not named", marched, "march"),)),
            incident("n-00000000000d", "SUPPORT", read, [signed]),
            incident("n-00000000000e", "HAZARD", read, [flood], figures=(stands_by("Third Wire", flood, "pact"),)),
            incident("n-00000000000f", "PROTEST", read, [plan]),
            incident("n-000000000010", "ASSAULT", read, [denied], standing="denied", reason="The ministry denied it"),
        ],
    )  # fmt: skip
