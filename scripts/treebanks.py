"""Universal Dependencies treebanks as spaCy training documents.

Sentences of one paragraph become one document, so that the parser learns where sentences end; a second reading of
the same text joins a few paragraphs by spaces and turns straight quotation marks into curly ones, because saved
newsletters come in every shape. CoNLL-U is read with the ``conllu`` library; format:
https://universaldependencies.org/format.html
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import conllu
from spacy.tokens import Doc, Span
from spacy.util import filter_spans
from spacy.vocab import Vocab

FEATURES = {"Mood", "Number", "Person", "Poss", "PronType", "Tense", "VerbForm", "Voice"}
"""The morphological features that extraction uses; the others would only make the tag set larger."""

ENTITY_LABELS = {"person": "PERSON", "organization": "ORG", "place": "PLACE"}
INSIDE_NAME = {"of", "for", "and", "the", "&", "in", "on", "de", "van", "von", "’s", "'s", "-", "'", "."}
CAPITALISED = {"ADJ", "NOUN", "VERB", "NUM"}
TITLES = {
    *("Mr", "Mr.", "Mrs", "Mrs.", "Ms", "Ms.", "Dr", "Dr.", "Sir", "Dame", "Lord", "Lady", "Prof.", "Professor"),
    *("President", "Governor", "Senator", "Secretary", "Minister", "Judge", "Justice", "General", "King", "Queen"),
}
OPENING_OR_CLOSING = re.compile(r"\(([^()|]+)(\))?|([^()|]+)\)")

Sentence = conllu.TokenList


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Consecutive sentences of one paragraph of one treebank document."""

    document: str
    sentences: tuple[Sentence, ...]


def read_paragraphs(path: Path) -> Iterator[Paragraph]:
    """Gives the paragraphs of a CoNLL-U file in order (``# newdoc`` and ``# newpar`` comments)."""
    document = ""
    held: list[Sentence] = []
    with path.open(encoding="utf-8") as lines:
        for sentence in conllu.parse_incr(lines):
            starts_document = "newdoc id" in sentence.metadata
            if held and (starts_document or "newpar" in sentence.metadata or "newpar id" in sentence.metadata):
                yield Paragraph(document, tuple(held))
                held = []
            if starts_document:
                document = sentence.metadata["newdoc id"]
            held.append(sentence)
    if held:
        yield Paragraph(document, tuple(held))


def words_of(sentence: Sentence) -> list[tuple[dict[str, Any], bool]]:
    """The syntactic words of a sentence, each with whether a space follows."""
    words: list[tuple[dict[str, Any], bool]] = []
    last_of_multiword, multiword_space = 0, True
    for token in sentence:
        space = (token["misc"] or {}).get("SpaceAfter") != "No"
        identifier = token["id"]
        if isinstance(identifier, tuple):
            if identifier[1] == "-":
                last_of_multiword, multiword_space = identifier[2], space
            continue
        if identifier == last_of_multiword:
            space = multiword_space
        elif identifier < last_of_multiword:
            space = False
        words.append((token, space))
    return words


def curly(words: list[str], spaces: list[bool]) -> list[str]:
    """Turns straight quotation marks into the curly ones that typesetting would put there."""
    curled = []
    for index, word in enumerate(words):
        opens = (index == 0 or spaces[index - 1]) and not spaces[index]
        if word == '"':
            word = "“" if opens else "”"
        elif word == "'":
            word = "‘" if opens else "’"
        curled.append(word.replace("'", "’"))
    return curled


def to_doc(
    vocab: Vocab, sentences: tuple[Sentence, ...], *, curl: bool = False, entities: bool = False, no_names: bool = False
) -> Doc:
    """One spaCy document with gold words, tags, lemmas, heads and sentence starts.

    Args:
        vocab: the vocabulary to build on.
        sentences: the sentences, in order; the last word of each is followed by a space.
        curl: whether quotation marks become curly.
        entities: whether GUM's ``Entity=`` annotation gives PERSON, ORG and PLACE names; where not, names are
            missing, which is not the same as there being none.
        no_names: whether words that cannot belong to a name are marked as outside of one; all others are missing.
    """
    words: list[str] = []
    spaces: list[bool] = []
    columns: dict[str, Any] = {"pos": [], "morphs": [], "lemmas": [], "heads": [], "deps": [], "sent_starts": []}
    for sentence in sentences:
        offset = len(words)
        rows = words_of(sentence)
        position = {token["id"]: offset + index for index, (token, _) in enumerate(rows)}
        for index, (token, space) in enumerate(rows):
            features = {k: v for k, v in (token["feats"] or {}).items() if k in FEATURES}
            words.append(token["form"])
            spaces.append(space or index == len(rows) - 1)
            columns["pos"].append(token["upos"])
            columns["morphs"].append("|".join(f"{k}={v}" for k, v in sorted(features.items())))
            columns["lemmas"].append(token["lemma"] or token["form"])
            columns["heads"].append(position[token["head"]] if token["head"] else offset + index)
            columns["deps"].append("ROOT" if token["deprel"] == "root" else token["deprel"])
            columns["sent_starts"].append(index == 0)
    doc = Doc(vocab, words=curly(words, spaces) if curl else words, spaces=spaces, **columns)
    if entities:
        doc.set_ents(_names(doc, sentences), default="outside")
    if no_names:
        doc.set_ents([], missing=list(_perhaps_names(doc)), default="outside")
    return doc


def _perhaps_names(doc: Doc) -> Iterator[Span]:
    """Runs of words that may belong to a name: proper nouns, and capitals and joining words beside them."""
    start = 0
    while start < len(doc):
        end = start
        while end < len(doc) and (
            doc[end].pos_ == "PROPN" or doc[end].text in INSIDE_NAME or doc[end].text[0].isupper()
        ):
            end += 1
        if any(word.pos_ == "PROPN" for word in doc[start:end]):
            yield doc[start:end]
        start = max(end, start + 1)


def marked(sentences: tuple[Sentence, ...]) -> Iterator[tuple[int, int, str, str]]:
    """The mentions of GUM's ``Entity=`` column: first word, word after the last, coreference chain, kind."""
    open_spans: dict[str, list[tuple[int, str]]] = {}
    index = 0
    for sentence in sentences:
        for token, _ in words_of(sentence):
            for match in OPENING_OR_CLOSING.finditer((token["misc"] or {}).get("Entity") or ""):
                opened, closed_at_once, closed = match.groups()
                if opened:
                    chain, _, rest = opened.partition("-")
                    open_spans.setdefault(chain, []).append((index, rest.partition("-")[0]))
                if closed_at_once or closed:
                    chain = (closed or opened).partition("-")[0]
                    start, kind = open_spans[chain].pop()
                    yield start, index + 1, chain, kind
            index += 1


def _names(doc: Doc, sentences: tuple[Sentence, ...]) -> list[Span]:
    spans = (_name(doc, start, end, ENTITY_LABELS.get(kind, "")) for start, end, _, kind in marked(sentences))
    return filter_spans(span for span in spans if span is not None)


def _name(doc: Doc, start: int, end: int, label: str) -> Span | None:
    """The proper name inside an entity mention: the run of name words round its head, without titles and articles."""
    root = doc[start:end].root
    if not label or root.pos_ != "PROPN":
        return None

    def in_name(index: int) -> bool:
        word = doc[index]
        return word.pos_ == "PROPN" or word.text in INSIDE_NAME or (word.text[0].isupper() and word.pos_ in CAPITALISED)

    first = last = root.i
    while first > start and in_name(first - 1):
        first -= 1
    while last + 1 < end and in_name(last + 1):
        last += 1
    while first < last and (
        (doc[first].pos_ != "PROPN" and not doc[first].text[0].isupper()) or doc[first].dep_ == "nmod:desc"
    ):
        first += 1
    while first < last and (doc[first].text.lower() == "the" or doc[first].pos_ == "DET"):
        first += 1
    while last > first and doc[last].text in INSIDE_NAME:
        last -= 1
    if label == "PERSON":
        while first < last and doc[first].text in TITLES:
            first += 1
        if "Plur" in root.morph.get("Number", []) or doc[first].text in TITLES or doc[first].pos_ != "PROPN":
            return None  # "Americans" are a people, "Governor of Virginia" is a post
    return Span(doc, first, last + 1, label=label)
