"""Judgements and claims as tasks: for Label Studio, as JSON lines, and read back from both.

A task of Label Studio holds the sentence in ``data.text`` with what the program read beside it, the event word as a
prediction, and what people decided as an annotation: the choice *right* or *wrong* of the field ``verdict``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import msgspec

from reportedly import __version__
from reportedly.errors import InputError
from reportedly.ledger.judge import Judged, Judging, Verdict, standing_of
from reportedly.model import LedgerClaim
from reportedly.wording import certainty_words, source_words

LABELLING = """\
<View>
  <Header value="$source: $certainty"/>
  <Labels name="event" toName="text"><Label value="event"/></Labels>
  <Text name="text" value="$text"/>
  <Choices name="verdict" toName="text" choice="single"><Choice value="right"/><Choice value="wrong"/></Choices>
</View>
"""
_CHOSEN: tuple[Verdict, ...] = ("right", "wrong")
# Judgements of one file; each has the incidents it touches made anew.
MOST = 2_000


class _Annotation(msgspec.Struct, frozen=True):
    result: list[dict[str, object]] = []
    completed_by: object = None
    created_at: str | None = None
    was_cancelled: bool = False


class _Task(msgspec.Struct, frozen=True):
    data: dict[str, object]
    annotations: list[_Annotation] = []


class _Line(msgspec.Struct, frozen=True):
    """A judgement as a line, and as the ledger gives it out."""

    a: str
    verdict: Verdict
    b: str | None = None
    by: str | None = None
    at: str | None = None
    undone: bool = False
    field: str | None = None
    value: str | None = None
    note: str | None = None


def label_studio(claims: Iterable[LedgerClaim], judged: Sequence[Judged] = ()) -> bytes:
    """Tasks to be imported by Label Studio, with the verdicts that stand."""
    standing = {j.a: j for j in standing_of(judged) if j.kind == "claim"}
    return msgspec.json.encode([_task(held, standing) for held in claims])


def _task(held: LedgerClaim, standing: Mapping[str, Judged]) -> dict[str, object]:
    claim = held.claim
    start = held.sentence.find(claim.trigger.text)
    value = {"start": start, "end": start + len(claim.trigger.text), "text": claim.trigger.text, "labels": ["event"]}
    marked = [{"from_name": "event", "to_name": "text", "type": "labels", "value": value}] if start >= 0 else []
    verdict = standing.get(claim.id)
    return {
        "data": {
            "text": held.sentence,
            "claim": claim.id,
            "dispatch": held.dispatch,
            "published": held.published,
            "source": source_words(claim.source, held.agency),
            "certainty": certainty_words(claim),
            "type": claim.type,
            "trigger": claim.trigger.text,
        },
        "predictions": [{"model_version": f"reportedly {__version__}", "result": marked}],
        "annotations": [_annotation(verdict)] if verdict else [],
    }


def _annotation(judged: Judged) -> dict[str, object]:
    choice = {
        "from_name": "verdict",
        "to_name": "text",
        "type": "choices",
        "value": {"choices": [judged.verdict]},
    }
    return {"result": [choice], "completed_by": {"email": judged.by}, "created_at": judged.at}


def lines(judged: Iterable[Judged]) -> bytes:
    """Judgements as JSON lines, those taken back too."""
    return msgspec.json.Encoder().encode_lines(list(judged))


def read_back(data: bytes) -> list[Judging]:
    """What was decided, from a file of Label Studio or from JSON lines; raises InputError for anything else."""
    try:
        if data.lstrip()[:1] == b"[":
            found = [j for task in msgspec.json.decode(data, type=list[_Task]) for j in _decided(task)]
        else:
            found = [_judging(line) for line in msgspec.json.Decoder(_Line).decode_lines(data)]
    except (msgspec.MsgspecError, UnicodeDecodeError) as problem:
        message = f"the file holds no judgements ({problem})"
        raise InputError(
            "E704", message, "Give tasks exported by Label Studio as JSON, or our JSON lines."
        ) from problem
    if len(found) > MOST:
        raise InputError("E705", f"the file holds more than {MOST:,} judgements", "Split it.")
    return found


def _judging(line: _Line) -> Judging:
    return Judging(line.a, line.verdict, line.b, line.by, line.at, line.undone, line.field, line.value, line.note)


def _decided(task: _Task) -> Iterable[Judging]:
    claim = task.data.get("claim")
    for annotation in task.annotations:
        for result in annotation.result:
            value = result.get("value")
            choices = value.get("choices") if isinstance(value, dict) else None
            if isinstance(claim, str) and not annotation.was_cancelled and result.get("from_name") == "verdict":
                for verdict in _CHOSEN:
                    if choices == [verdict]:
                        yield Judging(claim, verdict, None, _who(annotation.completed_by), annotation.created_at)


def _who(completed_by: object) -> str | None:
    if isinstance(completed_by, dict):
        completed_by = completed_by.get("email")
    return None if completed_by is None else str(completed_by)[:80]


def fresh(given: Sequence[Judging], held: Sequence[Judged]) -> list[Judging]:
    """Those of the given judgements that the ledger does not hold already, to be kept in order."""
    known = {(j.a, j.verdict, j.b, j.by, j.at, j.undone, j.field, j.value, j.note) for j in held}
    return [g for g in given if msgspec.structs.astuple(g) not in known]
