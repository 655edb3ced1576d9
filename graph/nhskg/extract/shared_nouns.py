"""Bodies that share the noun of their names: "Mid and South Essex and Suffolk ICSs" are two, each with its own name."""

from __future__ import annotations

from nhskg.extract.lexicon import Lexicon
from nhskg.extract.names import FoundName
from nhskg.extract.recognised import is_body_noun
from nhskg.extract.words import Paragraph
from nhskg.model import Kind
from nhskg.register import Register

JOINING = {"and", "&", ","}


def with_shared_noun(doc: Paragraph, names: list[FoundName], lexicon: Lexicon, register: Register) -> list[FoundName]:
    """Gives a paragraph's names with those before a shared noun completed by it.

    Args:
        doc: the paragraph.
        names: its names, in text order.
        lexicon: which nouns make names.
        register: for the bodies that the completed names mean.
    """
    partial = [name for name in names if not name.candidates and name.kind in (Kind.PLACE, Kind.ORGANISATION)]
    ending = {name.span.end: name for name in partial}
    completed: dict[int, FoundName] = {}
    for token in doc:
        singular = token.text.removesuffix("s")
        if singular == token.text or token.pos_ == "VERB" or not is_body_noun(singular, lexicon):
            continue
        sharing = _before(doc, ending, token.i)
        for name in sharing if len(sharing) > 1 else []:
            words = f"{name.span.text} {singular}"
            end = token.i + 1 if name is sharing[0] else name.span.end
            candidates = register.forms.get(words, ())
            completed[name.span.start] = FoundName(doc[name.span.start : end], Kind.ORGANISATION, candidates, words)
    return [completed.get(name.span.start, name) for name in names]


def _before(doc: Paragraph, ending: dict[int, FoundName], end: int) -> list[FoundName]:
    """The coordinated names right before a word, the last first."""
    found = []
    while end in ending:
        found.append(ending[end])
        end = found[-1].span.start
        if end == 0 or doc[end - 1].lower_ not in JOINING:
            break
        end -= 1
    return found
