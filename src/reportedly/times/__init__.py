"""Time expressions and the calendar intervals they mean."""

from __future__ import annotations

from spacy.tokens import Doc

from reportedly.config import Config
from reportedly.model import Dispatch, Time


def find_times(doc: Doc, dispatch: Dispatch, config: Config) -> tuple[Time, ...]:
    return ()
