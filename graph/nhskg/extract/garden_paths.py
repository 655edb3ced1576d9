"""Mends the parse where a describing phrase was taken for the main verb, or who speaks for the subject of what is said.

"A review commissioned by NHS England has begun", "its decision to close the unit was a shock": a parser that reads from
left to right takes "commissioned" and "close" for what the sentence says. The finite verb that follows tells otherwise.
So do the marks of a quotation that its speaker interrupts: “The review,” said Jane Crosby, “is late.”
"""

from __future__ import annotations

from nhskg.extract.syntax import AUXILIARY, SUBJECTS
from nhskg.extract.words import Paragraph, Word

OPENING, CLOSING = {"“", '"', "‘"}, {"”", '"', "’"}
FAR = 5
"""Words between a verb of saying and its subject after it."""
FOLLOWING = {"ccomp", "conj", "parataxis", "obj", "advcl", "xcomp", "dep"}


def mend(doc: Paragraph) -> Paragraph:
    """Gives the paragraph with such verbs hung on the nouns that they describe."""
    displaced = [(verb, main) for verb in doc if (main := _main_verb(verb)) is not None]
    speakers = [(verb, speaker) for verb in doc if (speaker := _interrupting_speaker(verb)) is not None]
    if not displaced and not speakers:
        return doc
    heads = [word.head.i for word in doc]
    labels = [word.dep_ for word in doc]
    for verb, main in displaced:
        _swap(verb, main, heads, labels)
    for verb, speaker in speakers:
        _give_back(verb, speaker, heads, labels)
    for token, head, label in zip(doc.parsed, heads, labels, strict=True):
        token.dep_ = label
        token.head = doc.parsed[head]
    return Paragraph(doc.parsed)


def _main_verb(verb: Word) -> Word | None:
    """The main verb that a participle or infinitive has displaced, or None where all is well."""
    subjects = [child for child in verb.children if child.dep_ in SUBJECTS and child.i < verb.i]
    if verb.pos_ != "VERB" or len(subjects) != 1 or any(child.dep_ in AUXILIARY for child in verb.children):
        return None
    between = verb.doc[subjects[0].i + 1 : verb.i]
    infinitive = len(between) > 0 and between[-1].lower_ == "to" and subjects[0].pos_ == "NOUN"
    done_by = any(child.dep_ == "obl:agent" for child in verb.children) and not verb.lower_.endswith("ing")
    if not (infinitive or done_by):
        return None
    if verb.dep_ == "csubj":
        return verb.head
    return next((child for child in verb.children if child.dep_ in FOLLOWING and _follows(child, verb)), None)


def _interrupting_speaker(verb: Word) -> Word | None:
    """Who says the words on both sides of a verb, where the parser made him the subject of those that follow."""
    if verb.pos_ != "VERB" or verb.i == 0 or verb.doc[verb.i - 1].text not in CLOSING:
        return None
    for speaker in verb.doc[verb.i + 1 : verb.i + 1 + FAR]:
        if speaker.dep_ in SUBJECTS and speaker.head.i > speaker.i and speaker.left_edge.i == verb.i + 1:
            between = [word.text for word in verb.doc[speaker.i : speaker.head.i]]
            return speaker if not OPENING.isdisjoint(between) else None
    return None


def _give_back(verb: Word, speaker: Word, heads: list[int], labels: list[str]) -> None:
    """Makes the speaker the subject of the verb of saying, and what stands before it the subject of what stands after."""
    said = speaker.head
    heads[speaker.i], labels[speaker.i] = verb.i, "nsubj"
    for word in verb.children:
        is_fragment = word.pos_ in ("NOUN", "PROPN") and not any(c.dep_ in AUXILIARY | SUBJECTS for c in word.children)
        if word.i < verb.i and word.dep_ == "ccomp" and is_fragment:
            passive = any(child.dep_ == "aux:pass" for child in said.children)
            heads[word.i], labels[word.i] = said.i, "nsubj:pass" if passive else "nsubj"


def _follows(word: Word, verb: Word) -> bool:
    """Whether a word after a verb heads a clause with a finite verb and without a conjunction or a subject of its own."""
    finite = [
        child for child in word.children if child.dep_ in AUXILIARY and child.lower_ not in ("be", "being", "been")
    ]
    joined = any(
        child.dep_ in ("mark", "cc") or (child.dep_ == "advmod" and child.i < verb.i) for child in word.children
    )
    subjects = [child for child in word.children if child.dep_ in SUBJECTS and child.i > verb.i + 1]
    return word.i > verb.i and bool(finite) and not joined and not _apart(subjects, verb)


def _apart(subjects: list[Word], verb: Word) -> bool:
    """Whether a subject is the clause's own, rather than the object of the verb right before it."""
    return any(subject.left_edge.i != verb.i + 1 for subject in subjects)


def _swap(verb: Word, main: Word, heads: list[int], labels: list[str]) -> None:
    subject = next(child for child in verb.children if child.dep_ in SUBJECTS and child.i < verb.i)
    passive = any(child.dep_ == "aux:pass" for child in main.children)
    for child in main.children:
        if child.dep_ in SUBJECTS and verb.i < child.i < main.i:
            heads[child.i], labels[child.i] = verb.i, "obj"
    if verb.dep_ != "csubj":
        heads[main.i] = main.i if verb.head.i == verb.i else verb.head.i
        labels[main.i] = verb.dep_
    for child in verb.children:
        if child.i > main.i and child.i != subject.i:
            heads[child.i] = main.i
    heads[subject.i], labels[subject.i] = main.i, "nsubj:pass" if passive else "nsubj"
    heads[verb.i], labels[verb.i] = subject.i, "acl"
