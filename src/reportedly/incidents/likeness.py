"""Which claims of different dispatches are about one incident: how alike two units are, for many pairs at once.

Two units are compared by what they say (kind of event, event date, place, participants, figures) and by how they and
their dispatches are worded; each comparison gives a number, and all of them are in the unit of the cosine of wording,
so that one can read what outweighs what. Units are then joined by average linkage (``linkage``): the two groups whose
units are on average most alike are joined first, until no two groups are alike enough. The result depends on the set of
claims and not on their order.

Units are compared as columns of numbers, so that a ledger of a million claims can be merged; a likeness is kept in
millionths (``MICRO``), as a whole number, so that sums of it do not depend on the order in which they are made.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache, partial

import msgspec
import numpy as np
import numpy.typing as npt

from reportedly.incidents.compass import OPPOSITE
from reportedly.incidents.families import CUSTODY, FORCE, HARM, TALKS, are_both, are_kin, is_said_of_it
from reportedly.incidents.shown import FULL_NAME, one_happening, same_words, told_again
from reportedly.incidents.units import NEAR_PUBLISHED, Unit
from reportedly.incidents.wording import Vector, anybody, number
from reportedly.knowledge.load import Knowledge

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]
Hashes = npt.NDArray[np.uint64]

# Likenesses as whole numbers.
MICRO = 1_000_000
# Two groups are one incident when their units are on average this alike.
ENOUGH = 0.12
# Reasons that weigh less than this are not told.
SHOWN = 0.01

# Intervals longer than this do not pin an event down: agreeing on "last month" says little.
EXACT_DAYS = 3
# What took longer than this is no single day's happening.
WEEKS = 7
# Event dates with so many days between them, one day of doubt included, are not of one happening. Undated ones may be,
# told on neighbouring days; those told further apart are ever less likely to be, up to these numbers of days.
FULLY_APART = 3
# What was under way when it was told may be told of again for so many days.
UNDER_WAY = 7
FAR_PUBLISHED = (8, 60)
# Share of the likeness of two dispatches that counts for kindred and for unrelated kinds of happening in them.
KIN_STORY = 0.7
# Dispatches more alike than this are ever more likely to be copies, whose other sentences tell of another thing.
COPIES = (0.6, 0.9)
UNRELATED_STORY = 0.2
# So many figures in common are as good as more.
FIGURES = 2

# What two units can have in common, by the last bits of the number of each word.
_COMMON = (
    *("places", "countries", "scene", "kinds", "called", "figures"),
    *("somebody", "anybody", "sentences", "persons", "doers"),
)
_PLACES, _COUNTRIES, _SCENE, _KINDS, _CALLED, _FIGURES, *_REST = range(len(_COMMON))
_SOMEBODY, _ANYBODY, _SENTENCES, _PERSONS, _DOERS = _REST
_BITS = 4
# What stands for an unknown day.
_NO_DAY = np.iinfo(np.int64).min


class Sparse(msgspec.Struct, frozen=True):
    """Rows of weighted words: row ``n`` is from ``starts[n]`` to ``starts[n + 1]``, in order of the words' numbers."""

    starts: Ints
    words: Hashes
    weights: Floats

    @classmethod
    def of(cls, rows: Sequence[Mapping[int, float]]) -> Sparse:
        """These rows, each a weight by number."""
        ordered = [sorted(row.items()) for row in rows]
        return cls(
            np.cumsum([0, *map(len, ordered)]),
            np.array([word for row in ordered for word, _ in row], np.uint64),
            np.array([x for row in ordered for _, x in row], np.float64),
        )

    @classmethod
    def joined(cls, parts: Sequence[Sparse]) -> Sparse:
        """The rows of several, one after the other."""
        lengths = np.concatenate([np.zeros(1, np.int64), *(np.diff(p.starts) for p in parts)])
        words = np.concatenate([np.zeros(0, np.uint64), *(p.words for p in parts)])
        weights = np.concatenate([np.zeros(0), *(p.weights for p in parts)])
        return cls(np.cumsum(lengths), words, weights)

    def products(self, i: Ints, j: Ints, kinds: Ints | None = None, size: int = 1) -> Floats:
        """For each pair of rows the sum of the products of the words they share, apart by the ``kinds`` of words.

        The words of a row are in order, so that the sum is the same to the last bit whichever row comes first.
        """
        out = np.zeros((len(i), size))
        place = np.unique(self.words, return_inverse=True)[1]
        dense = np.zeros(len(self.words))
        order = np.argsort(i, kind="stable")
        for pairs in np.split(order, np.flatnonzero(np.diff(i[order])) + 1) if len(i) else ():
            mine = slice(self.starts[i[pairs[0]]], self.starts[i[pairs[0]] + 1])
            first, last = self.starts[j[pairs]], self.starts[j[pairs] + 1]
            length = last - first
            theirs = np.arange(length.sum()) + np.repeat(first - (np.cumsum(length) - length), length)
            slot = np.repeat(np.arange(len(pairs)) * size, length)
            dense[place[mine]] = self.weights[mine]
            product = dense[place[theirs]] * self.weights[theirs]
            dense[place[mine]] = 0.0
            if kinds is not None:
                slot += kinds[theirs]
            out[pairs] = np.bincount(slot, product, len(pairs) * size).reshape(-1, size)
        return out


class Columns(msgspec.Struct, frozen=True):
    """Units as columns."""

    dispatch: Hashes
    families: tuple[frozenset[str], ...]
    parts: tuple[frozenset[str], ...]
    unreal: Bools
    begin: Ints
    end: Ints
    published: Ints
    placed: Bools
    landed: Bools
    named: Bools
    naming: Ints
    done: Bools
    going: Bools
    campaign: Bools
    speech: Bools
    often: Bools
    words: Sparse

    @classmethod
    def of(cls, units: Sequence[Unit], knowledge: Knowledge) -> Columns:
        """The columns of these units."""
        dated = [u.begin is not None and u.end is not None for u in units]
        return cls(
            dispatch=np.array([number(u.dispatch) for u in units], np.uint64),
            families=tuple(u.families for u in units),
            parts=tuple(u.parts for u in units),
            unreal=np.array([u.unreal for u in units], np.bool_),
            begin=_days(u.begin if known else None for u, known in zip(units, dated, strict=True)),
            end=_days(u.end if known else None for u, known in zip(units, dated, strict=True)),
            published=_days(u.published for u in units),
            placed=np.array([bool(u.places) for u in units], np.bool_),
            landed=np.array([bool(u.countries) for u in units], np.bool_),
            named=np.array([bool(u.kinds) for u in units], np.bool_),
            naming=np.array([max(map(len, u.persons), default=0) for u in units], np.int64),
            done=np.array([bool(u.doers) for u in units], np.bool_),
            going=np.array([u.going for u in units], np.bool_),
            campaign=np.array([u.campaign for u in units], np.bool_),
            speech=np.array([is_said_of_it(u.families) for u in units], np.bool_),
            often=np.array([not u.families.isdisjoint(_OFTEN if u.kinds else _OFTENER) for u in units], np.bool_),
            words=Sparse.of([_words_of(u, knowledge) for u in units]),
        )

    @classmethod
    def joined(cls, parts: Sequence[Columns], knowledge: Knowledge) -> Columns:
        """The units of several, one after the other."""
        if not parts:
            return cls.of((), knowledge)
        return cls(
            families=tuple(f for p in parts for f in p.families),
            parts=tuple(x for p in parts for x in p.parts),
            words=Sparse.joined([p.words for p in parts]),
            **{name: np.concatenate([getattr(p, name) for p in parts]) for name in _PLAIN},
        )


_PLAIN = (
    "dispatch",
    "unreal",
    "begin",
    "end",
    "published",
    "placed",
    "landed",
    "named",
    "naming",
    "done",
    "going",
    "campaign",
    "speech",
    "often",
)
# What there are many of in one country on one day.
_OFTEN = frozenset({FORCE, CUSTODY})
_OFTENER = _OFTEN | {TALKS}


def _days(days: Iterable[int | None]) -> Ints:
    return np.array([_NO_DAY if day is None else day for day in days], np.int64)


def _words_of(unit: Unit, knowledge: Knowledge) -> dict[int, float]:
    """All that a unit can share with another, as numbers that tell in their last bits what it is."""
    names = {word: x for word, x in unit.names.items() if word not in anybody(knowledge)}
    vectors = {_SOMEBODY: names, _ANYBODY: {w: x for w, x in unit.names.items() if w not in names}}
    sets: dict[int, Iterable[str]] = {
        _PLACES: unit.spots,
        _COUNTRIES: unit.countries,
        _SCENE: unit.scene,
        _KINDS: unit.kinds,
        _CALLED: unit.called,
        _DOERS: unit.doers,
        _PERSONS: (word for name in unit.persons for word in name),
        _FIGURES: (f"{role} {n}" for role, n in unit.figures if n > 1),
    }
    out = {_numbered(word, kind): 1.0 for kind, words in sets.items() for word in words}
    for kind, vector in (vectors | {_SENTENCES: unit.sentences}).items():
        out |= {_numbered(word, kind): x for word, x in vector.items()}
    return out


def _numbered(word: str, kind: int) -> int:
    return number(word) >> _BITS << _BITS | kind


def vectors(wordings: Iterable[Vector]) -> Sparse:
    """The words of dispatches, to be compared by ``cosines``."""
    return Sparse.of([{number(word): x for word, x in vector.items()} for vector in wordings])


def cosines(wordings: Sparse, i: Ints, j: Ints) -> Floats:
    """How alike pairs of dispatches are worded, 0 to 1."""
    return np.rint(wordings.products(i, j)[:, 0] * MICRO) / MICRO


def observe(units: Columns, i: Ints, j: Ints, alike: Floats, knowledge: Knowledge) -> dict[str, Floats]:
    """What is observed of each pair and how strongly (0 to 1); ``alike`` is the cosine of their dispatches."""
    kinds = (units.words.words & np.uint64((1 << _BITS) - 1)).astype(np.int64)
    common = units.words.products(i, j, kinds, len(_COMMON)).T
    together = units.dispatch[i] == units.dispatch[j]
    kin = _between(units.families, i, j, partial(_kinship, knowledge))
    both_named = units.named[i] & units.named[j]
    kinship = np.array((UNRELATED_STORY, KIN_STORY, 1.0))[kin]
    seen: dict[str, Bools | Floats] = {
        "story": np.where(together, 0.0, _stories(alike, common[_SENTENCES]) * kinship),
        "one_dispatch": together,
        "sentences": common[_SENTENCES],
        "unreal": units.unreal[i] != units.unreal[j],
        "campaign": units.campaign[i] != units.campaign[j],
        "campaigns": units.campaign[i] & units.campaign[j] & (common[_COUNTRIES] > 0),
        "figures": np.minimum(common[_FIGURES], FIGURES) / FIGURES,
        "same_word": common[_CALLED] > 0,
        "same_kind": common[_KINDS] > 0,
        "other_kind": both_named & (common[_KINDS] == 0),
        "across": _between(units.parts, i, j, _across) == 1,
        "kin": kin == _KIN,
        "unrelated": kin == _UNRELATED,
        # That "people" or "others" take part says nothing of happenings of two kinds.
        "names": common[_SOMEBODY] + np.where(kin == _SAME, common[_ANYBODY], 0.0),
    }
    seen |= _times(units, i, j, together) | _places(units, i, j, common) | _others(units, i, j, common, kin == _SAME)
    persons = common[_PERSONS]
    speech = units.speech[i] | units.speech[j]
    often = units.often[i] | units.often[j]
    harm, talks = (_between(units.families, i, j, partial(are_both, f)) == 1 for f in (HARM, TALKS))
    shown = np.where(speech, same_words(seen), one_happening(seen, alike, persons, often, kin == _SAME, harm, talks))
    # Of copy without a date there is only the wording to go by.
    timed = (units.published[i] != _NO_DAY) & (units.published[j] != _NO_DAY)
    seen["unshown"] = timed & ~together & ~shown
    seen["told_apart"] = together & ~told_again(seen, often, kin == _SAME, talks)
    return {name: x.astype(np.float64) for name, x in seen.items()}


_UNRELATED, _KIN, _SAME = range(3)


def _stories(alike: Floats, sentences: Floats) -> Floats:
    """What the likeness of two dispatches says of two of their units: of copies only that alike sentences are one."""
    copied = np.clip((alike - COPIES[0]) / (COPIES[1] - COPIES[0]), 0.0, 1.0)
    return alike * (1.0 - copied * (1.0 - np.minimum(1.0, sentences)))


def _kinship(knowledge: Knowledge, a: frozenset[str], b: frozenset[str]) -> int:
    if a & b:
        return _SAME
    return _KIN if are_kin(a, b, knowledge) else _UNRELATED


def _across(a: frozenset[str], b: frozenset[str]) -> int:
    return int(not a & b and any({x, y} in OPPOSITE for x in a for y in b))


def _between(
    sets: Sequence[frozenset[str]], i: Ints, j: Ints, relation: Callable[[frozenset[str], frozenset[str]], int]
) -> Ints:
    """A relation of the sets of each pair, asked once for each two that occur: there are few."""
    known: dict[frozenset[str], int] = {}
    numbers = np.array([known.setdefault(s, len(known)) for s in sets], np.int64)
    table = np.array([[relation(a, b) for b in known] for a in known], np.int64)
    return table[numbers[i], numbers[j]] if len(i) else np.zeros(0, np.int64)


def _times(units: Columns, i: Ints, j: Ints, together: Bools) -> dict[str, Floats | Bools]:
    a, b, c, d = units.begin[i], units.end[i], units.begin[j], units.end[j]
    dated = (a != _NO_DAY) & (c != _NO_DAY)
    # What was under way when it was told did not end on that day.
    until, till = (np.where(units.going[n], end + UNDER_WAY, end) for n, end in ((i, b), (j, d)))
    gap = np.where(dated, np.maximum(a - till, c - until), 0)
    lengths = np.where(dated, b - a, 0), np.where(dated, d - c, 0)
    short, long = np.minimum(*lengths), np.maximum(*lengths)
    meet = dated & (gap <= 0)
    # An undated event happened on or before the day that tells it.
    first, second = np.where(a == _NO_DAY, units.published[i], a), np.where(c == _NO_DAY, units.published[j], c)
    told = ~dated & (first != _NO_DAY) & (second != _NO_DAY)
    days = np.where(told, np.abs(first - second), 0)
    far = sum(
        np.minimum(1.0, np.maximum(0, days - NEAR_PUBLISHED) / (limit - NEAR_PUBLISHED)) for limit in FAR_PUBLISHED
    )
    return {
        "days_apart": np.where(gap > 0, np.minimum(1.0, (gap + 1) / FULLY_APART), 0.0),
        "same_day": np.where(meet, EXACT_DAYS / np.maximum(EXACT_DAYS, long), 0.0),
        "weeks": meet & (short <= EXACT_DAYS) & (long > WEEKS),
        "near_published": told & (days <= NEAR_PUBLISHED) & ~together,
        # The total of a war is told for years.
        "far_published": np.where(told & ~(units.campaign[i] & units.campaign[j]), far, 0.0) / len(FAR_PUBLISHED),
    }


def _places(units: Columns, i: Ints, j: Ints, common: Floats) -> dict[str, Floats | Bools]:
    """The same place; else different countries; else different places; else what little is known in common."""
    same = common[_PLACES] > 0
    abroad = ~same & units.landed[i] & units.landed[j] & (common[_COUNTRIES] == 0)
    elsewhere = ~same & ~abroad & units.placed[i] & units.placed[j]
    unknown = ~(same | abroad | elsewhere)
    return {
        "same_place": same,
        "other_country": abroad,
        "other_place": elsewhere,
        "same_country": unknown & (common[_COUNTRIES] > 0),
        "same_scene": unknown & (common[_SCENE] > 0),
    }


def _others(units: Columns, i: Ints, j: Ints, common: Floats, same: Bools) -> dict[str, Floats | Bools]:
    """Whether others did it, or it was done to others, in happenings of the same kind.

    Of the two names one has to be a full one: a word alone may be a nickname, or a body taken for a person.
    """
    shorter, longer = (pick(units.naming[i], units.naming[j]) for pick in (np.minimum, np.maximum))
    one_act = same & ((common[_CALLED] > 0) | (common[_KINDS] > 0))
    return {
        "other_persons": one_act & (shorter > 0) & (longer >= FULL_NAME) & (common[_PERSONS] == 0),
        "other_doers": same & units.done[i] & units.done[j] & (common[_DOERS] == 0),
    }


@lru_cache(maxsize=8)
def weights(knowledge: Knowledge) -> dict[str, tuple[float, str]]:
    """What each observation adds at full strength, and its reason in words."""
    return {row["observation"]: (float(row["weight"]), row["reason"]) for row in knowledge.rows("link")}


def _weighed(seen: Mapping[str, Floats], knowledge: Knowledge) -> dict[str, Floats]:
    return {name: seen[name] * weight for name, (weight, _) in weights(knowledge).items()}


def scores(units: Columns, i: Ints, j: Ints, alike: Floats, knowledge: Knowledge) -> Ints:
    """How alike each pair is, in millionths; ``closest`` gives reasons too."""
    return _total(_weighed(observe(units, i, j, alike, knowledge), knowledge), len(i))


def _total(weighed: Mapping[str, Floats], size: int) -> Ints:
    total = np.zeros(size)
    for part in weighed.values():
        total += part
    return np.rint(total * MICRO).astype(np.int64)


def closest(
    units: Columns, i: Ints, j: Ints, alike: Floats, knowledge: Knowledge
) -> dict[int, tuple[int, tuple[str, ...]]]:
    """For each unit of ``j`` the one of its partners in ``i`` that it is most like, the last of equals, and why.

    The strongest reason goes first.
    """
    weighed = _weighed(observe(units, i, j, alike, knowledge), knowledge)
    total = _total(weighed, len(i))
    order = np.lexsort((np.arange(len(j)), total, j))
    last = order[np.flatnonzero(np.diff(j[order], append=-1))]
    why = {int(n): _reasons({name: float(x[n]) for name, x in weighed.items()}, knowledge) for n in last}
    return {int(j[n]): (int(i[n]), why[int(n)]) for n in last}


def _reasons(weighed: Mapping[str, float], knowledge: Knowledge) -> tuple[str, ...]:
    parts = sorted(((x, weights(knowledge)[name][1]) for name, x in weighed.items()), key=lambda p: -abs(p[0]))
    return tuple(f"{why} {x:+.2f}" for x, why in parts if abs(x) >= SHOWN)
