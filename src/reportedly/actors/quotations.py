"""What stands between quotation marks, for whom *I* and *they* mean in it."""

from __future__ import annotations

from reportedly.parse.parsed import Doc

SHORTEST_QUOTE = 3
# What opens or closes a quotation as a token.
MARKING = frozenset({"“", "”", "``", "`", '"', "''"})
QUOTE_MARKS = frozenset("\"\u201c\u201d`'")


def quotations(doc: Doc) -> dict[int, tuple[int, int]]:
    """For each token between quotation marks of one paragraph, the first and last token of the quotation."""
    found: dict[int, tuple[int, int]] = {}
    if not QUOTE_MARKS.intersection(doc.text):
        return found
    opened: int | None = None
    for i, text in [(t.i, t.text) for t in doc if t.text in MARKING or "\n" in t.text]:
        if "\n" in text:
            opened = None
        elif text in ("“", "``") or (text in ('"', "''") and opened is None) or _is_second_tick(doc, i):
            opened = i
        elif text in ("”", '"', "''") and opened is not None:
            if i - opened - 1 >= SHORTEST_QUOTE:
                found.update((n, (opened + 1, i - 1)) for n in range(opened + 1, i))
            opened = None
    return found


def _is_second_tick(doc: Doc, i: int) -> bool:
    """Whether a word is the second half of "``", which tokenizers part."""
    return i > 0 and doc[i].text == "`" and doc[i - 1].text == "`"
