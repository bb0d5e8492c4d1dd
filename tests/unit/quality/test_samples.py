"""Samples of claims: drawn by a seed, kept, judged, and what share of them is right."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportedly.errors import LedgerError, ResourceError
from reportedly.filters import WrongValueError
from reportedly.ledger import Ledger, laws, open_ledger
from reportedly.model import Analysis, Claim, Dispatch, Evidence, Trigger, Versions
from reportedly.quality.agreement import agreement, alpha, in_common
from reportedly.quality.drawing import Drawable, draw
from reportedly.quality.fields import asked_of, said_of
from reportedly.quality.precision import PrecisionAnswer, PrecisionAsked, precision, wilson

MADE_BY = Versions("0.1.0", "3.8", "model 1", "abc", "def")
TEXT = "Police killed two men in Goma. Teachers marched. Nurses marched. Miners marched. Bakers marched."


def claim(word: str, kind: str, at: int = 0) -> Claim:
    start = TEXT.index(word, at)
    trigger, evidence = Trigger(start, start + len(word), word), Evidence(start, start + len(word))
    return Claim(
        f"c-{start}", trigger, evidence, kind, None, None, "CT+", None, None, None, (), None, None, None, (), (), None,
        None, None, None, (), (), None,
    )  # fmt: skip


def told() -> Analysis:
    starts = [n for n in range(len(TEXT)) if TEXT.startswith("marched", n)]
    claims = (claim("killed", "ASSAULT"), *(claim("marched", "PROTEST", n) for n in starts))
    return Analysis(Dispatch("d1", TEXT, "2024-05-06"), (), (), (), (), (), claims, (), MADE_BY)


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger of five claims, to be copied."""
    path = tmp_path_factory.mktemp("filled") / "news.duckdb"
    with open_ledger(path) as ledger:
        ledger.add([told()])
    return path


@pytest.fixture
def news(tmp_path: Path, filled: Path) -> Iterator[Ledger]:
    with open_ledger(shutil.copy(filled, tmp_path / "news.duckdb")) as ledger:
        yield ledger


def test_a_sample_is_drawn_again_by_its_seed(news: Ledger) -> None:
    first = news.draw(3, seed=7, at="2026-01-01")
    second = news.draw(3, seed=7, name="again", at="2026-01-02")
    other = news.draw(3, seed=8, at="2026-01-03")
    assert (first.name, first.size, first.population) == ("sample-1", 3, 5)
    assert first.claims == second.claims
    assert other.claims != first.claims
    assert news.samples() == [first, second, other]
    assert news.sample() == other
    assert news.sample("again") == second
    assert sorted(c.claim.id for c in news.claims(sample="again")) == sorted(second.claims)


def test_a_sample_by_type_takes_as_many_of_each(news: Ledger) -> None:
    drawn = news.draw(4, seed=1, by="type")
    kinds = Counter(c.claim.type for c in news.claims(sample=drawn.name))
    assert kinds == {"ASSAULT": 1, "PROTEST": 3}
    assert news.draw(9, seed=1, type="protest").population == 4
    assert news.sample().filters == {"type": "PROTEST"}


def test_what_cannot_be_drawn_or_answered_is_refused(news: Ledger) -> None:
    drawn = news.draw(2, seed=1, name="mine")
    with pytest.raises(LedgerError, match="E620"):
        news.draw(2, seed=1, name="mine")
    with pytest.raises(LedgerError, match="E621"):
        news.draw(2, seed=1, words="zeppelin")
    with pytest.raises(WrongValueError, match="PROTEST"):
        news.draw(2, seed=1, type="PROTETS")
    with pytest.raises(LedgerError, match=r"E622.*\n.*mine"):
        news.sample("mien")
    with pytest.raises(LedgerError, match="E622"):
        news.answer("mine", "c-nothing", "type", "right", by="ann")
    with pytest.raises(LedgerError, match="E623"):
        news.answer("mine", drawn.claims[0], "colour", "right", by="ann")  # type: ignore[arg-type]
    with pytest.raises(LedgerError, match="E623"):
        news.answer("mine", drawn.claims[0], "type", "right", by=" ")


def test_answers_are_kept_and_the_last_word_counts(news: Ledger) -> None:
    drawn = news.draw(5, seed=1)
    for key in drawn.claims:
        news.answer(drawn.name, key, "type", "wrong", by="ann", at="2026-01-01", note="first thought")
        news.answer(drawn.name, key, "type", "right", by="ann")
    news.answer(drawn.name, drawn.claims[0], "type", "wrong", by="bo")
    assert len(news.answers()) == 11
    assert [a.verdict for a in news.answers(by="bo")] == ["wrong"]
    everything = news.precision()[0]
    assert (everything.type, everything.right, everything.wrong, everything.disputed) == (None, 4, 0, 1)
    alone = news.precision(by="ann")[0]
    assert (alone.right, alone.share) == (5, 1.0)
    assert alone.low == pytest.approx(wilson(5, 5)[0])


def test_samples_outlive_a_repair(news: Ledger, tmp_path: Path) -> None:
    drawn = news.draw(2, seed=1)
    news.answer(drawn.name, drawn.claims[0], "type", "right", by="ann")
    held = news.samples(), news.answers()
    news.close()
    laws.repair(tmp_path / "news.duckdb")
    assert laws.check(tmp_path / "news.duckdb").faults == ()
    with open_ledger(tmp_path / "news.duckdb", read_only=True) as again:
        assert (again.samples(), again.answers()) == held


@given(
    st.dictionaries(st.sampled_from("ABCD"), st.integers(1, 30), min_size=1), st.integers(1, 60), st.integers(0, 9),
    st.sampled_from([None, "type"]),
)  # fmt: skip
def test_a_drawn_sample_stands_for_all(held: dict[str, int], size: int, seed: int, by: str | None) -> None:
    among = [Drawable(f"{kind}{n}", n, kind) for kind, count in held.items() for n in range(count)]
    drawn = draw(among, size, seed, by)  # type: ignore[arg-type]
    assert len(drawn) == len({d.claim for d in drawn}) == min(size, len(among))
    assert [d.place for d in drawn] == list(range(1, len(drawn) + 1))
    assert drawn == draw(reversed(among), size, seed, by)  # type: ignore[arg-type]
    if by is None or len(drawn) >= len(held):
        assert sum(d.weight for d in drawn) == pytest.approx(len(among))
    if by:
        counts = Counter(d.type for d in drawn)
        fullest = max(counts.values())
        assert all(counts[k] == held[k] or counts[k] >= fullest - 1 for k in held)


@pytest.mark.parametrize(
    ("right", "asked", "low", "high"), [(0, 10, 0.0, 0.2775), (9, 10, 0.5958, 0.9821), (81, 263, 0.2553, 0.3662)]
)
def test_intervals_are_those_of_the_literature(right: int, asked: int, low: float, high: float) -> None:
    """The last from Newcombe (1998), table I."""
    assert wilson(right, asked) == pytest.approx((low, high), abs=5e-5)


def test_a_stratified_share_counts_each_claim_for_what_it_stands_for() -> None:
    sample = [PrecisionAsked("a", "RARE", 1.0), PrecisionAsked("b", "COMMON", 9.0)]
    answers = [PrecisionAnswer(1, "a", "type", "wrong", "ann"), PrecisionAnswer(2, "b", "type", "right", "ann")]
    everything, common, rare = precision(sample, answers)
    assert everything.share == pytest.approx(0.9)
    assert (common.share, rare.share) == (1.0, 0.0)


def test_what_nobody_could_say_counts_as_neither() -> None:
    (only, by_type) = precision([PrecisionAsked("a", "RAID")], [PrecisionAnswer(1, "a", "place", "unclear", "ann")])
    assert (only.unclear, only.share, by_type.type) == (1, None, "RAID")


def test_agreement_is_krippendorffs_alpha() -> None:
    """The example of the reliability literature with missing values: 0.691."""
    pytest.importorskip("nltk")
    coders = {"A": "*****34121133*3", "B": "1*213343*******", "C": "**21344*21133*4"}
    rows = [(c, str(n), v) for c, values in coders.items() for n, v in enumerate(values) if v != "*"]
    assert alpha(in_common(rows)) == pytest.approx(0.691, abs=5e-4)
    answers = [
        PrecisionAnswer(n, f"c{n % 4}", "type", "wrong" if n in (3, 7) else "right", "ann" if n < 4 else "bo")
        for n in range(8)
    ]
    everything, of_type = agreement(answers)
    assert (everything.field, of_type.field, of_type.values) == (None, "type", 4)
    assert of_type.alpha == 1.0
    (same, _) = agreement([a for a in answers if a.verdict == "right"])
    assert same.alpha is None


def test_without_the_library_agreement_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "nltk.metrics.agreement", None)
    with pytest.raises(ResourceError, match=r"reportedly\[research\]"):
        alpha([("A", "1", "x"), ("B", "1", "y")])


def test_a_claim_is_asked_about_what_it_says() -> None:
    one = claim("killed", "ASSAULT")
    assert asked_of(one) == ("type", "factuality", "source")
    assert said_of(one, "type") == "ASSAULT"
    assert said_of(one, "source") == ""
