"""Everything in a document that may stand for an entity: names, descriptions, nominals, pronouns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from nhskg.extract.descriptions import ARGUMENTS, EACH, INDEFINITE, Found, description, determiner, numbered, owner_of
from nhskg.extract.echoes import forms_of, with_echoes
from nhskg.extract.kinds import called, described_by, kind_described, settle_kinds
from nhskg.extract.lexicon import Lexicon
from nhskg.extract.money import load_money
from nhskg.extract.names import CLASSES, OFFICES, FoundName, NameFinder, is_person, taken_by
from nhskg.extract.overlooked import with_doubtful, with_overlooked
from nhskg.extract.shared_nouns import with_shared_noun
from nhskg.extract.syntax import SUBJECTS, WHERE, preposition
from nhskg.extract.unlisted import unlisted
from nhskg.extract.words import Paragraph, Word, Words
from nhskg.model import Document, Kind, Label, Mention, TextSpan
from nhskg.resolve.people import PEERAGE

PRONOUNS = {
    *(
        "he",
        "him",
        "his",
        "she",
        "her",
        "hers",
        "it",
        "its",
        "they",
        "them",
        "their",
        "theirs",
        "i",
        "me",
        "my",
        "we",
        "us",
        "our",
    ),
}


def find_mentions(
    document: Document, paragraphs: Sequence[tuple[int, Paragraph]], finder: NameFinder, lexicon: Lexicon
) -> list[Mention]:
    """Gives the mentions of a document in text order; no two share a head."""
    found: list[Mention] = []
    sentence_offset = 0
    first = [with_shared_noun(doc, finder.names(doc), lexicon, finder.register) for _, doc in paragraphs]
    words = frozenset(token.text for _, doc in paragraphs for token in doc if token.text.islower())
    first = with_overlooked([doc for _, doc in paragraphs], first, words, finder.vocabulary, lexicon)
    forms = forms_of((name for names in first for name in names), words, lexicon.nouns_in_names)
    echoed = [with_echoes(doc, names, forms) for (_, doc), names in zip(paragraphs, first, strict=True)]
    complete = with_doubtful([doc for _, doc in paragraphs], echoed, words, finder.vocabulary, lexicon)
    doubtful = {
        (number, name.span.root.i)
        for number, names in enumerate(complete)
        for name in names
        if name.doubtful and kind_described(name.span.root, None, lexicon) is None
    }
    settled = settle_kinds(
        [
            *(name for names in first for name in names),
            *(name for names in complete for name in names if name.doubtful),
        ],
        lexicon,
        finder.surnames,
        finder.places,
    )
    for number, (offset, doc) in enumerate(paragraphs):
        sentences = {token.i: index for index, sentence in enumerate(doc.sents, sentence_offset) for token in sentence}
        names = complete[number]
        listed = _in_paragraph(doc, names, settled, finder, lexicon)
        taken = taken_by(names) | {f[0].root.i for f in listed}
        found_here = [*((item, False) for item in listed), *((item, True) for item in unlisted(doc, taken, lexicon))]
        found_here.sort(key=lambda pair: pair[0][0].start)
        for (span, label, kind, phrase, extra), is_unlisted in found_here:
            root = span.root
            is_name = label in (Label.NAME, Label.REGISTER)
            begin = _with_title(span, lexicon) if kind is Kind.PERSON and label is not Label.NOMINAL else span.start
            start, end = offset + doc[begin].idx, offset + span.end_char
            if begin < span.start and doc[begin].text in PEERAGE and (" " not in phrase or " of " in phrase):
                phrase = doc[begin : span.end].text  # "Lord Darzi" has no other name
            found.append(
                Mention(
                    span=TextSpan.of(document.text, start, end),
                    label=label,
                    kind=kind,
                    phrase=phrase,
                    paragraph=number,
                    head=root.i,
                    sentence=sentences[root.i],
                    candidates=extra if isinstance(extra, tuple) else (),
                    described=tuple(sorted({word.lemma_.lower() for word in described_by(root)})) if is_name else (),
                    beside=_beside(root, is_name),
                    owner=owner_of(root) if kind is Kind.GROUP and label is Label.PHRASE else None,
                    rival=_own_subject(root) if label is Label.PRONOUN and root.dep_ not in SUBJECTS else None,
                    is_subject=root.dep_ in SUBJECTS,
                    is_main=root.dep_ in SUBJECTS and root.head.dep_ == "ROOT",
                    is_where=preposition(root) in WHERE,
                    is_plural="Plur" in root.morph.get("Number", []),
                    is_local=extra is True,
                    is_minor=_is_minor(kind, phrase, root, lexicon) or (number, root.i) in doubtful,
                    is_unlisted=is_unlisted,
                )
            )
        sentence_offset += sum(1 for _ in doc.sents)
    return found


def _is_minor(kind: Kind | None, phrase: str, head: Word, lexicon: Lexicon) -> bool:
    """Whether a mention is of what texts speak of more than it acts.

    That is the health service itself, groups of bystanders, and any one of a group ("every acute trust").
    """
    if kind is Kind.GROUP:
        is_one = not head.lower_.endswith("s") and "Plur" not in head.morph.get("Number", [])
        return is_one or (phrase not in lexicon.classes and head.lemma_.lower() in lexicon.bystanders)
    return phrase in lexicon.backdrop


def _own_subject(pronoun: Word) -> int | None:
    """The head word of the subject of a pronoun's own clause, which the pronoun is not: in "A met B, which praised it", B."""
    verb = pronoun.head
    while verb.pos_ not in ("VERB", "AUX") and verb.dep_ != "ROOT":
        verb = verb.head
    while True:
        subject = next((child for child in verb.children if child.dep_ in SUBJECTS), None)
        if subject is not None or verb.dep_ not in ("conj", "xcomp"):
            break
        verb = verb.head
    if verb.dep_ == "acl:relcl" and (subject is None or subject.lower_ in ("which", "who", "that")):
        return verb.head.i
    return None if subject is None else subject.i


def _beside(word: Word, is_name: bool) -> int | None:
    """The head word that a description is in apposition to: "Quill, the rota system", "a rota system called Quill"."""
    if is_name:
        return None
    if word.lower_ in ("we", "us"):  # "We in the Department of Health"
        inside = [c for c in word.children if c.dep_ == "nmod" and preposition(c) in ("in", "at", "of")]
        return inside[0].i if inside else None
    if word.i > 0 and word.nbor(-1).dep_ == "compound" and word.nbor(-1).pos_ == "PROPN":
        return word.nbor(-1).i  # "the Quill system" is Quill, if that is a system
    if word.dep_ == "appos":
        return word.head.i
    for child in word.children:
        if child.pos_ == "PROPN" and (child.dep_ in ("appos", "flat", "nmod:desc") or _only_looks_joined(child, word)):
            return child.i
    name = called(word)
    return None if name is None else name.i


def _only_looks_joined(name: Word, noun: Word) -> bool:
    """Whether the parser takes a name between commas, "the former regulator, Monitor, …", for the second of a list."""
    doc, after = noun.doc, name.i + 1
    if name.dep_ != "conj" or name.i != noun.i + 2 or doc[noun.i + 1].text != "," or after >= len(doc):
        return False
    return doc[after].text in ",." and not any(
        c.dep_ in ("cc", "conj") for c in (*name.children, *noun.children) if c != name
    )


def _with_title(span: Words, lexicon: Lexicon) -> int:
    """The first word of a person's name with the titles before it ("Dame", "Lord")."""
    first = span.start
    while first > 0 and (span.doc[first - 1].text.rstrip(".") in lexicon.titles or span.doc[first - 1].text == "."):
        first -= 1
    return first if span.doc[first].text != "." else first + 1


def _in_paragraph(
    doc: Paragraph, names: list[FoundName], settled: Mapping[str, Kind], finder: NameFinder, lexicon: Lexicon
) -> list[Found]:
    found: list[Found] = []
    inside: set[int] = set()
    # "NHSE leaders" and "NHS England leaders" are the same people.
    canonical = {name.span.root.i: finder.canonical(name) for name in names}
    for name in names:
        label = Label.REGISTER if name.candidates else Label.NAME
        kind = name.kind if name.candidates else settled.get(name.words, name.kind)
        found.append((name.span, label, kind, name.words, name.candidates))
        inside.update(range(name.span.start, name.span.end))
    for token in doc:
        may_be_name = token.pos_ == "PROPN" and token.text[0].isupper() and len(token.text) > 2
        if token.i not in inside and may_be_name and token.text.removesuffix("s") not in lexicon.acronyms:
            described = kind_described(token, None, lexicon)
            if described is not None:
                found.append((doc[token.i : token.i + 1], Label.NAME, described, token.text, ()))
                inside.add(token.i)
    for span in numbered(doc, inside, lexicon):
        found.append((span, Label.PHRASE, Kind.PROGRAMME, span.text.lower(), True))
        inside.update(range(span.start, span.end))
    for token in doc:
        if token.i in inside:
            continue
        if token.lower_ in PRONOUNS and token.pos_ in ("PRON", "DET"):
            found.append((doc[token.i : token.i + 1], Label.PRONOUN, None, token.lower_, False))
        elif (two := _one_or_both(token, lexicon)) is not None:
            found.append(two)
        elif token.idx in doc.user_data[OFFICES]:
            found.extend(_office(token, lexicon))
        elif token.idx in doc.user_data[CLASSES] and _is_any(token):
            phrase = doc.user_data[CLASSES][token.idx]
            found.append((doc[token.i : token.i + 1], Label.PHRASE, Kind.GROUP, phrase, False))
        elif token.pos_ in ("NOUN", "PROPN") or token.idx in doc.user_data[CLASSES]:
            found.extend(description(token, canonical, lexicon))
        elif token.text in "£$€" and token.dep_ in ARGUMENTS and (match := load_money().sum.match(doc.text, token.idx)):
            span = doc.char_span(*match.span()) or doc[token.i : token.i + 1]
            found.append((span, Label.PHRASE, Kind.FUND, match[0], True))
    heads: set[int] = set()
    unique = []
    for item in sorted(
        found, key=lambda item: (item[1] is not Label.REGISTER and item[1] is not Label.NAME, item[0].start)
    ):
        if item[0].root.i not in heads:
            heads.add(item[0].root.i)
            unique.append(item)
    return sorted(unique, key=lambda item: item[0].start)


def _one_or_both(word: Word, lexicon: Lexicon) -> Found | None:
    """ "Both", "the pair", "the two", "the former", "the latter" without a noun."""
    two = lexicon.two
    if word.lower_ not in two["both"] | two["former"] | two["latter"] or word.dep_ not in ARGUMENTS:
        return None
    if word.lower_ != "both" and determiner(word) != "the":
        return None
    following = word.doc[word.i + 1 : word.i + 2]
    if any(preposition(child) == "of" for child in word.children) or any(
        t.pos_ in ("NOUN", "PROPN") for t in following
    ):
        return None
    return word.doc[word.i : word.i + 1], Label.NOMINAL, Kind.GROUP, word.lower_, False


def _is_any(noun: Word) -> bool:
    """Whether a class of bodies in the singular is meant as a whole: "every acute trust", "an ICS", not "a local ICS"."""
    if noun.lower_.endswith("s"):
        return False
    article = determiner(noun)
    modified = any(child.dep_ == "amod" for child in noun.children)
    return article in EACH or (article in INDEFINITE and not modified)


def _office(token: Word, lexicon: Lexicon) -> list[Found]:
    """ "the hon. Member for Southport", "the Secretary of State", "the health secretary": a person without a name."""
    words = token.lower_
    if words.startswith("shadow"):
        return []
    office = next((office for office in lexicon.offices if words.startswith(office)), "")
    following = token.doc[token.i + 1 : token.i + 2]
    if office and len(following) and is_person(following[0]):
        return []  # "health secretary Jane Crosby" is named
    span = token.doc[token.i : token.i + 1]
    return [(span, Label.NOMINAL, Kind.PERSON, office or token.text, False)]
