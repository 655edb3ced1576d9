"""What kind of thing a name is of, by what the text puts beside it and by the whole document.

The language model tells a person from a body by the look of a name, and errs with names that it does not know. What is
said of it elsewhere in the document knows better: "Quill, the rota system", "the auditors Hume Carver", "Softwell, which".
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable

from nhskg.extract.lexicon import Lexicon
from nhskg.extract.names import RECOGNISED, FoundName, is_person
from nhskg.extract.words import Word, Words
from nhskg.model import Kind

NAMING = {"call", "name", "dub", "know", "title", "entitle", "christen", "nickname"}
THINGS = {Kind.PROGRAMME, Kind.FUND}


def described_by(name: Word) -> list[Word]:
    """The nouns that a name stands beside: "the software firm Softwell", "Softwell, a firm", "a firm called Softwell"."""
    beside = [child for child in name.children if child.dep_ in ("appos", "compound", "nmod:desc", "amod")]
    if name.dep_ in ("appos", "flat", "compound", "nmod:desc"):
        beside.append(name.head)
    verb = name.head
    if name.dep_ in ("xcomp", "obj", "obl") and verb.dep_ == "acl" and verb.lemma_.lower() in NAMING:
        beside += [verb.head, _word_before(verb)]
    if name.dep_ == "nsubj" and any(child.dep_ == "cop" for child in verb.children):
        beside.append(verb)
    return [word for word in beside if word.pos_ == "NOUN" and not _is_parted(word, name)]


def _is_parted(one: Word, other: Word) -> bool:
    """Whether a colon stands between two words; what follows "Oral answers:" is not beside it."""
    return ":" in one.doc[min(one.i, other.i) : max(one.i, other.i)].text


def _word_before(verb: Word) -> Word:
    """The word before a participle, past dashes and commas, as in "its booking portal – called Arden –"."""
    before = verb.i - 1
    while before > 0 and verb.doc[before].is_punct:
        before -= 1
    return verb.doc[max(before, 0)]


def called(noun: Word) -> Word | None:
    """The name that a noun is called by: "a portal called Arden"."""
    for word in noun.doc[noun.i + 1 : noun.i + 3]:
        if word.lemma_.lower() in NAMING and word.dep_ == "acl" and _word_before(word) == noun:
            return next((c for c in word.children if c.dep_ in ("xcomp", "obj", "obl") and c.pos_ == "PROPN"), None)
    return None


def kind_described(name: Word, recognised: Kind | None, lexicon: Lexicon) -> Kind | None:
    """The kind that the text itself gives a name, or None where it gives none.

    Args:
        name: the name, one word of a merged paragraph, or its head.
        recognised: what the language model takes it for; only a supposed person is questioned for being a body.
        lexicon: what the nouns beside it mean.
    """
    last = name.text.rpartition(" ")[2]
    if last.lower() in lexicon.names_things and " " in name.text and name.text != name.lower_:
        return lexicon.nouns[last.lower()]
    if last in lexicon.addresses and " " in name.text:
        return Kind.PLACE
    if _is_constituency(name):
        return Kind.PLACE
    beside = described_by(name)
    first = name.text.partition(" ")[0]
    if recognised is Kind.PERSON and first not in lexicon.women | lexicon.men and _is_among_places(name):
        return Kind.PLACE
    if recognised is Kind.PLACE:  # "the Leeds scheme"
        beside = [word for word in beside if not (word == name.head and name.dep_ == "compound")]
    kinds = [lexicon.nouns.get(word.lemma_.lower()) for word in beside]
    thing = next((kind for kind in kinds if kind in THINGS), None)
    if thing is not None:
        return thing
    if recognised is Kind.PLACE and " " in name.text and first in lexicon.women | lexicon.men:
        return Kind.PERSON
    bodies = [word for word in beside if lexicon.nominals.get(word.lemma_.lower()) == frozenset({"organisation"})]
    if recognised is None and any(word.dep_ == "appos" for word in bodies):
        return Kind.ORGANISATION  # "Portland, a public relations firm"
    if recognised in (Kind.PERSON, Kind.PLACE):
        if first in lexicon.women | lexicon.men:
            return None
        if recognised is Kind.PLACE and name.dep_ == "nmod:poss" and name.head.lemma_.lower() in lexicon.viewpoints:
            return Kind.PERSON  # "in Okafor’s view"
        if bodies or last in lexicon.companies or _are_partners(name, lexicon):
            return Kind.ORGANISATION
        if recognised is Kind.PERSON and _is_which(name):
            return Kind.ORGANISATION
    return None


def _is_constituency(name: Word) -> bool:
    """Whether a name is what a member of parliament speaks for: "Jane Crosby (Skelby Fells) (Lab):"."""
    doc = name.doc
    if not 2 <= name.i < len(doc) - 2 or doc[name.i - 1].text != "(" or doc[name.i + 1].text != ")":
        return False
    return doc[name.i + 2].text in ("(", ":") and is_person(doc[name.i - 2])


def _is_among_places(name: Word) -> bool:
    """Whether a name is in a list of places: "Skelby, Fenby and Upper Marle"."""
    first = name.head if name.dep_ == "conj" else name
    beside = [first, *(child for child in first.children if child.dep_ == "conj")]
    places: int = sum(word.doc.user_data[RECOGNISED].get(word.idx) == "PLACE" for word in beside)
    return places > 1


def _are_partners(name: Word, lexicon: Lexicon) -> bool:
    """Whether one name has a noun for several before it: "the auditors Hume Carver"; "ministers A and B" are people."""
    if name.i == 0 or any(child.dep_ == "conj" for child in name.children):
        return False
    before = name.nbor(-1)
    is_several = before.pos_ == "NOUN" and "Plur" in before.morph.get("Number", [])
    return is_several and lexicon.nouns.get(before.lemma_.lower()) is Kind.GROUP


def _is_which(name: Word) -> bool:
    """Whether the text goes on about a name with "which"; of a person it would say "who"."""
    clauses = [child for child in name.children if child.dep_ == "acl:relcl"]
    return any(word.lower_ == "which" and word.dep_ == "nsubj" for clause in clauses for word in clause.children)


def settle_kinds(
    names: Iterable[FoundName], lexicon: Lexicon, known_surnames: Collection[str], places: Collection[str]
) -> dict[str, Kind]:
    """Gives each name that the register does not know one kind in the whole document.

    What the text says of a name goes first, then that it is the surname of somebody named in full, then what the language
    model has taken it for most often. A supposed person of one name whom nothing tells to be one is a body: texts give
    people a title or name them in full first.

    Args:
        names: those of the document.
        lexicon: what nouns say of what they stand beside, and given names.
        known_surnames: of people whom texts need not introduce.
        places: that need no introduction either.
    """
    told: dict[str, Kind] = {}
    votes: dict[str, Counter[Kind]] = {}
    titled: set[str] = set()
    for name in names:
        if name.candidates:
            continue
        form = name.words
        votes.setdefault(form, Counter())[name.kind] += 1
        if _has_title(name.span, lexicon):
            titled.add(form)
        described = None if form in titled else kind_described(name.span.root, name.kind, lexicon)
        if described is not None:
            told.setdefault(form, described)
    settled = {form: told.get(form) or counts.most_common(1)[0][0] for form, counts in votes.items()}
    full = [form.split() for form, kind in settled.items() if kind is Kind.PERSON and " " in form]
    surnames = {parts[-1] for parts in full}
    settled |= {form: Kind.PERSON for form in settled if form in surnames and form not in told}
    are_people = titled.union(surnames, known_surnames, (parts[0] for parts in full), lexicon.women, lexicon.men)
    other = {
        form: Kind.PLACE if form in places else Kind.ORGANISATION
        for form, kind in settled.items()
        if kind is Kind.PERSON and " " not in form and form not in are_people
    }
    return settled | other


def _has_title(name: Words, lexicon: Lexicon) -> bool:
    return name.start > 0 and name.doc[name.start - 1].text.rstrip(".") in lexicon.titles
