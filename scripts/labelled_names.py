"""Sentences with names labelled by hand, ``seeds/names/*.txt``: ``[Penny Dash](PERSON) chairs [NHS England](ORG).``"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from random import Random

from spacy.lang.en import English
from spacy.tokens import Doc
from spacy.vocab import Vocab

from nhskg.register import Register

LABELS = ("PERSON", "ORG", "PLACE")
MARK = re.compile(rf"\[([^\[\]]+)\]\(({'|'.join(LABELS)})\)")
ACRONYM = re.compile(r"^[A-Z][A-Za-z&/]*[A-Z&/]s?$")
TOKENISER = English().tokenizer


@dataclass(frozen=True, slots=True)
class LabelledSentence:
    """A sentence and its names as (start, end, label) in characters."""

    text: str
    names: tuple[tuple[int, int, str], ...]

    @classmethod
    def parse(cls, line: str) -> LabelledSentence:
        """Reads one marked-up line.

        >>> LabelledSentence.parse("[Unison](ORG) agreed.")
        LabelledSentence(text='Unison agreed.', names=((0, 6, 'ORG'),))
        """
        text, names, copied = "", [], 0
        for match in MARK.finditer(line):
            text += line[copied : match.start()]
            names.append((len(text), len(text) + len(match[1]), match[2]))
            text += match[1]
            copied = match.end()
        return cls(text + line[copied:], tuple(names))

    def to_doc(self, vocab: Vocab) -> Doc:
        """The sentence as a spaCy document; a name that cuts through a token is widened to the whole token."""
        words = TOKENISER(self.text)
        doc = Doc(vocab, words=[word.text for word in words], spaces=[bool(word.whitespace_) for word in words])
        spans = [doc.char_span(start, end, label=label, alignment_mode="expand") for start, end, label in self.names]
        doc.set_ents([span for span in spans if span is not None], default="outside")
        return doc


@dataclass(frozen=True, slots=True)
class NameLists:
    """Names to put in the place of those in a labelled sentence, so that contexts are learned rather than names."""

    given: tuple[str, ...]
    surnames: tuple[str, ...]
    places: tuple[str, ...]
    bodies: tuple[str, ...]
    acronyms: tuple[str, ...]

    @classmethod
    def read(cls, folder: Path, register: Register) -> NameLists:
        """Reads the lists of a folder and adds the names of the register."""

        def lines(name: str) -> list[str]:
            return (folder / name).read_text(encoding="utf-8").split("\n")[:-1]

        forms = [*register.forms, *lines("bodies.txt")]
        return cls(
            given=tuple(lines("given_names.txt")),
            surnames=tuple(lines("surnames.txt")),
            places=tuple(lines("places.txt")),
            bodies=tuple(
                sorted(f for f in forms if not ACRONYM.match(f) and f not in register.misleading and f[0].isupper())
            ),
            acronyms=tuple(sorted(f for f in forms if ACRONYM.match(f) and f not in register.misleading)),
        )

    def vary(self, sentence: LabelledSentence, random: Random) -> LabelledSentence:
        """The sentence with most of its names replaced by others of the same label and shape."""
        text, names, copied = "", [], 0
        for start, end, label in sentence.names:
            text += sentence.text[copied:start]
            old = sentence.text[start:end]
            new = self._other(old, label, random) if random.random() < 0.8 else old
            names.append((len(text), len(text) + len(new), label))
            text += new
            copied = end
        return LabelledSentence(text + sentence.text[copied:], tuple(names))

    def _other(self, name: str, label: str, random: Random) -> str:
        if label == "PERSON":
            surname = random.choice(self.surnames)
            return f"{random.choice(self.given)} {surname}" if " " in name else surname
        if label == "PLACE":
            return random.choice(self.places)
        if name == "NHS":
            return name
        return random.choice(self.acronyms if ACRONYM.match(name) else self.bodies)


@dataclass(frozen=True, slots=True)
class Split:
    """Sentences to train on, to choose the checkpoint by, and to report on."""

    train: tuple[LabelledSentence, ...]
    develop: tuple[LabelledSentence, ...]
    test: tuple[LabelledSentence, ...]


def read_labelled_names(folder: Path) -> list[LabelledSentence]:
    """Gives the sentences of all files of a folder, in file and line order."""
    return [
        LabelledSentence.parse(line)
        for path in sorted(folder.glob("*.txt"))
        for line in path.read_text(encoding="utf-8").splitlines()
        if line.strip()
    ]


def split(sentences: list[LabelledSentence]) -> Split:
    """Keeps every third sentence aside; of the other two thirds, one in ten chooses the checkpoint."""
    kept = [s for i, s in enumerate(sentences) if i % 3 != 2]
    return Split(
        train=tuple(s for i, s in enumerate(kept) if i % 10 != 9),
        develop=tuple(s for i, s in enumerate(kept) if i % 10 == 9),
        test=tuple(s for i, s in enumerate(sentences) if i % 3 == 2),
    )
