"""Whose words a claim is in: direct and indirect speech, "according to", speakers' lines of debates."""

from __future__ import annotations

import re
from collections.abc import Sequence

from nhskg.extract.backgrounds import is_background
from nhskg.extract.lemmas import lemma_of
from nhskg.extract.lexicon import Lexicon
from nhskg.extract.quotations import quotation_around
from nhskg.extract.roles import RoleFinder
from nhskg.extract.syntax import is_marked, preposition
from nhskg.extract.words import Paragraph, Word, Words
from nhskg.model import Document

SPEAKER_LINE = re.compile(
    r"^(?:The [A-Z][^:()]{3,120} \((?=(?:[A-Z][\w’'.-]+ ){1,3}[A-Z][\w’'-]+\)))?"
    r"((?:[A-Z][\w’'.-]+ ){1,3}[A-Z][\w’'-]+(?: MP)?)\)?(?: \([A-Z][^()]{1,40}\))*\s?:\s"
)
"""Whose turn begins: "Jane Crosby:", "Jane Crosby (Leeds East) (Lab):", "The Minister for Care (Jane Crosby):"."""
TITLE_SPEAKER = re.compile(r":\s+((?:[A-Z][\w’'-]+ ){1,2}[A-Z][\w’'-]+)\s*(?:\(|$)")
FIRST_PERSON = re.compile(r"\b(?:I|my)\b")
PUTTING = {"put", "see"}
LONGEST_TAIL = 6
"""Words of a sentence that only says who said the one before it."""


def speakers_of_paragraphs(document: Document, paragraphs: Sequence[tuple[int, Paragraph]]) -> dict[int, str]:
    """Gives the name of the person who speaks in the first person, by number of the paragraph.

    A line "Jane Crosby: …" begins a turn that lasts to the next such line, if at least two lines or the first one have
    that form. A speech without such lines whose title ends in a name ("Health debate: Jane Crosby") is that person's.
    """
    turns: dict[int, str] = {}
    current = ""
    lines = [match for _, doc in paragraphs if (match := SPEAKER_LINE.match(doc.text))]
    begins = bool(paragraphs) and SPEAKER_LINE.match(paragraphs[0][1].text) is not None
    if lines and (begins or len(lines) > 1):
        for number, (_, doc) in enumerate(paragraphs):
            match = SPEAKER_LINE.match(doc.text)
            current = match[1].removesuffix(" MP") if match else current
            if current:
                turns[number] = current
    elif (match := TITLE_SPEAKER.search(document.title)) and FIRST_PERSON.search(document.text):
        turns = dict.fromkeys(range(len(paragraphs)), match[1])
    return turns


def speaking_word(trigger: Word, finder: RoleFinder, lexicon: Lexicon) -> tuple[bool, list[Word]]:
    """Who says what a trigger word claims.

    Returns:
        Whether the claim is somebody's words rather than the document's own, and the words that may name the speaker,
        best first.
    """
    if is_background(trigger, lexicon) and not _inside_quotation(trigger):
        return False, []
    word = trigger
    for _ in range(20):
        for child in word.children:
            if child.dep_ in ("obl", "advmod", "nmod", "advcl", "parataxis") and preposition(child) == "according to":
                return True, [child]
            if (
                child.dep_ == "obl"
                and child.lemma_.lower() in lexicon.viewpoints
                and preposition(child) in ("in", "to")
            ):
                owners = [owner for owner in child.children if owner.dep_ == "nmod:poss"]
                if owners:
                    return True, owners  # "In Jane Crosby’s view, …"
            if (
                child.dep_ == "advcl"
                and is_marked(child, "as")
                and lemma_of(child, lexicon) in lexicon.speech_verbs | PUTTING
            ):
                return True, finder.roles(child).get("agent", [])  # "As Jane Crosby put it, …"
            if child.lower_ == "according" and child.i != trigger.i:
                named = [t for t in child.children if t.dep_ in ("obl", "nmod", "obj", "fixed")]
                if named:
                    return True, named
            # "…, the agency said": the verb of saying hangs on what is said
            if child.dep_ == "parataxis" and _says(child, lexicon) and child.i != trigger.i:
                return True, finder.roles(child).get("agent", [])
        head = word.head
        if head.i == word.i:
            break
        if _is_aside(word) and quotation_around(word) is None:
            return False, []
        if word.dep_ in ("ccomp", "parataxis") and _says(head, lexicon) and head.i != trigger.i:
            return True, finder.roles(head).get("agent", [])
        word = head
    if tail := _said_after(trigger, lexicon):
        return True, finder.roles(tail).get("agent", [])
    if _inside_quotation(trigger):
        return True, _quoting(trigger, finder, lexicon)
    return False, []


def _is_aside(word: Word) -> bool:
    """Whether a word heads a relative clause after a comma: who writes adds it, whoever said the rest."""
    if word.dep_ != "acl:relcl" or word.left_edge.i == 0:
        return False
    before = word.doc[word.left_edge.i - 1]
    return before.text == "," or word.left_edge.text == ","


def _says(verb: Word, lexicon: Lexicon) -> bool:
    return lemma_of(verb, lexicon) in lexicon.speech_verbs and verb.pos_ in ("VERB", "AUX")


def _said_after(trigger: Word, lexicon: Lexicon) -> Word | None:
    """The verb of saying after a comma, where the parser began a new sentence: "NHS England funds it, Unison said."."""
    end = trigger.sent.end
    if end >= len(trigger.doc) or trigger.doc[end - 1].text != ",":
        return None
    tail = trigger.doc[end].sent
    return tail.root if len(tail) <= LONGEST_TAIL and _says(tail.root, lexicon) else None


def _inside_quotation(token: Word) -> bool:
    """Whether a word stands in words that are quoted: a word or two in marks is irony or a term, not speech.

    Speech however short is what goes on in the next paragraph.
    """
    quotation = quotation_around(token)
    return quotation is not None and (len(quotation.split()) > 4 or token.doc.text.endswith(quotation))


def _quoting(token: Word, finder: RoleFinder, lexicon: Lexicon) -> list[Word]:
    """The subject of the verb of saying in the sentences that the quotation touches, or in the one before it."""
    doc = token.doc
    sentences = list(doc.sents)
    here = next(index for index, sentence in enumerate(sentences) if sentence.start <= token.i < sentence.end)
    order: list[Words] = [sentences[here], *reversed(sentences[:here]), *sentences[here + 1 : here + 2]]
    for sentence in order:
        for word in sentence:
            if _says(word, lexicon) and not _inside_quotation(word):
                agents = finder.roles(word).get("agent", [])
                if agents:
                    return agents
    return []
