"""The text of the blocks of a story: paragraphs parted by empty lines, without the teasers that stand between them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from reportedly.knowledge.load import Knowledge

_BLANKS = re.compile(r"\s+")
# A line that begins with so many more blanks than others begins a paragraph.
INDENT = 2
# A teaser is a headline.
LONGEST_TEASER = 200


def story(blocks: Iterable[str], knowledge: Knowledge) -> str:
    """The paragraphs of all blocks that tell something."""
    found = (paragraph for block in blocks for paragraph in paragraphs(block))
    return "\n\n".join(paragraph for paragraph in found if not is_teaser(paragraph, knowledge))


def paragraphs(block: str) -> Iterator[str]:
    """The paragraphs of one block.

    As a rule that is one, however its lines are broken. Copy that was set before it was marked up has several: with an
    empty line between them, or the first line of each set in.
    """
    lines = block.expandtabs(4).split("\n")
    margin = min((_indent(line) for line in lines[1:] if line.strip()), default=0)
    paragraph: list[str] = []
    for number, line in enumerate(lines):
        if not line.strip() or (number and _indent(line) >= margin + INDENT):
            yield from _flowing(paragraph)
            paragraph = []
        paragraph.append(line)
    yield from _flowing(paragraph)


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def _flowing(lines: list[str]) -> Iterator[str]:
    if text := _BLANKS.sub(" ", " ".join(lines)).strip():
        yield text


@lru_cache(maxsize=8)
def _teasers(knowledge: Knowledge) -> re.Pattern[str]:
    labels = "|".join(re.escape(row["label"]) for row in knowledge.rows("teasers"))
    return re.compile(rf"(?:{labels})(?P<mark>\s*[:|»>]+|\s+[–—-]+\s|\s*\Z)?", re.IGNORECASE)


def is_teaser(paragraph: str, knowledge: Knowledge, *, linked: bool = False) -> bool:
    """Whether a paragraph only leads to another story: "READ MORE: Ferry sinks", "Also read | Ferry sinks".

    A label alone may begin a sentence ("Related parties have denied it"): a mark behind it decides, or that all
    behind it is ``linked``.
    """
    if len(paragraph) > LONGEST_TEASER:
        return False
    found = _teasers(knowledge).match(paragraph)
    return found is not None and (found["mark"] is not None or (linked and not paragraph[found.end() :][:1].isalnum()))
