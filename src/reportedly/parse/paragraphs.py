"""spaCy component: a paragraph never shares a sentence with the next one."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc


@Language.component("reportedly_paragraphs")
def paragraphs(doc: Doc) -> Doc:
    """Start a sentence at the first word behind every line feed of the reading text."""
    opened = True
    for token in doc:
        if token.is_space:
            opened = opened or "\n" in token.text
            continue
        if opened:
            token.is_sent_start = True
        opened = False
    return doc
