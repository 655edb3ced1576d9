"""Things that are spoken of without being named or of a kind that is: "a clinic in Croydon", "the laundry", "an X-ray machine".

Any noun may be what somebody pays for, runs or objects to. The wordings of the lexicon say too little of such a noun to
read a claim from it, so that they, and what pronouns stand for, leave it alone; the second opinion, which sees the whole
sentence, may make a claim of it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from nhskg.extract.descriptions import ARGUMENTS, Found, described
from nhskg.extract.lexicon import Lexicon
from nhskg.extract.names import OFFICES
from nhskg.extract.syntax import preposition
from nhskg.extract.words import Paragraph, Word
from nhskg.model import Kind, Label

TAKING_PART = {*ARGUMENTS, "nmod:poss", "ROOT", "nsubj:outer", "parataxis"}
SHORTEST = 3


def unlisted(doc: Paragraph, taken: Collection[int], lexicon: Lexicon) -> Iterator[Found]:
    """Gives the noun phrases of a paragraph that nothing else is made of, in text order.

    Args:
        doc: the paragraph.
        taken: its words that are names, or head what has been found.
        lexicon: for what kind of thing a noun is.
    """
    for token in doc:
        if token.pos_ not in ("NOUN", "PROPN") or token.i in taken or token.dep_ not in TAKING_PART:
            continue
        if len(token.text) < SHORTEST or token.idx in doc.user_data[OFFICES] or not token.text[0].isalpha():
            continue
        if token.text in lexicon.titles or token.text in lexicon.not_names:
            continue
        lemma = token.lemma_.lower()
        kind = _kind(token, lemma, lexicon)
        if (
            kind is not None
            and lemma not in lexicon.transparent | lexicon.times
            and not _is_aspect(token, lemma, lexicon)
        ):
            span, phrase = described(token, lemma, lexicon)
            yield span, Label.PHRASE, kind, phrase, True


def _is_aspect(noun: Word, lemma: str, lexicon: Lexicon) -> bool:
    """Whether what is said of a noun is said of whose it is: "the trust’s performance"."""
    return lemma in lexicon.aspects and any(c.dep_ == "nmod:poss" or preposition(c) == "of" for c in noun.children)


def _kind(noun: Word, lemma: str, lexicon: Lexicon) -> Kind | None:
    """The kind of what a noun names; None for one person without a name, who is no entity."""
    is_plural = "Plur" in noun.morph.get("Number", [])
    known = lexicon.nouns.get(lemma)
    if known not in (None, Kind.GROUP):
        return known
    if not is_plural and (
        "organisation" in lexicon.nominals.get(lemma, ()) or lemma in lexicon.units | lexicon.lone_bodies
    ):
        return Kind.ORGANISATION
    is_people = known is Kind.GROUP or lemma in lexicon.posts or lemma.endswith(lexicon.people_endings)
    if is_people:
        return Kind.GROUP if is_plural or lemma in lexicon.collective else None
    return Kind.PROGRAMME
