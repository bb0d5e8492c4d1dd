"""Why a number reads as it does: the hedges and vague words in it, with their rows."""

from __future__ import annotations

from reportedly.knowledge.load import Knowledge
from reportedly.model import Figure, Reason, Words

KINDS = ("vague", "magnitude", "left", "right", "none", "number")


def why_amount(figure: Figure, knowledge: Knowledge) -> Reason:
    """What the words of a figure say of its bounds."""
    low, high = figure.low, figure.high
    value = f"{'no lower bound' if low is None else low} to {'no upper bound' if high is None else high}"
    value = str(low) if low == high else value
    text = " ".join(figure.text.lower().split())
    found = [
        f'{n.place}: "{word}" {_does(n.row)}'
        for n in knowledge.numbered("quantities")
        for word in map(str.strip, n.row["words"].split(","))
        if n.row["kind"] in KINDS and _stands(word, n.row["kind"], text)
    ]
    if figure.approx:
        value = f"about {value}"
    rule = "; ".join(found) or (
        "a single victim without a number counts one" if low == high == 1 else "the number as it stands"
    )
    return Reason("figures", value, rule, (Words(figure.start, figure.end, figure.text),))


def _stands(word: str, kind: str, text: str) -> bool:
    """Whether a word of the table stands in a figure where its kind can: hedges at its ends."""
    if kind == "left":
        return text.startswith(f"{word} ")
    return text.endswith(f" {word}") if kind == "right" else f" {word} " in f" {text} "


def _does(row: dict[str, str]) -> str:
    if row["kind"] in ("left", "right"):
        names = {"low": "gives a lower bound", "high": "gives an upper bound", "approx": "makes it approximate"}
        return names.get(row["bound"], "changes nothing")
    if row["kind"] == "magnitude":
        return f"multiplies by {row['value']}"
    return f"stands for {row['value'] or 0}" + (" or more" if row["kind"] == "vague" else "")
