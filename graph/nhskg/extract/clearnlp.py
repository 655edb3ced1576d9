"""Rewrites the parses of published English spaCy pipelines (ClearNLP labels) as Universal Dependencies.

ClearNLP lets function words govern: a preposition governs its object and a copula its predicate. Universal
Dependencies (UD, as in UD_English-EWT) lets content words govern. The conversion has three steps:

1. local moves inside the ClearNLP tree (flat coordination, raised objects, currency signs);
2. each governing function word swaps places with its content word, in one go: a chain such as
   "after being chair" becomes one node, governed by what governed "after";
3. fixed expressions ("because of") are tied together.

Every step turns a tree into a tree, whatever the labels say, so a bad parse gives bad labels but never a cycle.
See https://universaldependencies.org/en/ and https://github.com/clir/clearnlp-guidelines (md/specifications).
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc, Span

from nhskg.errors import ModelError

CLEARNLP_SIGNATURE = {"dobj", "nsubjpass", "pobj", "prep"}
# nsubj:pass is asked for because a model without subtypes cannot tell who did what to whom in a passive.
UNIVERSAL_SIGNATURE = {"case", "nsubj", "nsubj:pass", "obj", "obl"}

# All other labels are the same in both or depend on the context.
RENAMED = {
    "": "dep", "ROOT": "dep", "acomp": "xcomp", "attr": "xcomp", "auxpass": "aux:pass", "csubjpass": "csubj:pass",
    "dobj": "obj", "intj": "discourse", "meta": "dep", "neg": "advmod", "nn": "compound", "nsubjpass": "nsubj:pass",
    "num": "nummod", "oprd": "xcomp", "pcomp": "dep", "pobj": "dep", "poss": "nmod:poss", "preconj": "cc:preconj",
    "predet": "det:predet", "prt": "compound:prt", "quantmod": "advmod", "relcl": "acl:relcl",
}  # fmt: skip
# Labels that depend on whether the governor is nominal: (under a nominal, under anything else).
BY_GOVERNOR = {
    "agent": ("obl:agent", "obl:agent"), "ccomp": ("acl", "ccomp"), "dative": ("nmod", "obl"),
    "npadvmod": ("nmod:unmarked", "obl:unmarked"), "prep": ("nmod", "obl"), "xcomp": ("acl", "xcomp"),
}  # fmt: skip
PREPOSITION = {"agent", "dative", "prep"}
# Labels of a preposition that its object does not inherit: "due [amod] to staffing" is a plain modifier.
NOT_INHERITED = PREPOSITION | {"advmod", "amod", "mark", "pcomp"}
SUBJECT = {"csubj", "csubjpass", "nsubj", "nsubjpass"}
PREDICATE = {"acomp", "attr"}
NOMINAL = {"DET", "NOUN", "NUM", "PRON", "PROPN", "SYM"}
VERBAL = {"AUX", "VERB"}
BE = {"am", "are", "be", "been", "being", "is", "was", "were", "'m", "'re", "'s", "’m", "’re", "’s"}
CURRENCY = {"$", "£", "€", "¥"}
FIXED = [
    ("according", "to"), ("as", "opposed", "to"), ("as", "to"), ("as", "well", "as"), ("because", "of"), ("due", "to"),
    ("instead", "of"), ("less", "than"), ("more", "than"), ("prior", "to"), ("rather", "than"), ("such", "as"),
    ("up", "to"),
]  # fmt: skip
# First words that the models often take for adverbs or adjectives; "more" and "up" often are just that.
OPENERS = {"according", "because", "due", "instead", "prior", "rather"}

ENTITY = {"PERSON": "PERSON", "ORG": "ORG", "PLACE": "PLACE", "GPE": "PLACE", "LOC": "PLACE", "FAC": "PLACE"}


def is_clearnlp(labels: Iterable[str]) -> bool:
    """Tells whether a parser with these labels writes ClearNLP dependencies."""
    return set(labels) >= CLEARNLP_SIGNATURE


def is_universal(labels: Iterable[str]) -> bool:
    """Tells whether a parser with these labels writes UD v2 dependencies with the English subtypes needed here."""
    return set(labels) >= UNIVERSAL_SIGNATURE


@Language.component("clearnlp_to_universal")
def to_universal(doc: Doc) -> Doc:
    """Rewrites heads, dependency labels and entity labels in place; sentences and parts of speech stay.

    Args:
        doc: a document that a pipeline with ClearNLP labels has parsed and tagged with universal parts of speech.

    Returns:
        The same document.

    Raises:
        ModelError: if the rewritten parse is no tree, which would be a defect of this module.
    """
    if doc.ents:
        doc.ents = [
            Span(doc, ent.start, ent.end, ENTITY[ent.label_], kb_id=ent.kb_id, span_id=ent.id)
            for ent in doc.ents
            if ent.label_ in ENTITY
        ]
    if not doc.has_annotation("DEP"):
        return doc
    tree = _Tree(
        words=[token.lower_ for token in doc],
        pos=[token.pos_ for token in doc],
        head=[token.head.i for token in doc],
        # UD counts the "to" of an infinitive among the markers.
        label=["mark" if token.dep_ == "aux" and token.lower_ == "to" else token.dep_ for token in doc],
    )
    _flatten_coordination(tree)
    _raise_dependants(tree)
    _invert_currency(tree)
    heads, labels = _promote(tree)
    _tie_fixed(tree.words, heads, labels)
    if not _same_trees([token.head.i for token in doc], heads):
        raise ModelError(f"the parse of {doc[:10].text!r}... cannot be rewritten as Universal Dependencies")
    # Relative heads wrap round in an unsigned column; from_array derives the sentence boundaries from them.
    offsets = np.array(heads, dtype=np.int64) - np.arange(len(doc), dtype=np.int64)
    codes = np.array([doc.vocab.strings.add(label) for label in labels], dtype=np.uint64)
    table = np.column_stack([offsets.astype(np.uint64), codes])
    return doc.from_array(["HEAD", "DEP"], table)  # type: ignore[arg-type]  # thinc's Ints2d leaves out uint64


@dataclass
class _Tree:
    """A parse as plain lists, one entry a token; a root is its own head."""

    words: list[str]
    pos: list[str]
    head: list[int]
    label: list[str]

    def children(self) -> list[list[int]]:
        """Gives the dependants of each token as they are now, in the order of the text."""
        children: list[list[int]] = [[] for _ in self.head]
        for i, head in enumerate(self.head):
            if i != head:
                children[head].append(i)
        return children

    def with_label(self, tokens: Iterable[int], labels: Iterable[str]) -> list[int]:
        return [i for i in tokens if self.label[i] in labels]

    def is_existential(self, children: Iterable[int]) -> bool:
        return any(self.words[i] == "there" for i in self.with_label(children, {"expl"}))


def _flatten_coordination(tree: _Tree) -> None:
    """Hangs every conjunct on the first one, and a conjunction on the conjunct that follows it."""
    children = tree.children()
    first = list(tree.head)
    for i, label in enumerate(tree.label):
        if label == "conj":
            while tree.label[first[i]] == "conj" and first[i] != tree.head[first[i]]:
                first[i] = tree.head[first[i]]
        elif label == "cc" and i > tree.head[i]:
            later = [j for j in tree.with_label(children[tree.head[i]], {"conj"}) if j > i]
            first[i] = later[0] if later else first[i]
    tree.head = first


def _raise_dependants(tree: _Tree) -> None:
    """Lifts what UD hangs one level higher.

    The subject of a complement with "to" ("allowed trusts to borrow") becomes the object of the verb above;
    "until 2021" in "from 2019 until 2021" becomes a sibling of "from", as that has an object of its own.
    """
    children = tree.children()
    for i, label in enumerate(list(tree.label)):
        above = tree.head[i]
        if label == "ccomp" and above < i and tree.pos[above] == "VERB":
            subjects = tree.with_label(children[i], {"nsubj", "nsubjpass"})
            infinitive = [tree.words[j] for j in tree.with_label(children[i], {"mark"})] == ["to"]
            if infinitive and len(subjects) == 1 and not tree.with_label(children[above], {"dobj"}):
                tree.head[subjects[0]], tree.label[subjects[0]], tree.label[i] = above, "dobj", "xcomp"
        while label == tree.label[above] == "prep" and tree.with_label(children[above], {"pobj"}):
            if above == tree.head[above]:
                break
            above = tree.head[i] = tree.head[above]


def _invert_currency(tree: _Tree) -> None:
    """Makes the sign govern the number in "£5 million": ClearNLP has it the other way round."""
    children = tree.children()
    for sign in tree.with_label(range(len(tree.head)), {"nmod", "quantmod"}):
        number = tree.head[sign]
        if tree.words[sign] not in CURRENCY or tree.pos[number] != "NUM" or sign > number:
            continue
        above, label = tree.head[number], tree.label[number]
        tree.head[sign] = sign if above == number else above
        tree.label[sign] = "compound" if label == "nummod" else label  # "a £5 million fund"
        tree.head[number], tree.label[number] = sign, "nummod"
        for i in children[number]:
            # What stands between ("5" in "£5 million") is part of the number; the head is asked again because an
            # earlier sign may have taken the dependant.
            if tree.head[i] == number and not sign < i < number:
                tree.head[i] = sign


def _promotions(tree: _Tree, children: list[list[int]]) -> tuple[dict[int, int], dict[int, str]]:
    """Finds the function words that govern, and the dependant that replaces each.

    Second is what those that are prepositions stand before: "clause", "adverb" or "nominal".
    """
    down: dict[int, int] = {}
    for i, below in enumerate(children):
        objects = tree.with_label(below, {"pobj"}) or tree.with_label(below, {"pcomp"})
        if not objects:
            preposition = tree.label[i] in PREPOSITION or (tree.label[i] == "pcomp" and tree.pos[i] == "ADP")
            opener = tree.words[i] in OPENERS and tuple(tree.words[i : i + 2]) in FIXED
            chained = tree.with_label(below, {"prep"})
            objects = [j for j in chained if (preposition and j > i) or (opener and j == i + 1)]
        if objects:
            down[i] = objects[0]
    before = {}
    for i, j in down.items():
        while j in down:
            j = down[j]
        clause = tree.pos[j] in VERBAL or tree.with_label(children[j], SUBJECT)
        kind = "clause" if clause else "adverb" if tree.pos[j] == "ADV" else "nominal"
        before[i] = kind if tree.label[j] == "pcomp" else "nominal"
    for i, below in enumerate(children):
        auxiliary = tree.label[i] in {"aux", "auxpass"}
        if i in down or tree.words[i] not in BE or auxiliary or tree.is_existential(below):
            continue
        # A predicate with a subject of its own is a clause; UD leaves "be" in charge of it.
        predicates = [j for j in tree.with_label(below, PREDICATE) if not tree.with_label(children[j], SUBJECT)]
        if not tree.with_label(below, {*PREDICATE, "ccomp", "oprd", "xcomp"}):
            # "In 2019 the trust was [elsewhere]": what precedes the subject too is no predicate.
            fronted = any(j < i for j in tree.with_label(below, SUBJECT))
            phrases = [j for j in tree.with_label(below, {"prep"}) if j > i or not fronted]
            predicates = [j for j in phrases if before.get(j) == "nominal"]
        if predicates:
            # "What is the trust now": of two, the one behind the verb is more often the predicate.
            down[i] = min(predicates, key=lambda j: (j < i, j))
    return down, before


def _promote(tree: _Tree) -> tuple[list[int], list[str]]:
    """Swaps function words with their content words and gives the new heads and labels.

    A chain of function words down to the content word is contracted into one node, which keeps a tree a tree; the
    function words then hang on the content word as leaves.
    """
    children = tree.children()
    down, before = _promotions(tree, children)
    replaced = set(down.values())
    bottom = list(range(len(tree.head)))
    for i in down:
        while bottom[i] in down:
            bottom[i] = down[bottom[i]]
    heads, labels = list(tree.head), list(tree.label)
    for i, head in enumerate(tree.head):
        if i in replaced:
            continue  # placed by the top of its chain
        content, label = bottom[i], tree.label[i]
        heads[content] = content if head == i else bottom[head]
        if head == i:
            labels[content] = "ROOT"
        elif i in before and label in NOT_INHERITED:
            by_governor = BY_GOVERNOR[label if label in PREPOSITION else "prep"]
            by_governor = {"clause": ("acl", "advcl"), "adverb": ("advmod", "advmod")}.get(before[i], by_governor)
            labels[content] = by_governor[0 if tree.pos[head] in NOMINAL else 1]
        else:
            labels[content] = _rename(tree, children, i)
    function = {"clause": "mark", "adverb": "case", "nominal": "case"}
    for i in down:
        heads[i], labels[i] = bottom[i], function[before[i]] if i in before else "cop"
    return heads, labels


def _rename(tree: _Tree, children: list[list[int]], i: int) -> str:
    """Gives the UD label of a dependant that is no governing function word."""
    label, head = tree.label[i], tree.head[i]
    if label == "dative" and tree.pos[i] != "ADP":
        return "iobj"
    if label == "attr" and not tree.with_label(children[head], SUBJECT) and tree.is_existential(children[head]):
        return "nsubj"
    if label in PREDICATE and tree.with_label(children[i], SUBJECT):
        return "ccomp"
    if label == "nmod" and i < head and not children[i]:
        return "compound"
    if label in BY_GOVERNOR:
        return BY_GOVERNOR[label][0 if tree.pos[head] in NOMINAL else 1]
    return RENAMED.get(label, label)


def _tie_fixed(words: list[str], heads: list[int], labels: list[str]) -> None:
    """Hangs the later words of a fixed expression on its first, where all of them depend on the same word outside."""
    for start, expression in itertools.product(range(len(words)), FIXED):
        span = range(start, start + len(expression))
        if tuple(words[start : span.stop]) != expression or any(heads[i] == i for i in span):
            continue
        outer = [i for i in span if heads[i] not in span]
        if len({heads[i] for i in outer}) == 1:
            heads[start], labels[start] = heads[outer[-1]], labels[outer[-1]]
            heads[:] = [start if head in span[1:] else head for head in heads]
            for i in span[1:]:
                heads[i], labels[i] = start, "fixed"


def _same_trees(old: list[int], new: list[int]) -> bool:
    """Tells whether the new heads form trees, and over the same tokens as the old ones."""
    roots = [old, new]
    for _ in range(len(old).bit_length()):  # each round doubles how far up the tree an entry points
        roots = [[heads[i] for i in heads] for heads in roots]
    pairs = set(zip(*roots, strict=True))
    return all(new[i] == i for i in roots[1]) and len(pairs) == len(set(roots[0])) == len(set(roots[1]))
