"""Short sentences with their parse, made from the lexicon: "Unison backs trusts.", "NHS England plans to fund Monitor."

The treebanks have few sentences in which a body does something to another in five words, and the parser takes "funds",
"plans" or "rates" after a name for nouns. Here every verb of ``ontology/lexicon.toml`` stands in such sentences, with the
tags, lemmas and Universal Dependencies that they must get. Both words and constructions are ours, so that nothing of a
test set comes in.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random

from spacy.tokens import Doc
from spacy.vocab import Vocab

from nhskg.extract.inflection import inflect

PAST = "Mood=Ind|Tense=Past|VerbForm=Fin"
PARTICIPLE = "Tense=Past|VerbForm=Part"
INFINITIVE = "VerbForm=Inf"


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a sentence; ``head`` is relative to it, 0 for the root."""

    text: str
    tag: str
    lemma: str
    relation: str
    head: int
    features: str = ""


Phrase = list[Word]


def _attach(phrase: Phrase, relation: str, head_at: int, at: int) -> Phrase:
    """The phrase, placed at ``at``, with its root hung on the word at ``head_at``."""
    return [
        replace(word, relation=relation, head=head_at - (at + index)) if not word.head else word
        for index, word in enumerate(phrase)
    ]


def _noun(text: str, lemma: str, number: str) -> Word:
    return Word(text, "NOUN", lemma, "", 0, f"Number={number}")


class Maker:
    """Makes sentences with the verbs of a lexicon and the names of some lists."""

    def __init__(self, lexicon: Path, bodies: list[str], people: tuple[list[str], list[str]], random: Random) -> None:
        content = tomllib.loads(lexicon.read_text(encoding="utf-8"))
        self.stand_in = content["stand_ins"]["body"]  # what a merged name of the register looks like to the parser
        frames = [frame for entry in content["predicates"].values() for frame in entry["frames"]]
        verbs = {verb for frame in frames for verb in frame.get("verb", ())}
        bare = {verb for verb in verbs if verb.isalpha()}
        self.transitive = sorted(bare - {"be", "fail", "dither", "flounder", "become", "pussyfoot"})
        self.prepositional = sorted(
            verb for verb in verbs if len(verb.split()) == 2 and verb.split()[1] in PREPOSITIONS and verb[0] != "@"
        )
        self.bodies, self.people, self.random = bodies, people, random

    def body(self) -> Phrase:
        """The name of a body, a person, a class of bodies, or a description."""
        random = self.random
        kind = random.random()
        if kind < 0.25:
            return [Word(self.stand_in, "PROPN", self.stand_in, "", 0, "Number=Sing")]
        if kind < 0.5:
            words = random.choice(self.bodies).split()
            last = len(words) - 1
            return [
                Word(word, "PROPN", word, "compound" if index < last else "", last - index, "Number=Sing")
                for index, word in enumerate(words)
            ]
        if kind < 0.65:
            given, family = random.choice(self.people[0]), random.choice(self.people[1])
            return [
                Word(given, "PROPN", given, "", 0, "Number=Sing"),
                Word(family, "PROPN", family, "flat", -1, "Number=Sing"),
            ]
        if kind < 0.85:
            text, lemma = random.choice(GROUPS)
            if random.random() < 0.4:
                adjective = random.choice(ADJECTIVES)
                return [Word(adjective, "ADJ", adjective, "amod", 1), _noun(text, lemma, "Plur")]
            return [_noun(text, lemma, "Plur")]
        noun = random.choice(NOMINALS)
        return [Word("the", "DET", "the", "det", 1, "PronType=Art"), _noun(noun, noun, "Sing")]

    def sentence(self) -> Phrase:
        """One sentence, with a full stop or, like a headline, without."""
        kinds = (
            self._active,
            self._active,
            self._passive,
            self._control,
            self._reported,
            self._relative,
            self._headline,
        )
        words = self.random.choice(kinds)()
        if self.random.random() < 0.3:
            words = self._with_when(words)
        first = words[0]
        words[0] = replace(first, text=first.text[:1].upper() + first.text[1:])
        if self.random.random() < 0.9:
            root = next(index for index, word in enumerate(words) if word.relation == "root")
            words.append(Word(".", "PUNCT", ".", "punct", root - len(words)))
        return words

    def _with_when(self, words: Phrase) -> Phrase:
        preposition, noun, tag = self.random.choice(WHENS)
        root = next(index for index, word in enumerate(words) if word.relation == "root")
        at = len(words)
        return [
            *words,
            Word(preposition, "ADP", preposition, "case", 1),
            Word(noun, tag, noun, "obl", root - at - 1, "Number=Sing" if tag != "NUM" else ""),
        ]

    def several(self) -> Phrase:
        """One body, or two joined by "and"."""
        first = self.body()
        if self.random.random() < 0.8:
            return first
        second = self.body()
        root = next(index for index, word in enumerate(first) if not word.head)
        at = len(first) + 1
        other = next(index for index, word in enumerate(second) if not word.head)
        return [*first, Word("and", "CCONJ", "and", "cc", other + 1), *_attach(second, "conj", root, at)]

    def _clause(self, verbs: Phrase, subject: Phrase, relation: str = "nsubj") -> Phrase:
        """Subject, auxiliaries and verb; the verb is the last word, and the root."""
        at = len(subject) + len(verbs) - 1
        words = _attach(subject, relation, at, 0)
        for index, word in enumerate(verbs):
            place = len(subject) + index
            words.append(replace(word, head=at - place) if place != at else word)
        return words

    def _finite(self, lemma: str, subject: Phrase) -> Phrase:
        """A verb in a finite form that agrees with its subject, with its auxiliaries before it."""
        plural = _is_plural(subject)
        choice = self.random.random()
        if choice < 0.35:
            if plural:
                features = "Mood=Ind|Number=Plur|Person=3|Tense=Pres|VerbForm=Fin"
                return [Word(inflect(lemma, "base"), "VERB", lemma, "root", 0, features)]
            features = "Mood=Ind|Number=Sing|Person=3|Tense=Pres|VerbForm=Fin"
            return [Word(inflect(lemma, "s"), "VERB", lemma, "root", 0, features)]
        if choice < 0.65:
            return [Word(inflect(lemma, "past"), "VERB", lemma, "root", 0, PAST)]
        if choice < 0.8:
            have = Word("have" if plural else "has", "AUX", "have", "aux", 0, "Mood=Ind|Tense=Pres|VerbForm=Fin")
            return [have, Word(inflect(lemma, "participle"), "VERB", lemma, "root", 0, PARTICIPLE)]
        modal = self.random.choice(("will", "could", "may", "would", "should"))
        words = [Word(modal, "AUX", modal, "aux", 0, "VerbForm=Fin")]
        if self.random.random() < 0.3:
            words.append(Word("not", "PART", "not", "advmod", 0))
        return [*words, Word(lemma, "VERB", lemma, "root", 0, INFINITIVE)]

    def _object(self, words: Phrase, relation: str = "obj", preposition: str = "") -> Phrase:
        """Adds an object to the last word."""
        object_ = self.several()
        at = len(words)
        added = _attach(object_, relation, at - 1, at + bool(preposition))
        if preposition:
            root = next(index for index, word in enumerate(object_) if not word.head)
            added = [Word(preposition, "ADP", preposition, "case", root + 1), *added]
        return [*words, *added]

    def _active(self) -> Phrase:
        subject = self.several()
        if self.prepositional and self.random.random() < 0.25:
            lemma, preposition = self.random.choice(self.prepositional).split()
            return self._object(self._clause(self._finite(lemma, subject), subject), "obl", preposition)
        lemma = self.random.choice(self.transitive)
        return self._object(self._clause(self._finite(lemma, subject), subject))

    def _passive(self) -> Phrase:
        subject = self.body()
        plural = _is_plural(subject)
        form = self.random.choice(("were", "are") if plural else ("was", "is"))
        features = f"Mood=Ind|Tense={'Past' if form[0] == 'w' else 'Pres'}|VerbForm=Fin"
        lemma = self.random.choice(self.transitive)
        verbs = [
            Word(form, "AUX", "be", "aux:pass", 0, features),
            Word(inflect(lemma, "participle"), "VERB", lemma, "root", 0, PARTICIPLE + "|Voice=Pass"),
        ]
        return self._object(self._clause(verbs, subject, "nsubj:pass"), "obl:agent", "by")

    def _control(self) -> Phrase:
        """ "Unison plans to back trusts." """
        subject = self.body()
        words = self._clause(self._finite(self.random.choice(CONTROL), subject), subject)
        lemma = self.random.choice(self.transitive)
        words.append(Word("to", "PART", "to", "mark", 1))
        words.append(Word(lemma, "VERB", lemma, "xcomp", -2, INFINITIVE))
        return self._object(words)

    def _headline(self) -> Phrase:
        """ "Unison to back trusts" """
        subject = self.body()
        lemma = self.random.choice(self.transitive)
        verbs = [Word("to", "PART", "to", "mark", 0), Word(lemma, "VERB", lemma, "root", 0, INFINITIVE)]
        return self._object(self._clause(verbs, subject))

    def _relative(self) -> Phrase:
        """ "Unison, which backs trusts, funds Monitor." """
        subject = self.body()
        root = next(index for index, word in enumerate(subject) if not word.head)
        pronoun = Word("which", "PRON", "which", "", 0, "PronType=Rel")
        inner = self._object(self._clause(self._finite(self.random.choice(self.transitive), subject), [pronoun]))
        verb = next(index for index, word in enumerate(inner) if word.relation == "root")
        at = len(subject) + 1
        clause = [
            Word(",", "PUNCT", ",", "punct", verb + 1),
            *_hang(inner, verb, "acl:relcl", root - (at + verb)),
            Word(",", "PUNCT", ",", "punct", verb - len(inner)),
        ]
        return self._object(
            self._clause(self._finite(self.random.choice(self.transitive), subject), [*subject, *clause])
        )

    def _reported(self) -> Phrase:
        """ "Unison said that trusts fund Monitor." """
        speaker = self.body()
        said = self.random.choice(("say", "warn", "claim", "argue", "deny", "allege", "report", "suggest"))
        words = self._clause([Word(inflect(said, "past"), "VERB", said, "root", 0, PAST)], speaker)
        at = len(words)
        inner = self._active()
        root = next(index for index, word in enumerate(inner) if word.relation == "root")
        mark = [Word("that", "SCONJ", "that", "mark", root + 1)] if self.random.random() < 0.7 else []
        at += len(mark)
        return [*words, *mark, *_hang(inner, root, "ccomp", (len(words) - 1) - (at + root))]


def _is_plural(subject: Phrase) -> bool:
    root = next(word for word in subject if not word.head)
    return root.features == "Number=Plur" or any(word.relation == "conj" for word in subject)


def _hang(words: Phrase, root: int, relation: str, head: int) -> Phrase:
    return [replace(word, relation=relation, head=head) if index == root else word for index, word in enumerate(words)]


def short_sentences(vocab: Vocab, maker: Maker, number: int) -> Iterator[Doc]:
    """Gives so many documents of one to three short sentences."""
    for _ in range(number):
        sentences = [maker.sentence() for _ in range(maker.random.randint(1, 3))]
        words = [word for sentence in sentences for word in sentence]
        follows = [*words[1:], Word("", "", "", "", 0)]
        yield Doc(
            vocab,
            words=[word.text for word in words],
            spaces=[following.tag != "PUNCT" for following in follows],
            pos=[word.tag for word in words],
            morphs=[word.features for word in words],
            lemmas=[word.lemma for word in words],
            heads=[index + word.head for index, word in enumerate(words)],
            deps=["ROOT" if word.relation == "root" else word.relation for word in words],
            sent_starts=[index == 0 for sentence in sentences for index in range(len(sentence))],
        )


PREPOSITIONS = ("on", "to", "with", "for", "from", "in", "into", "of", "about", "against", "at", "upon")
GROUPS = [
    *(("trusts", "trust"), ("hospitals", "hospital"), ("ministers", "minister"), ("councils", "council")),
    *(("providers", "provider"), ("systems", "system"), ("commissioners", "commissioner"), ("unions", "union")),
    *(("nurses", "nurse"), ("patients", "patient"), ("doctors", "doctor"), ("boards", "board"), ("leaders", "leader")),
]
ADJECTIVES = ("local", "most", "many", "other", "smaller", "rural", "private", "struggling", "large", "new")
NOMINALS = (
    *(
        "regulator",
        "board",
        "department",
        "agency",
        "union",
        "charity",
        "government",
        "minister",
        "committee",
        "letter",
    ),
    *("report", "plan", "strategy", "review", "guidance", "council", "trust", "centre", "company", "fund"),
)
CONTROL = (
    "plan",
    "want",
    "promise",
    "refuse",
    "fail",
    "agree",
    "intend",
    "pledge",
    "decline",
    "need",
    "decide",
    "seek",
)
WHENS = (
    *(("in", "April", "PROPN"), ("in", "2019", "NUM"), ("on", "Monday", "PROPN"), ("in", "March", "PROPN")),
    *(("by", "December", "PROPN"), ("since", "May", "PROPN"), ("from", "June", "PROPN")),
)
