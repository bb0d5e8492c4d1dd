"""Why an event has the values it has: the row of the lexicon, the slots, the phrases of place and time.

Nothing here runs in a reading. The stages are deterministic, so what they did is found out again when somebody asks.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache

from reportedly.config import Config
from reportedly.events.arguments import fill, means_at
from reportedly.events.build import Draft
from reportedly.events.lexicon import EVENT_TABLES, Entry, Test, entries_of, frames_of
from reportedly.events.parties import parties_of
from reportedly.events.plover import is_foreground, is_future, nearest_cause
from reportedly.events.scene import Scene
from reportedly.events.triggers import governor
from reportedly.knowledge.load import Knowledge, knowledge_of
from reportedly.model import Event, Party, Reason, Words
from reportedly.parse import syntax
from reportedly.parse.parsed import Token
from reportedly.parse.spans import tokens_of

SLOTS = {
    "subj": "its subject (of a passive: its by-phrase)",
    "obj": "its object (of a passive: its subject)",
    "iobj": "its indirect object",
    "poss": "the genitive before it",
    "mod": "a name or nationality before it",
    "light": "the subject of the verb that carries it",
    "borne": "the subject of the verb that says it is undergone",
    "comp": "the subject of what it demands or alleges",
    "teller": "the one who says that it must be done",
    "clause": "the subject of its clause",
    "bearer": "what it is said of",
    "holder": "what it is said of",
}
SIGHTS = {
    "obj": "its object", "subj": "its subject", "iobj": "its indirect object", "mod": "a word before it",
    "comp": "its complement", "pred": "its predicate", "head": "the word it depends on", "part": "its particle",
    "light": "the verb that carries it", "near": "the sentence",
}  # fmt: skip
FORMS = {
    "passive": "passive", "ccomp": "followed by a clause", "xcomp": "followed by an infinitive", "plural": "a plural",
    "bare": "without words that say more", "the": "pointed at by an article or this", "ing": "an -ing form",
    "participle": "a participle beside a noun", "object": "an object",
    "demanded": "what somebody says that others must do",
}  # fmt: skip
DESCENDED = {
    "REQUEST": "what is demanded", "REJECT": "what is refused", "THREATEN": "what is threatened",
    "AGREE": "what is agreed to", "ACCUSE": "what they are accused of",
}  # fmt: skip


def why_event(scene: Scene, draft: Draft, event: Event, config: Config) -> list[Reason]:
    """The reasons for the type, codes, parties, means and figures of an event."""
    return [
        *_why_type(scene, draft, event, knowledge_of(config)),
        *_why_codes(scene, draft, event, knowledge_of(config)),
        *_why_parties(scene, draft, "actors", event.actors),
        *_why_parties(scene, draft, "recipients", event.recipients),
        *_why_means(scene, event, knowledge_of(config)),
        *_why_figures(draft, event),
    ]


def quoted(tokens: Iterable[Token], text: str) -> tuple[Words, ...]:
    """Tokens as quotations from ``text``, in order and each once; adjacent ones as one."""
    runs: list[list[Token]] = []
    for t in sorted({t.i: t for t in tokens}.values(), key=lambda t: t.i):
        if runs and runs[-1][-1].i + 1 == t.i:
            runs[-1].append(t)
        else:
            runs.append([t])
    spans = ((r[0].idx, r[-1].idx + len(r[-1])) for r in runs)
    return tuple(Words(start, end, text[start:end]) for start, end in spans)


# ---- type, mode and code --------------------------------------------------------------------------------------------


@lru_cache(maxsize=2)
def _origins(knowledge: Knowledge) -> dict[tuple[object, ...], str]:
    """Where each sense stands in the tables; of equal ones the later row is the one in force."""
    frames = frames_of(knowledge)
    found = {}
    for table in EVENT_TABLES:
        for numbered in knowledge.numbered(table):
            for entry in entries_of(numbered.row, frames):
                found[_key(entry)] = numbered.place
    return found


def _key(entry: Entry) -> tuple[object, ...]:
    """What a sense keeps when a verb and the noun it carries become one trigger."""
    return entry.words, entry.pos, entry.tests, entry.type, entry.mode, entry.frame


def _why_type(scene: Scene, draft: Draft, event: Event, knowledge: Knowledge) -> Iterator[Reason]:
    entry = draft.found.entry
    place = _origins(knowledge).get(_key(entry), "events tables")
    rule = f'{place}: "{" ".join(entry.words)}" names {_named(entry.type)}'
    conditions = [_condition(t) for t in entry.tests]
    rule += f", because {' and '.join(conditions)}" if conditions else ""
    yield Reason("type", event.type, rule, quoted(draft.found.tokens, scene.dispatch.text))
    if entry.type.startswith("HARM"):
        cause = nearest_cause(scene, draft.found)
        told = f"the nearest word for a cause says {cause}" if cause else "no word for a cause is near"
        yield Reason("type", event.type, f"events_causes.tsv: harm of any kind; {told}")


def _named(kind: str) -> str:
    name, _, default = kind.partition(":")
    return f"harm (ASSAULT or HAZARD by its cause, else {default or 'none'})" if name == "HARM" else name


def _condition(test: Test) -> str:
    """A condition of a sense in words: "its object is a word of the class place"."""
    no = "not " if test.negated else ""
    if test.name in FORMS:
        return f"it is {no}{FORMS[test.name]}"
    what = " or ".join([*sorted(test.words), *(f"a word of the class {c}" for c in sorted(test.classes))])
    if test.name == "near":
        return f"the sentence {'does not have' if test.negated else 'has'} {what}"
    seen = SIGHTS.get(test.name) or f'what follows "{test.name}"'
    if what:
        return f"{seen} is {no}{what}"
    return f"{seen} is {'not there' if test.negated else 'there'}"


def _why_codes(scene: Scene, draft: Draft, event: Event, knowledge: Knowledge) -> Iterator[Reason]:
    entry = draft.found.entry
    row = _origins(knowledge).get(_key(entry), "events tables")
    if event.mode:
        yield Reason("mode", event.mode, _code_rule(draft, event, row, own=event.mode == entry.mode))
    if event.cameo:
        own = event.cameo == entry.cameo or (event.cameo == "190" and entry.cameo is None)
        future = draft.about is None and is_future(scene, governor(draft.found)) and not own
        rule = (
            "events_contents.tsv: the act is told of as to come" if future else _code_rule(draft, event, row, own=own)
        )
        yield Reason("cameo", event.cameo, rule)
    elif event.type != "HAZARD":
        yield Reason("cameo", None, _why_no_code(scene, draft))


def _code_rule(draft: Draft, event: Event, row: str, *, own: bool) -> str:
    if own:
        return f"{row}: the row of the event word"
    if draft.about is not None:
        return f"events_contents.tsv: {event.type} that is about {draft.about}"
    return "means.tsv: the weapon named" if event.means else f"{row}: the row of the event word"


def _why_no_code(scene: Scene, draft: Draft) -> str:
    if draft.embedded:
        return "CAMEO codes the demand, threat, promise or refusal that this is the content of"
    if not is_foreground(scene, draft.found):
        return "CAMEO codes what a sentence tells; this is mentioned in passing"
    return "the row of the event word has no CAMEO code"


# ---- who and whom ---------------------------------------------------------------------------------------------------


def _why_parties(scene: Scene, draft: Draft, side: str, parties: tuple[Party, ...]) -> Iterator[Reason]:
    frame = draft.found.entry.frame
    slots = frame.actor if side == "actors" or frame.mutual else frame.recipient
    if not parties:
        names = ", ".join([*(SLOTS[s] for s in slots if s in SLOTS), *_after(s for s in slots if s not in SLOTS)])
        yield Reason(
            side, None, f"nobody that can be named stands in {names}" if slots else "the row has no slot for one"
        )
    for party in parties:
        token, rule = _slot_of(scene, draft, slots, party, acting=side == "actors" or frame.mutual)
        text = scene.dispatch.text
        words = (Words(party.start, party.end, text[party.start : party.end]),)
        verb = quoted([governor(draft.found)], text) if token is not None else ()
        yield Reason(side, party.name, rule, (*verb, *words))


def _slot_of(
    scene: Scene, draft: Draft, slots: Iterable[str], party: Party, *, acting: bool
) -> tuple[Token | None, str]:
    """The phrase head that gave a party, and its slot in words."""
    for slot in slots:
        for token in fill(scene, draft.found, slot):
            if any((p.start, p.end) == (party.start, party.end) for p in parties_of(scene, token, acting=acting)):
                return token, f"{_slot_words(slot)}{_detour(token, party)}"
    about = DESCENDED.get(draft.type, "the event it is about") if draft.about else "the event that is its object"
    return None, f"taken over from {about}: the event word names nobody itself"


def _after(prepositions: Iterable[str]) -> list[str]:
    quoted_words = " or ".join(f'"{p}"' for p in prepositions)
    return [f"what follows {quoted_words}"] if quoted_words else []


def _slot_words(slot: str) -> str:
    return SLOTS.get(slot) or f'what follows "{slot}"'


def _detour(token: Token, party: Party) -> str:
    if syntax.antecedent(token) != token:
        return f', through the relative pronoun "{token.text}"'
    return f', as owner of "{token.text}"' if not party.start <= token.idx < party.end else ""


# ---- with what, how many --------------------------------------------------------------------------------------------


def _why_means(scene: Scene, event: Event, knowledge: Knowledge) -> Iterator[Reason]:
    for means in event.means:
        hit = means_at(scene, tokens_of(scene.doc, means.start, means.end)[-1])
        words = hit[1].words if hit is not None else ()
        named = (n.place for n in knowledge.numbered("means") if " ".join(words) in _cells(n.row["words"]))
        yield Reason(
            "means",
            means.text,
            f"{next(named, 'means.tsv')}: a weapon named in the clause of the event",
            (Words(means.start, means.end, means.text),),
        )


def _cells(cell: str) -> set[str]:
    return {" ".join(w.replace("-", " ").split()) for w in cell.split(",")}


def _why_figures(draft: Draft, event: Event) -> Iterator[Reason]:
    word = event.trigger.text
    roles = ", ".join(sorted(draft.found.entry.roles))
    for figure in event.figures:
        yield Reason(
            "figures",
            figure.role,
            f'the event word nearest to the number that can have figures of this role is "{word}" ({roles})',
            (Words(figure.start, figure.end, figure.text),),
        )
