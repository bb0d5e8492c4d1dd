"""Which phrases of the grammar are expressions of time where they stand: not names, ages, labels or scores."""

from __future__ import annotations

from reportedly.parse.parsed import Token
from reportedly.times.grammar import Phrase
from reportedly.times.page import TimePage

NAMES = frozenset({"PERSON", "ORG", "WORK_OF_ART", "PRODUCT", "FAC", "NORP", "GPE", "LOC", "LAW"})
NUMBERS = frozenset({"CARDINAL", "MONEY", "QUANTITY", "PERCENT", "ORDINAL"})


def can_stand(phrase: Phrase, page: TimePage) -> bool:
    """Whether a match of the grammar can be an expression of time in its place."""
    if "name" in phrase.traits and _is_name(phrase, page):
        return False
    guard = GUARDS.get(phrase.rule)
    return guard is None or guard(phrase, page)


def stands_alone(phrase: Phrase, page: TimePage) -> bool:
    """Whether a clock time or a part of the day without a day beside it is one: "at 9:30", "this morning"."""
    guard = ALONE.get(phrase.rule)
    return phrase.rule != "named" and (phrase.day is not None or guard is None or guard(phrase, page))


def _is_name(phrase: Phrase, page: TimePage) -> bool:
    """Whether it is part of a longer name ("March 23 Movement", "9 October Avenue", "Sunday Times")."""
    tokens = page.tokens(phrase)
    if tokens and all(t.text.islower() for t in tokens):
        return False  # "in the Gulf early today", however the recogniser takes it
    if page.after(phrase).removesuffix("s") in page.words["name"] and page.is_capital(page.pieces[phrase.last + 1]):
        return True
    # "The August 2017 Unity rally" has its year; "the March 23 Movement" may be of any.
    dated = phrase.rule in ("year", "month_year")
    return bool(tokens) and (_in_larger_entity(tokens) or (not dated and _names_what_follows(tokens)))


def _in_larger_entity(tokens: list[Token]) -> bool:
    kind = tokens[-1].ent_type_
    if kind not in NAMES or tokens[0].ent_type_ != kind:
        return False
    doc, before, after = tokens[0].doc, tokens[0].i - 1, tokens[-1].i + 1
    inner_before = tokens[0].ent_iob_ == "I" and before >= 0 and _is_name_word(doc[before])
    inner_after = after < len(doc) and doc[after].ent_iob_ == "I" and _is_name_word(doc[after])
    return inner_before or inner_after


def _is_name_word(token: Token) -> bool:
    return token.text[:1].isupper() and token.is_alpha


def _names_what_follows(tokens: list[Token]) -> bool:
    """Whether the phrase is part of the name behind it: "Sunday" in "the Sunday Delta Times"."""
    last = tokens[-1]
    if last.i + 1 >= len(last.doc):
        return False
    following = last.nbor()
    if not (_is_name_word(following) and following.pos_ == "PROPN" and len(following) > 1):
        return False
    heads = {t.head.i for t in tokens if t.dep_ in ("compound", "nummod", "nmod")} - {t.i for t in tokens}
    return (
        bool(heads) and min(heads) <= last.i + 3 and following.ent_type_ != "DATE" and not _is_capitals_or_title(last)
    )


def _is_capitals_or_title(token: Token) -> bool:
    """Whether nearly all words of the sentence have a capital, which then tells nothing: "Rebels Flee Port Sunday"."""
    words = [t for t in token.sent if t.is_alpha and len(t) > 3]
    return sum(t.text[0].isupper() for t in words) > 0.7 * len(words)


def _year(phrase: Phrase, page: TimePage) -> bool:
    """Whether a bare number is a year: "in 1987", "(1922-1995)", but not "Flight 1987" or "1987%"."""
    if "year2" in phrase.parts:
        return page.before(phrase) in page.words["year"] or "edge" in phrase.parts
    if phrase.last > phrase.first:
        return True
    before, year = page.before(phrase), int(phrase.parts["year"].classes["YEAR"])
    token = page.token(phrase.start)
    if (
        before in page.words["number"]
        or not (1800 if before != "in" else 1500) <= year <= 2100
        or page.after(phrase) in ("%", "°")
    ):
        return False
    if _is_life_span(phrase, page):
        return True
    if _is_count(token):
        return False
    if page.after(phrase) == "of" and before not in page.words["year"]:
        return False
    if token.ent_type_ == "DATE":
        return True
    if before in page.words["year"] and token.dep_ != "nummod":
        return token.ent_type_ not in NUMBERS or (before in ("in", "since") and token.dep_ == "pobj")
    return False


def _is_count(number: Token) -> bool:
    """Whether a number opens a sentence or clause with what it counts: "By noon, 1885 shocks had been felt"."""
    before = number.doc[number.i - 1] if number.i else number
    opens = number.is_sent_start or before.pos_ in ("PUNCT", "VERB", "AUX", "SCONJ", "ADV") or before.lower_ == "some"
    counted = number.dep_ == "nummod" and number.head.tag_ == "NNS" and number.head.i - number.i in (1, 2)
    return opens and counted


def _years(phrase: Phrase, page: TimePage) -> bool:
    """Whether two numbers are the first and the last year of something ("the 1975-1990 war"), no person's life."""
    first, last = (int(phrase.parts[name].classes["YEAR"]) for name in ("year", "until"))
    return 1500 <= first < last <= 2100 and page.before(phrase) not in page.words["life"]


def _decade_of(phrase: Phrase, page: TimePage) -> bool:
    """Whether "the 1960's" is a decade; "the 1967's" is none."""
    return int(phrase.parts["year"].classes["YEAR"]) % 10 == 0 and page.before(phrase) != "of"


def _is_life_span(phrase: Phrase, page: TimePage) -> bool:
    """Whether a year is one of two, as in "(1922-1995)"."""

    def is_year(i: int) -> bool:
        return 0 <= i < len(page.pieces) and "YEAR" in page.pieces[i].classes

    def is_dash(i: int) -> bool:
        return 0 <= i < len(page.pieces) and "DASH" in page.pieces[i].classes

    return (is_dash(phrase.first - 1) and is_year(phrase.first - 2)) or (
        is_dash(phrase.last + 1) and is_year(phrase.last + 2)
    )


def _month(phrase: Phrase, page: TimePage) -> bool:
    """Whether a word is a month alone, with a capital, no verb and nobody's name: "in May", not "may" or "Mrs. May"."""
    piece = phrase.parts["month"]
    token, before = page.token(piece.start), page.before(phrase)
    led = before in page.words["month"] or phrase.last > phrase.first
    if not page.is_capital(piece) or before in page.words["title"]:
        return False
    if "MABBR" in piece.classes and "MONTH" not in piece.classes:
        return led and page.text[piece.end - 1] == "." and token.ent_type_ not in NAMES
    if piece.text in page.words["homonym"]:
        return (
            token.tag_ in ("NNP", "NN")
            and led
            and token.ent_type_ != "PERSON"
            and (piece.text not in page.persons or before in ("in", "since", "last"))
        )
    return token.ent_type_ not in ("PERSON", "ORG") and (piece.text not in page.persons or led)


def _month_number(phrase: Phrase, page: TimePage) -> bool:
    """A month with a number: "may 5 people" is none."""
    piece = phrase.parts["month"]
    if page.is_capital(piece):
        return page.before(phrase) not in page.words["title"]
    return "MABBR" not in piece.classes and page.before(phrase) in ("on", "since", "by", "until", "from")


def _weekday(phrase: Phrase, page: TimePage) -> bool:
    """A weekday with its capital; "the first Monday of the month" is not the last Monday, nor "last Friday of Lent"."""
    counted = phrase.first > 0 and "ORD" in page.pieces[phrase.first - 1].classes
    of_feast = "rel" in phrase.parts and page.after(phrase) == "of"
    return page.is_capital(phrase.parts["weekday"]) and not counted and not of_feast


def _season(phrase: Phrase, page: TimePage) -> bool:
    """Whether it is a season: not in "the fall of Kabul", "spring a surprise", "Arab Spring"."""
    piece = phrase.parts["season"]
    token, before = page.token(piece.start), page.before(phrase)
    if token.pos_ not in ("NOUN", "PROPN") or "WORD" in piece.classes:
        return False
    if "rel" in phrase.parts or "year" in phrase.parts:
        return True
    if page.is_capital(piece) and phrase.first and page.is_capital(page.pieces[phrase.first - 1]):
        return False
    if piece.text in page.words["homonym"] and (page.after(phrase) == "of" or phrase.last == phrase.first):
        return before in ("in", "by", "since", "until") and page.after(phrase) != "of"
    return (
        before in ("in", "by", "since", "until", "during", "for", "over", "of", "after", "before", "through")
        and token.dep_ != "compound"
    )


def _clock(phrase: Phrase, page: TimePage) -> bool:
    piece = phrase.parts.get("clock")
    if piece is None or "ampm" in phrase.parts or "zone" in phrase.parts:
        return True
    return page.before(phrase) in page.words["clock"] or phrase.first != phrase.last


def _military(phrase: Phrase, page: TimePage) -> bool:
    """Four digits behind *at* are a clock time ("at 1835")."""
    return page.before(phrase) == "at"


def _part(phrase: Phrase, page: TimePage) -> bool:
    """A part of the day with a word that says which: "this morning", "in the early afternoon"."""
    piece = phrase.parts["part"]
    if piece.text in page.words["twilight"] and "rel" not in phrase.parts:
        return False
    if "rel" in phrase.parts:
        return True
    first = page.pieces[phrase.first]
    has_article = first.text == "the" or phrase.first != phrase.last
    return has_article and page.before(phrase) in page.words["part"]


def _not_age(phrase: Phrase, page: TimePage) -> bool:
    """Whether a length is nobody's age: not in "12 years old", "30 years of age" and "aged 12 years"."""
    following = page.after(phrase, 2)
    return not following.startswith(tuple(page.words["old"])) and page.before(phrase) not in page.words["aged"]


def is_rate(phrase: Phrase, page: TimePage) -> bool:
    """Whether a length is a rate ("four flights a week", "$5 million a year"), not one counted ("a week after ...")."""
    if page.after(phrase) in page.words["counted"]:
        return False
    if phrase.rule != "duration_one" or not phrase.first or phrase.parts.get("num") is None or "half" in phrase.parts:
        return False
    before = page.token(page.pieces[phrase.first - 1].start)
    return phrase.parts["num"].start == phrase.start and before.pos_ in ("NOUN", "NUM", "PROPN", "SYM")


def _unit_after(phrase: Phrase, page: TimePage) -> bool:
    """Whether "the day before" counts from the time reached, not from an event ("the day before the vote")."""
    following = page.token(page.pieces[phrase.last + 1].start) if phrase.last + 1 < len(page.pieces) else None
    return following is None or following.is_punct or following.pos_ in ("VERB", "AUX", "CCONJ", "SPACE", "ADP")


def _relative_unit(phrase: Phrase, page: TimePage) -> bool:
    """No time are "last-minute", "present-day" and the programme "This Week"."""
    named = all(page.is_read_capital(page.pieces[i]) for i in (phrase.first, phrase.last))
    if named and not _is_capitals_or_title(page.token(phrase.start)):
        return False
    return phrase.parts["rel"].text not in page.words["attribute"] and page.text[phrase.end : phrase.end + 1] != "-"


def _phrase(phrase: Phrase, page: TimePage) -> bool:
    """Whether a set phrase tells when: "soon" does, "as soon as" and "shortly after" do not."""
    text = phrase.parts["phrase"].text
    token = page.token(phrase.start)
    if text in page.words["adjective"]:
        return token.tag_ == "JJ"
    if text in page.words["soon"]:
        return page.after(phrase) not in page.words["than"] and page.before(phrase) not in ("as", "how", "too")
    return True


def _ref(phrase: Phrase, page: TimePage) -> bool:
    """Whether "the past" or "the future" is a noun."""
    token = page.token(phrase.parts["ref"].start)
    following = page.after(phrase)
    return (
        phrase.first != phrase.last
        and token.pos_ == "NOUN"
        and token.dep_ in ("pobj", "dobj", "nsubj", "ROOT", "conj")
        and following != "of"
    )


def _frequency(phrase: Phrase, page: TimePage) -> bool:
    """Whether a word says how often: "daily" does, "the Daily Delta" does not."""
    piece = phrase.parts["freq"]
    token = page.token(piece.start)
    return not (page.is_capital(piece) and token.pos_ == "PROPN")


def _units(phrase: Phrase, page: TimePage) -> bool:
    """Whether a bare unit is a length, not counted, compared or owned: "took years", not "two years" or "the years"."""
    if phrase.first and "NUM" in page.pieces[phrase.first - 1].classes:
        return False
    token = page.token(phrase.parts["unit"].start)
    return page.before(phrase) in page.words["length"] or token.dep_ == "npadvmod"


def _nth_unit(phrase: Phrase, page: TimePage) -> bool:
    """Whether "a fourth day" tells how long it has gone on ("for a fourth day")."""
    return page.before(phrase) == "for" or phrase.parts["unit"].end != phrase.end


def _bare_unit(phrase: Phrase, page: TimePage) -> bool:
    """Whether "for the day", "in the year" mean the one under way, as nothing behind says which."""
    unit = phrase.parts["unit"].classes["UNIT"]
    underway = unit in ("D", "W", "M", "Y") and page.before(phrase) in page.words["underway"]
    return underway and page.after(phrase) not in page.words["which"]


GUARDS = {
    "year": _year, "decade_of": _decade_of, "month": _month, "month_day": _month_number,
    "day_month": _month_number, "month_year": _month_number, "part_of_month": _month_number,
    "week_of_day": _month_number, "weekday_of_month": _month_number, "year_range": _years,
    "weekday": _weekday, "season": _season, "military": _military, "duration": _not_age,
    "duration_one": _not_age, "unit_after": _unit_after, "duration_range": _not_age,
    "relative_unit": _relative_unit, "phrase": _phrase,
    "ref": _ref, "frequency": _frequency, "units": _units, "bare_unit": _bare_unit, "nth_unit": _nth_unit,
}  # fmt: skip
ALONE = {"clock": _clock, "part": _part}
