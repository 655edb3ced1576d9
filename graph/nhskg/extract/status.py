"""Whether a claim holds: statuses composed along the path from its trigger word to the root of the sentence.

The words and what they compose to are in ``ontology/status.toml``. After De Facto (Saurí & Pustejovsky, "Are You Sure
That This Happened?", Computational Linguistics 38(2), 2012), which composes polarity and certainty top-down.
"""

from __future__ import annotations

from nhskg.extract.backgrounds import is_background
from nhskg.extract.lemmas import lemma_of
from nhskg.extract.lexicon import Lexicon, StatusTable
from nhskg.extract.syntax import AUXILIARY, is_infinitive, is_marked, is_passive, preposition
from nhskg.extract.words import Word
from nhskg.model import Status

CLAUSE_LINKS = {
    "ccomp",
    "xcomp",
    "acl",
    "advcl",
    "csubj",
    "parataxis",
    "acl:relcl",
    "obj",
    "nmod",
    "obl",
    "nsubj:pass",
    "nsubj",
    "appos",
}


def status_of(trigger: Word, lexicon: Lexicon, inherent: Status | None = None) -> Status:
    """Gives the status of what a trigger word claims.

    Args:
        trigger: verb, noun or adjective that states the relation.
        lexicon: with the status table.
        inherent: the status that the wording itself gives, or None.
    """
    table = lexicon.statuses
    status = inherent or Status.ASSERTED
    if is_background(trigger, lexicon):
        for child in trigger.children:
            if child.dep_ == "amod":  # "the prospective chair, Jane Crosby"
                status = _compose(table, table.embedding.get(child.lemma_.lower(), Status.ASSERTED), status)
        return status
    word: Word = trigger
    below: Word | None = None
    for _ in range(20):
        own = Status.HYPOTHETICAL if _leaves_open(word, below, lexicon) else _own(word, below, table)
        if own is Status.HYPOTHETICAL and _is_reported_future(word, lexicon):
            own = Status.PLANNED
        status = _compose(table, own, status)
        below = word
        head = word.head
        if head.i == word.i:
            break
        if word.dep_ == "conj":
            # A coordinated verb shares the auxiliaries of the first one unless it has its own.
            if not any(child.dep_ in ("aux", "cop", "nsubj", "nsubj:pass") for child in word.children):
                word = head
                continue
            word = head
            while word.dep_ == "conj":
                word = word.head
            if word.head.i == word.i:
                break
            status = _compose(table, _embedding(word, word.head, lexicon), status)
            word = word.head
            continue
        is_content = word.dep_ == "acl:relcl" and head.lemma_.lower() in table.content and is_marked(word, "that")
        if not is_content and (word.dep_ in ("acl:relcl", "advcl:relcl") or word.dep_ not in CLAUSE_LINKS):
            if word.dep_ not in ("compound", "amod", "flat", "nmod:desc"):
                break
        if word.dep_ == "acl" and not is_infinitive(word) and not any(c.dep_ == "mark" for c in word.children):
            break  # "the inquiry ordered by ministers": that it was ordered holds, whatever becomes of the inquiry
        status = _compose(table, _embedding(word, head, lexicon), status)
        if word.dep_ in ("advcl", "nsubj", "appos", "parataxis") or (
            word.dep_ in ("obl", "nmod") and head.pos_ in ("VERB", "AUX") and preposition(word) != "as"
        ):
            break  # but whoever "will join as chair" is not chair yet
        word = head
    return status


def _own(word: Word, below: Word | None, table: StatusTable) -> Status:
    """What a word's own auxiliaries, adverbs and modifiers say, but not the word ``below`` it, which has spoken already."""
    status = Status.HYPOTHETICAL if _is_wish(word) or _is_inverted_condition(word) else Status.ASSERTED
    negated = False
    for child in [child for child in word.children if child != below]:
        form = child.lower_
        if child.dep_ == "advmod" and (
            (form == "far" and is_marked(word, "from")) or any(c.lower_ == "no" for c in child.children)
        ):
            negated = True  # "far from supporting it", "no longer supports it"
        elif child.dep_ in AUXILIARY and form in table.auxiliaries:
            status = _stronger(status, table.auxiliaries[form])
        elif (child.dep_ in ("advmod", "det", "cc", "cc:preconj", "case", "mark") and form in table.negation) or (
            child.dep_ in ("mark", "case", "cc") and form in table.leaving_out
        ):
            negated = True
        elif child.dep_ == "mark" and form in table.embedding:
            status = _stronger(status, table.embedding[form])  # "is due to start"
        elif child.dep_ == "mark" and form in table.subordinators and word.dep_ in ("advcl", "ccomp", "xcomp", "acl"):
            status = table.subordinators[form]
        elif child.dep_ == "amod" and child.lemma_.lower() in table.embedding and word.pos_ == "NOUN":
            status = _compose(table, table.embedding[child.lemma_.lower()], status)
        elif child.dep_ == "advmod" and form in table.embedding and table.embedding[form] is Status.ALLEGED:
            status = _compose(table, Status.ALLEGED, status)
        elif (
            (child.dep_ == "nsubj" and form in ("nobody", "none", "neither"))
            or (
                child.dep_ in ("nsubj", "obj", "nsubj:pass")
                and any(c.lower_ in ("no", "neither") and c.dep_ in ("det", "cc:preconj") for c in child.children)
            )
            or (child.dep_ in ("nsubj", "nsubj:pass") and _is_few(child))
        ):
            negated = True
    # "is to publish", "are to be merged"
    if (
        word.pos_ == "VERB"
        and any(c.lower_ == "to" and c.pos_ == "PART" for c in word.children)
        and any(
            c.lemma_ == "be" and c.dep_ in ("aux", "cop", "aux:pass") and c.lower_ in ("is", "are", "was", "were")
            for c in word.children
        )
    ):
        status = _stronger(status, Status.PLANNED)
    return _compose(table, Status.NEGATED, status) if negated else status


def _leaves_open(word: Word, below: Word | None, lexicon: Lexicon) -> bool:
    """Whether a verb tells that something is not said: that somebody "did not say" so leaves open whether it is so."""
    return (
        below is not None
        and below.dep_ == "ccomp"
        and lemma_of(word, lexicon) in lexicon.speech_verbs - lexicon.statuses.opinion
        and "not" in {child.lower_ for child in word.children}
    )


def _is_reported_future(word: Word, lexicon: Lexicon) -> bool:
    """ "Ministers said that they would fund it": what they said is "we will", not "we might"."""
    return (
        word.dep_ == "ccomp"
        and lemma_of(word.head, lexicon) in lexicon.speech_verbs - lexicon.statuses.opinion
        and "Past" in word.head.morph.get("Tense", [])
        and {child.lower_ for child in word.children if child.dep_ == "aux"} == {"would"}
    )


def _is_few(noun: Word) -> bool:
    """ "Few trusts support it" says that trusts do not; "a few trusts" do."""
    words = {child.lower_ for child in noun.children if child.i < noun.i}
    return "few" in words and not words & {"a", "the", "quite"}


def _is_inverted_condition(word: Word) -> bool:
    """ "Had NHS England funded it, …": an auxiliary before the subject, and no question."""
    subjects = [child.i for child in word.children if child.dep_ in ("nsubj", "nsubj:pass")]
    first = next((c for c in word.children if c.dep_ in AUXILIARY and c.lower_ in ("had", "were", "should")), None)
    return (
        first is not None and bool(subjects) and first.i == word.left_edge.i < subjects[0] and word.sent[-1].text != "?"
    )


def _is_wish(word: Word) -> bool:
    """ "that the regulator be told", "make trusts answerable": a subjunctive, or an imperative at the head of a sentence."""
    auxiliaries = [child.lower_ for child in word.children if child.dep_ in AUXILIARY]
    if auxiliaries == ["be"]:
        return any(child.dep_ in ("nsubj", "nsubj:pass") for child in word.children) and not is_infinitive(word)
    first = next((token for token in word.sent if token.text.isalpha()), word)
    return word.dep_ == "ROOT" and first == word and "Imp" in word.morph.get("Mood", [])


def _embedding(word: Word, head: Word, lexicon: Lexicon) -> Status:
    """What the governing word makes of the clause or noun that hangs on it."""
    table, lemma = lexicon.statuses, lemma_of(head, lexicon)
    status = table.embedding.get(lemma)
    infinitive = is_infinitive(word)
    if lemma in ("have", "be") and infinitive and any(c.lower_ == "yet" for c in (*word.children, *head.children)):
        return Status.NEGATED  # "has yet to publish"
    if lemma in table.reported and word.dep_ in ("xcomp", "advcl", "ccomp") and is_passive(head):
        return Status.ALLEGED  # "is said to have left"
    if status is Status.ALLEGED and any(c.dep_ == "nsubj" and c.lower_ in ("i", "we") for c in head.children):
        return Status.ASSERTED  # "I think that he is right" is what the speaker says
    if status is None or any(child.dep_ == "compound:prt" for child in head.children):
        return Status.ASSERTED  # "set up to regulate" is not "set to regulate"
    if word.dep_ in ("xcomp", "acl", "ccomp") and (
        infinitive or (word.dep_ != "ccomp" and (head.pos_ in ("NOUN", "ADJ") or status is Status.NEGATED))
    ):
        return status
    if word.dep_ in ("xcomp", "ccomp") and word.lower_.endswith("ing") and lemma in table.ideas:
        return status  # "is considering abolishing"
    if word.dep_ == "ccomp" and not infinitive:
        return (
            status
            if status in (Status.NEGATED, Status.ALLEGED, Status.HYPOTHETICAL) or lemma in table.planned_clauses
            else Status.ASSERTED
        )
    if word.dep_ in ("obj", "nsubj:pass") and lemma in table.rebuffing:
        if lexicon.is_speech_act("noun", lemma_of(word, lexicon)):
            return Status.ASSERTED  # criticism that is rejected has been said
    if word.dep_ == "obl" and status is Status.PLANNED:
        return Status.ASSERTED  # "ordered it in their guidance"
    if word.dep_ in ("obj", "nsubj:pass", "nmod", "obl", "csubj") and word.pos_ == "NOUN":
        return status if status is not Status.PLANNED or lemma in table.planned_nouns else Status.ASSERTED
    if word.dep_ in ("advcl", "acl") and status is Status.ALLEGED and is_marked(word, "of"):
        return status  # "accused it of paying"
    if word.dep_ in ("advcl", "xcomp") and status is Status.NEGATED:
        return status
    if word.dep_ == "advcl" and infinitive and head.pos_ in ("ADJ", "VERB") and status is Status.PLANNED:
        return status
    return Status.ASSERTED


def _stronger(one: Status, other: Status) -> Status:
    return other if one is Status.ASSERTED else one


def _compose(table: StatusTable, outer: Status, inner: Status) -> Status:
    if outer is Status.ASSERTED:
        return inner
    if inner is Status.ASSERTED:
        return outer
    return table.compose.get((outer, inner), outer)
