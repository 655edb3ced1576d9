"""Names of the register that are also words, places or people: when they are the body's."""

from __future__ import annotations

from collections.abc import Mapping

from nhskg.extract.lexicon import Lexicon
from nhskg.extract.words import Words
from nhskg.register import Register

JOINING = {"and", "&", ",", "or"}


def is_the_body(
    form: str,
    span: Words,
    recognised: Mapping[int, str],
    named: Mapping[int, str],
    register: Register,
    lexicon: Lexicon,
) -> bool:
    """Whether a form that may mislead names the body, as far as can be seen.

    Args:
        form: the name as the register spells it.
        span: where it is, in a merged paragraph.
        recognised: labels of the names that the language model found, by their first character.
        named: forms of the names of the register that do not mislead, by their first character.
        register: for the kinds of bodies, and why the form may mislead.
        lexicon: which bodies are spoken of by the same noun.
    """
    if form.islower():
        return True  # "government" is listed because of "Government", which begins sentences and titles
    if _beside_its_like(form, span, named, register, lexicon):
        return True
    why = register.misleading[form]
    labels = {recognised.get(token.idx, "") for token in span}
    if span.start > 0 and (span.doc[span.start - 1].morph.get("Poss", []) or span.doc[span.start - 1].pos_ == "ADJ"):
        return False  # "My Lords", "noble Lords": several people, and no name
    if why & {"place", "person"}:
        return labels == {"ORG"}
    if span.start == span.sent.start:
        return "ORG" in labels
    return "ORG" in labels or all(token.text[0].isupper() for token in span)


def _beside_its_like(form: str, span: Words, named: Mapping[int, str], register: Register, lexicon: Lexicon) -> bool:
    """Whether "and" joins it to a body of its kind: "Barts Health and Homerton" are two trusts."""
    doc = span.doc
    beside = [
        named[doc[other].idx]
        for joining, other in ((span.start - 1, span.start - 2), (span.end, span.end + 1))
        if 0 <= other < len(doc) and doc[joining].lower_ in JOINING and doc[other].idx in named
    ]
    return any(_are_alike(form, other, register, lexicon) for other in beside)


def _are_alike(form: str, other: str, register: Register, lexicon: Lexicon) -> bool:
    kinds = {register.bodies[i].kind for i in register.forms[form]}
    others = {register.bodies[i].kind for i in register.forms[other]}
    trusts = lexicon.body_kinds["trust"]
    return not kinds.isdisjoint(others) or not (trusts.isdisjoint(kinds) or trusts.isdisjoint(others))
