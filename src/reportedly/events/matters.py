"""What somebody is held for happened elsewhere and before: "was jailed in London on Tuesday for a murder"."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from reportedly.config import Config
from reportedly.events.build import EventDraft
from reportedly.events.scene import EventScene
from reportedly.events.triggers import governor
from reportedly.events.when_words import is_of_matter, load_dating_words
from reportedly.knowledge.load import knowledge_of
from reportedly.model import Because, Event
from reportedly.reasons import renewed


def set_apart(
    scene: EventScene, drafts: Sequence[EventDraft], events: Sequence[Event], config: Config
) -> tuple[Event, ...]:
    """The events, harm without place and day of the trial for it: "tried in Oslo on Monday for a murder"."""
    words, types = load_dating_words(knowledge_of(config)), scene.lexicon.types
    charging = [
        (governor(draft.found), event)
        for draft, event in zip(drafts, events, strict=True)
        if event.type in types.compelling | types.accusation
    ]
    result = []
    for draft, event in zip(drafts, events, strict=True):
        token = draft.found.token
        verbs = [(v, e) for v, e in charging if v.i < token.i and v.sent.start == token.sent.start]
        held = [e for v, e in verbs if token.pos_ == "NOUN" and is_of_matter(token, v, words)]
        result.append(_apart(event, held[-1]) if held and event.type in types.harm else event)
    return tuple(result)


def _apart(deed: Event, trial: Event) -> Event:
    """A deed without what it has from the trial for it."""
    same_place = deed.place is not None and trial.place is not None and deed.place.start == trial.place.start
    if same_place:
        because = renewed(deed.because, Because("place", None, "place.none"))
        deed = msgspec.structs.replace(deed, place=None, place_from=None, because=because)
    dated = next((b.words for b in deed.because if b.field == "begin"), ())
    of_trial = bool(dated) and dated[0].start < deed.trigger.start  # "arrested over a murder on Monday" may be its day
    if of_trial and (deed.begin, deed.end_date) == (trial.begin, trial.end_date):
        because = renewed(deed.because, Because("begin", (None, None), "when.none"))
        deed = msgspec.structs.replace(deed, begin=None, end_date=None, when_from=None, because=because)
    return deed
