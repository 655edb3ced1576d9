"""Which frames of the lexicon a word triggers, by its lemma or by what the sentence does with it."""

from __future__ import annotations

from nhskg.extract.lemmas import lemma_of
from nhskg.extract.lexicon import Frame, Lexicon
from nhskg.extract.names import is_person
from nhskg.extract.syntax import AUXILIARY, QUESTION_WORDS, Roles, is_passive, is_verbal
from nhskg.extract.words import Word
from nhskg.model import Kind

PARTS = {"NOUN": "noun", "PROPN": "noun", "NUM": "noun", "ADJ": "adjective", "ADP": "preposition"}
TRIGGERING = {"VERB", "AUX", *PARTS}
"""What a word must be to trigger a frame, unless it is the name of a person."""


def frames_of(token: Word, lexicon: Lexicon, names_person: bool) -> tuple[Frame, ...]:
    """The frames that a word may trigger; ``names_person`` where it is the name of a person."""
    part = "verb" if is_verbal(token) else PARTS.get(token.pos_, "")
    if not part and not names_person:
        return ()
    lemma = lemma_of(token, lexicon)
    frames = lexicon.frames.get((part, lemma), ())
    titled = token.pos_ == "ADJ" and token.i + 1 < len(token.doc) and is_person(token.doc[token.i + 1])
    if (part == "noun" or titled) and lemma in lexicon.posts:  # "chief executive Jane Crosby"
        frames += lexicon.frames.get(("noun", "@posts"), ())
    if part == "noun" and lexicon.nouns.get(lemma) is Kind.GROUP:
        frames += lexicon.frames.get((part, "@groups"), ())
    if part == "adjective" and not frames and lemma.endswith("ed"):
        verbs = (lemma.removesuffix("ed"), lemma.removesuffix("d"), lemma[:-3])
        frames = next((lexicon.frames[key] for verb in verbs if (key := ("verb", verb)) in lexicon.frames), ())
    if part == "verb" and is_passive(token):
        # "is worried about": an adjective that the tagger took for a participle
        frames += lexicon.frames.get(("adjective", token.lower_), ())
    if names_person:
        frames += lexicon.frames.get(("noun", "@people"), ())
    for quality, words in (("@negative", lexicon.negative), ("@positive", lexicon.positive)):
        if part in ("noun", "adjective") and (lemma in words or token.lower_ in words):
            frames += lexicon.frames.get((part, quality), ())
    if part in ("verb", "noun") and any(child.lower_ in lexicon.joint for child in token.children):
        frames += lexicon.frames.get((part, "@joint"), ())  # "A and B jointly published", "a joint report by A and B"
    if part == "verb" and _is_request(token, lexicon):
        frames += lexicon.frames.get((part, "@request"), ())
    if part == "verb" and _is_told(token, lexicon):
        frames += lexicon.frames.get((part, "@should"), ())
    return frames


def is_question(token: Word) -> bool:
    """Whether a word is asked about: in a sentence that ends in "?" and begins like a question."""
    sentence = token.sent
    if sentence[-1].text != "?" or token.dep_ in ("acl", "acl:relcl", "nmod", "appos", "compound"):
        return False
    root = sentence.root
    subjects = [child.i for child in root.children if child.dep_ in ("nsubj", "nsubj:pass")]
    inverted = any(c.dep_ in AUXILIARY and c.i < subjects[0] for c in root.children) if subjects else True
    return inverted or any(word.lower_ in QUESTION_WORDS for word in sentence[:3])


def is_performed(token: Word, roles: Roles) -> bool:
    """ "May I urge him to …?" urges, and "Will he join me in praising it?" praises."""
    asking = {child.lower_ for word in (token, *token.ancestors) for child in word.children}
    return is_first_person(roles) and bool(asking & {"may", "can", "could", "might", "me"})


def _is_request(token: Word, lexicon: Lexicon) -> bool:
    """ "Will the Secretary of State look at this?": an auxiliary before the subject of a question."""
    if token.dep_ not in ("ROOT", "conj", "parataxis"):
        return False
    asking = [child.i for child in token.children if child.dep_ == "aux" and child.lower_ in lexicon.requesting]
    subjects = [child.i for child in token.children if child.dep_ == "nsubj"] if asking else []
    return bool(subjects) and asking[0] < subjects[0] and token.sent[-1].text == "?"


def _is_told(token: Word, lexicon: Lexicon) -> bool:
    """ "NHS England should publish its plans": an auxiliary of duty between the subject and an active verb."""
    bound = [child.i for child in token.children if child.dep_ == "aux" and child.lower_ in lexicon.deontic]
    subjects = [child.i for child in token.children if child.dep_ == "nsubj"] if bound else []
    return bool(subjects) and bound[-1] > subjects[0] and token.sent[-1].text != "?"


def is_first_person(roles: Roles) -> bool:
    """Whether the one who does it is the one who speaks."""
    return any(word.lower_ in ("i", "we", "me") for word in roles.get("agent", roles.get("doer", [])))
