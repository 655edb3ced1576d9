"""What a pipeline made of a text, compared with what it should be, as in the CoNLL 2018 shared task.

Words are aligned by the characters they span, so the two may cut the text into words differently:
https://universaldependencies.org/conll18/evaluation.html. Unlike there, dependency labels count with their subtypes.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from labelled_names import LABELS

Span = tuple[int, int]
Name = tuple[int, int, str]


@dataclass(frozen=True, slots=True)
class Count:
    """How many the gold standard has, the system has, and of these, how many are right."""

    gold: int = 0
    system: int = 0
    correct: int = 0

    def __add__(self, other: Count) -> Count:
        return Count(self.gold + other.gold, self.system + other.system, self.correct + other.correct)

    @property
    def precision(self) -> float:
        return self.correct / self.system if self.system else 0.0

    @property
    def recall(self) -> float:
        return self.correct / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall.

        >>> Count(gold=4, system=6, correct=3).f1
        0.6
        """
        return 2 * self.correct / (self.gold + self.system) if self.gold + self.system else 0.0


def compare(system: Doc, gold: Doc) -> dict[str, Count]:
    """Counts words, sentences, tags, lemmas and heads of two analyses of the same text.

    Args:
        system: what the pipeline made of the text.
        gold: what it should be; the lemma ``_`` (the rest of a word that was torn in two) lets any lemma pass.

    Raises:
        ValueError: if the texts differ.
    """
    if system.text != gold.text:
        raise ValueError(f"the texts differ: {system.text!r} and {gold.text!r}")
    ours, theirs = _words(system), _words(gold)
    pairs = [(ours[span], word) for span, word in theirs.items() if span in ours]
    heads = [(our, word) for our, word in pairs if _head(our) == _head(word)]
    correct = {
        "words": len(pairs),
        "UPOS": sum(our.pos == word.pos for our, word in pairs),
        "lemma": sum(word.lemma_ in {our.lemma_, "_"} for our, word in pairs),
        "UAS": len(heads),
        "LAS": sum(our.dep_.lower() == word.dep_.lower() for our, word in heads),
    }
    counts = {measure: Count(len(theirs), len(ours), number) for measure, number in correct.items()}
    ours_sentences, sentences = _sentences(system), _sentences(gold)
    return counts | {"sentences": Count(len(sentences), len(ours_sentences), len(sentences & ours_sentences))}


def _characters(word: Token) -> Span:
    return word.idx, word.idx + len(word)


def _words(doc: Doc) -> dict[Span, Token]:
    return {_characters(word): word for word in doc if not word.is_space}


def _head(word: Token) -> Span | None:
    """The characters of the governor; none for a root."""
    return None if word.head.i == word.i else _characters(word.head)


def _sentences(doc: Doc) -> set[Span]:
    sentences = ([word for word in sentence if not word.is_space] for sentence in doc.sents)
    return {(words[0].idx, _characters(words[-1])[1]) for words in sentences if words}


def total(counts: Iterable[dict[str, Count]]) -> dict[str, Count]:
    """Adds up the counts of several documents, measure by measure."""
    added: dict[str, Count] = {}
    for count in counts:
        added |= {measure: added.get(measure, Count()) + number for measure, number in count.items()}
    return added


def compare_names(system: Doc, gold: Iterable[Name]) -> dict[str, Count]:
    """Counts names by label; a name is right if its first and last character and its label are."""
    found = {(name.start_char, name.end_char, name.label_) for name in system.ents}
    expected = set(gold)

    def of(label: str, names: set[Name]) -> int:
        return sum(name[2] == label for name in names)

    return {label: Count(of(label, expected), of(label, found), of(label, expected & found)) for label in LABELS}
