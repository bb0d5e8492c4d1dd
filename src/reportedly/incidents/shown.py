"""What shows that units of two dispatches tell one happening, apart from how alike they are on the whole."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]
# A name of so many words is a full one.
FULL_NAME = 2
# Dispatches so alike tell one story; sentences and lists of names so alike tell one thing of it.
RETOLD = 0.3
RETOLD_AT_ONCE = 0.35
RETOLD_ONCE = 0.13
RETOLD_KIND = 0.1
# Of ``same_day``: what both tell of the same few days.
WEEK = 0.4
ALIKE_SENTENCES = 0.4
ALIKE_NAMES = 0.4
ALIKE_DOERS = 0.2
# Of one dispatch, whose sentences are alike anyway, names have to be so alike where no day or place is shared.
SAME_NAMES = 0.7
_Seen = Mapping[str, Bools | Floats]


def one_happening(
    seen: _Seen, alike: Floats, persons: Floats, often: Bools, kin: Bools, harm: Bools, talks: Bools
) -> Bools:
    """Whether anything shows that two dispatches tell one happening: *attacks* in one country do not.

    It is shown by a place and a day, by people by name, by numbers beside one of these, or by texts that are alike. Of
    what happens ``often``, attacks and arrests, there may be several in one country on one day; but one coup. An
    accident that does ``harm`` is told by any word for it; ``talks`` are held again and again.
    """
    day, place, names = seen["same_day"] >= 1.0, seen["same_place"] > 0, seen["names"] >= ALIKE_NAMES
    at_once = day | (seen["near_published"] > 0)
    kind = seen["same_kind"] > 0
    word = (seen["same_word"] > 0) | kind
    by_name = (persons >= FULL_NAME) | ((persons > 0) & (day | place))
    counted = (seen["figures"] > 0) & (at_once | place)
    there = (seen["same_country"] > 0) | (seen["same_scene"] > 0) | place
    once = ~often & there & word & ((seen["same_day"] >= WEEK) | ((alike >= RETOLD_ONCE) & at_once))
    # Two bombings in texts that are somewhat alike, an accident by any word for it.
    told = there & at_once & ((kind & (alike >= RETOLD_KIND)) | (harm & (alike >= RETOLD_ONCE)))
    retold = ((alike >= RETOLD) & (word | (names & kin))) | ((alike >= RETOLD_AT_ONCE) & at_once & kin)
    worded = (seen["sentences"] >= ALIKE_SENTENCES) & (at_once | place)
    # Who is to come to a town where shots were fired is no party to them.
    there_and_then = place & at_once & (kin | ~(seen["unreal"] > 0))
    # The same act by or to the same in one place, whenever it is told; but they may meet there every year.
    there_to_them = place & ~talks & (seen["names"] >= ALIKE_DOERS) & (seen["same_word"] > 0)
    return there_to_them | there_and_then | by_name | counted | (day & names) | once | told | retold | worded


def same_words(seen: _Seen) -> Bools:
    """Whether two dispatches give one act of speech: at one time, by and to the same, in much the same words."""
    at_once = (seen["same_day"] >= 1.0) | (seen["near_published"] > 0)
    return at_once & (seen["names"] >= ALIKE_NAMES) & (seen["sentences"] >= ALIKE_SENTENCES)


def told_again(seen: _Seen, often: Bools, same: Bools, talks: Bools) -> Bools:
    """Whether a dispatch itself tells one thing twice: the same act by or to the same, or at one place and time.

    What it told apart has not been recognised by its words; that it is of one story shows nothing.
    """
    day, place, names = seen["same_day"] >= 1.0, seen["same_place"] > 0, seen["names"]
    word = (seen["same_word"] > 0) | (seen["same_kind"] > 0)
    by_name = ((names >= SAME_NAMES) & ~talks) | ((names >= ALIKE_NAMES) & (day | place))
    return same & ~often & word & (by_name | (day & place))
