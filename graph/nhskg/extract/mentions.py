"""Everything in a document that may stand for an entity: names, descriptions, nominals, pronouns."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from spacy.tokens import Doc, Span, Token

from nhskg.extract.echoes import forms_of, with_echoes
from nhskg.extract.kinds import NAMING, described_by, kind_described, settle_kinds
from nhskg.extract.lexicon import Lexicon
from nhskg.extract.names import CLASSES, OFFICES, TITLES, FoundName, NameFinder, is_person
from nhskg.extract.syntax import SUBJECTS, preposition
from nhskg.model import Document, Kind, Label, Mention, TextSpan

MODIFIERS = {
    "compound",
    "amod",
    "nummod",
    "nmod:poss",
    "det",
    "flat",
    "advmod",
    "punct",
    "nmod:desc",
    "nmod:unmarked",
    "obl:unmarked",
    "cc",
    "conj",
    "nmod",
}
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
DEFINITE = {"the", "this", "that", "its", "their", "his", "her"}
WHERE = {"in", "near", "around", "across", "throughout", "outside", "within", "over", "into", "beyond"}
BODY = frozenset({"organisation"})
INDEFINITE = {"a", "an", "another", "one"}
ARGUMENTS = ("obj", "nsubj:pass", "nsubj", "nmod", "obl", "obl:agent", "conj", "iobj", "appos")
NEVER_SPECIFIC = {"det", "det:predet", "punct", "case", "cc"}
YEAR = re.compile(r"^(?:19|20)\d\d$")
AMOUNT = re.compile(r"[£$€]\s?\d[\d.,]*\s?(?:k|m|bn|b|tn|thousand|million|billion|trillion)?\b")


def find_mentions(
    document: Document, paragraphs: Sequence[tuple[int, Doc]], finder: NameFinder, lexicon: Lexicon
) -> list[Mention]:
    """Gives the mentions of a document in text order; no two share a head."""
    found: list[Mention] = []
    sentence_offset = 0
    first = [finder.names(doc, document.published) for _, doc in paragraphs]
    words = frozenset(token.text for _, doc in paragraphs for token in doc if token.text.islower())
    forms = forms_of((name for names in first for name in names), words, lexicon.nouns_in_names)
    settled = settle_kinds((name for names in first for name in names), lexicon)
    for number, (offset, doc) in enumerate(paragraphs):
        sentences = {token.i: index for index, sentence in enumerate(doc.sents, sentence_offset) for token in sentence}
        names = with_echoes(doc, first[number], forms)
        for span, label, kind, phrase, extra in _in_paragraph(doc, names, settled, finder, lexicon):
            root = span.root
            is_name = label in (Label.NAME, Label.REGISTER)
            begin = _with_title(span) if kind is Kind.PERSON and label is not Label.NOMINAL else span.start
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
                    rival=_own_subject(root) if label is Label.PRONOUN and root.dep_ not in SUBJECTS else None,
                    is_subject=root.dep_ in SUBJECTS,
                    is_main=root.dep_ in SUBJECTS and root.head.dep_ == "ROOT",
                    is_where=preposition(root) in WHERE,
                    is_plural="Plur" in root.morph.get("Number", []),
                    is_local=extra is True,
                    is_minor=_is_minor(kind, phrase, root, lexicon),
                )
            )
        sentence_offset += sum(1 for _ in doc.sents)
    return found


def _is_minor(kind: Kind | None, phrase: str, head: Token, lexicon: Lexicon) -> bool:
    """Whether a mention is of what texts speak of more than it acts.

    That is the health service itself, groups of bystanders, and a class of bodies in the singular ("every acute trust").
    """
    if kind is Kind.GROUP:
        is_class = phrase in lexicon.classes
        return not head.lower_.endswith("s") if is_class else phrase.rpartition(" ")[2] in lexicon.bystanders
    return phrase in lexicon.backdrop


def _own_subject(pronoun: Token) -> int | None:
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


def _beside(word: Token, is_name: bool) -> int | None:
    """The head word that a description is in apposition to: "Quill, the rota system", "a rota system called Quill"."""
    if is_name:
        return None
    if word.lower_ in ("we", "us"):  # "We in the Department of Health"
        inside = [c for c in word.children if c.dep_ == "nmod" and preposition(c) in ("in", "at", "of")]
        return inside[0].i if inside else None
    if word.dep_ == "appos":
        return word.head.i
    for child in word.children:
        if child.dep_ in ("appos", "flat", "nmod:desc") and child.pos_ == "PROPN":
            return child.i
        if child.dep_ == "acl" and child.lemma_.lower() in NAMING:
            return next((c.i for c in child.children if c.dep_ in ("xcomp", "obj", "obl") and c.pos_ == "PROPN"), None)
    return None


PEERAGE = {"Lord", "Lady", "Baroness", "Baron", "Viscount", "Viscountess", "Earl", "Countess"}


def _with_title(span: Span) -> int:
    """The first word of a person's name with the titles before it ("Dame", "Lord")."""
    first = span.start
    while first > 0 and (span.doc[first - 1].text.rstrip(".") in TITLES or span.doc[first - 1].text == "."):
        first -= 1
    return first if span.doc[first].text != "." else first + 1


Found = tuple[Span, Label, Kind | None, str, "tuple[str, ...] | bool"]


def _in_paragraph(
    doc: Doc, names: list[FoundName], settled: Mapping[str, Kind], finder: NameFinder, lexicon: Lexicon
) -> list[Found]:
    found: list[Found] = []
    inside: set[int] = set()
    # "NHSE leaders" and "NHS England leaders" are the same people.
    canonical = {name.span.root.i: finder.canonical(name) for name in names}
    for name in names:
        label = Label.REGISTER if name.candidates else Label.NAME
        kind = name.kind if name.candidates else settled.get(name.span.text, name.kind)
        found.append((name.span, label, kind, name.span.text, name.candidates))
        inside.update(range(name.span.start, name.span.end))
    for token in doc:
        if token.i not in inside and token.pos_ == "PROPN" and token.text[0].isupper() and len(token) > 2:
            described = kind_described(token, None, lexicon)
            if described is not None:
                found.append((doc[token.i : token.i + 1], Label.NAME, described, token.text, ()))
                inside.add(token.i)
    for token in doc:
        if token.i in inside:
            continue
        if token.lower_ in PRONOUNS and token.pos_ in ("PRON", "DET"):
            found.append((doc[token.i : token.i + 1], Label.PRONOUN, None, token.lower_, False))
        elif token.idx in doc.user_data[OFFICES]:
            found.extend(_office(token, lexicon))
        elif token.idx in doc.user_data[CLASSES] and not token.lower_.endswith("s"):
            if _determiner(token) in INDEFINITE | {"each", "every", "any"}:
                found.append(
                    (doc[token.i : token.i + 1], Label.PHRASE, Kind.GROUP, doc.user_data[CLASSES][token.idx], False)
                )
        elif token.pos_ in ("NOUN", "PROPN"):
            found.extend(_description(token, canonical, lexicon))
        elif token.text in "£$€" and token.dep_ in ARGUMENTS and (match := AMOUNT.match(doc.text, token.idx)):
            span = doc.char_span(*match.span(), alignment_mode="expand") or doc[token.i : token.i + 1]
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


def _office(token: Token, lexicon: Lexicon) -> list[Found]:
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


def _description(noun: Token, canonical: Mapping[int, str], lexicon: Lexicon) -> Iterator[Found]:
    """A noun phrase whose head makes it a group, fund, programme, document, or a stand-in for something named."""
    lemma, is_plural = _lemma(noun, lexicon)
    named_class = noun.doc.user_data[CLASSES].get(noun.idx) or (lemma if lemma in lexicon.acronyms.values() else "")
    kind = Kind.GROUP if named_class else lexicon.nouns.get(lemma)
    stands_for = lexicon.nominals.get(lemma)
    owner = next((c for c in noun.children if c.dep_ in ("nmod:poss", "compound") and c.i in canonical), None)
    if lemma in lexicon.units and not is_plural and owner is not None:
        kind, stands_for = Kind.ORGANISATION, None
    if (kind is None and stands_for is None) or noun.dep_ in ("compound", "flat"):
        return
    span = _noun_phrase(noun)
    determiner = _determiner(noun)
    specific = [t for t in span if t.i != noun.i and _is_specific(t, lexicon)]
    if kind is Kind.GROUP and specific and specific[0].text == "NHS":
        specific = specific[1:]  # "NHS trusts" are the trusts
    phrase = " ".join([*(canonical.get(t.i) or (t.text if _keeps_case(t) else t.lower_) for t in specific), lemma])
    if is_plural and (kind is Kind.GROUP or (kind is not None and stands_for == BODY)):
        if named_class:
            phrase = " ".join([*phrase.split()[: len(specific)], named_class])
        if specific or named_class or lemma not in lexicon.weak_groups:
            # "the hardest-hit areas" are particular to the text; "acute hospitals", "trust boards" are not.
            is_local = (
                lemma in lexicon.weak_groups and all(t.pos_ in ("ADJ", "VERB") for t in specific) and bool(specific)
            )
            number = _number(noun)
            if number is not None and not named_class:
                # "four hospitals" are some of them, particular to the text.
                first = min([number.i, *(t.i for t in specific)])
                yield noun.doc[first : noun.i + 1], Label.PHRASE, Kind.GROUP, f"{number.lower_} {phrase}", True
                return
            yield _from_first(span, specific, noun), Label.PHRASE, Kind.GROUP, phrase, is_local
        else:
            yield span, Label.NOMINAL, Kind.GROUP, lemma, False
        return
    if kind is Kind.GROUP or kind is None:
        if stands_for and determiner in DEFINITE and not specific:
            yield span, Label.NOMINAL, None, lemma, False
        elif stands_for == BODY and not is_plural and specific and (determiner or noun.text[0].isupper()):
            yield _from_first(span, specific, noun), Label.PHRASE, Kind.ORGANISATION, phrase, True
        return
    if kind is Kind.FUND and not specific and AMOUNT.search(span.text):
        yield (
            _from_first(span, specific, noun),
            Label.PHRASE,
            kind,
            f"{_amount_in(span)} {phrase}",
            determiner in INDEFINITE,
        )
        return
    if not specific:
        if determiner in DEFINITE or (kind is Kind.FUND and not determiner):
            yield span, Label.NOMINAL, kind, lemma, False
        elif (determiner in INDEFINITE or is_plural or (not determiner and lemma in lexicon.mass)) and (
            noun.dep_ in ARGUMENTS
        ):
            yield span, Label.PHRASE, kind, phrase, True
        return
    is_name = (
        any(t.pos_ == "PROPN" or _keeps_case(t) for t in specific) or len(specific) >= 2 or AMOUNT.search(span.text)
    )
    # Only capital letters make a name that means the same elsewhere; "the workforce strategy" has many owners.
    is_title = noun.text[0].isupper() and determiner not in INDEFINITE
    if is_title or is_name or kind is Kind.DOCUMENT or determiner:
        yield _from_first(span, specific, noun), Label.PHRASE, kind, phrase, not is_title


def _amount_in(span: Span) -> str:
    """The words of an amount of money: "£500m"."""
    match = AMOUNT.search(span.text)
    return match[0] if match else ""


def _number(noun: Token) -> Token | None:
    """The number before a noun ("four", "43"), not a year."""
    return next((c for c in noun.children if c.dep_ == "nummod" and not YEAR.match(c.text) and c.i < noun.i), None)


def _determiner(noun: Token) -> str:
    """The article or its like before a noun, in lower case, or an empty string."""
    return next((child.lower_ for child in noun.children if child.dep_ in ("det", "nmod:poss", "nummod")), "")


def _lemma(noun: Token, lexicon: Lexicon) -> tuple[str, bool]:
    """The noun in the singular, acronyms of classes spelt out, and whether it was plural."""
    text = noun.text
    singular = text[:-1] if text.endswith("s") and text[:-1].isupper() else text
    if singular in lexicon.acronyms:
        return lexicon.acronyms[singular], singular != text or "Plur" in noun.morph.get("Number", [])
    if noun.idx in noun.doc.user_data[CLASSES]:
        return noun.doc.user_data[CLASSES][noun.idx], noun.lower_.endswith("s")
    return noun.lemma_.lower(), "Plur" in noun.morph.get("Number", [])


def _noun_phrase(noun: Token) -> Span:
    """The noun with the modifiers before it."""
    first = noun.i
    start = noun.sent.start
    while first > start:
        token = noun.doc[first - 1]
        if (
            noun.is_ancestor(token)
            and token.dep_ in MODIFIERS
            and token.pos_ not in ("SCONJ", "ADP")
            and (token.pos_ != "VERB" or token.dep_ == "amod")
            and token.text not in (",", ":", ";", "(", ")", "–", "—")
        ) or (
            token.text == ","
            and first - 2 >= start
            and noun.doc[first - 2].dep_ == "amod"
            and noun.doc[first - 2].head == noun
        ):
            first -= 1
        else:
            break
    return noun.doc[first : noun.i + 1]


def _is_specific(token: Token, lexicon: Lexicon) -> bool:
    """Whether a modifier tells one thing from another: "winter", "2019", but not "the", "many", "£500m" or "recent"."""
    if token.pos_ == "NUM":
        return YEAR.match(token.text) is not None
    if token.dep_ in NEVER_SPECIFIC or token.pos_ in ("DET", "PRON", "PUNCT", "ADP", "ADV", "PART", "SYM", "CCONJ"):
        return False
    return token.lower_ not in lexicon.unspecific


def _keeps_case(token: Token) -> bool:
    return token.pos_ == "PROPN" or token.text.isupper()


def _from_first(span: Span, specific: list[Token], noun: Token) -> Span:
    """The phrase without leading articles and vague words."""
    first = min([t.i for t in specific], default=noun.i)
    money = [t.i for t in span if t.text[0] in "£$€" and t.i < first]
    return span.doc[min([first, *money]) : span.end]
