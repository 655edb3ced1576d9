"""Analyses written by hand, compared with a gold analysis of the same text."""

import pytest
from spacy.lang.en import English
from spacy.tokens import Doc, Span

from aligned_scores import Count, compare, compare_names, total

VOCAB = English().vocab
# Each row: word, part of speech, lemma, head (its number in the text), label; "_" after a word: no space follows.
GOLD = """
    Trusts  NOUN  trust  2  nsubj
    can_    AUX   can    2  ROOT
    not_    PART  not    2  advmod
    .       PUNCT .      2  punct
    They    PRON  they   6  nsubj
    try_    VERB  try    6  ROOT
    .       PUNCT .      6  punct
"""


def analysis(rows: str, starts: tuple[int, ...]) -> Doc:
    """A document from rows such as ``GOLD``; ``starts`` are the numbers of the words that begin a sentence."""
    cells = [row.split() for row in rows.strip().splitlines()]
    doc = Doc(
        VOCAB,
        words=[word.removesuffix("_") for word, *_ in cells],
        spaces=[not word.endswith("_") for word, *_ in cells],
        pos=[tag for _, tag, *_ in cells],
        lemmas=[lemma for _, _, lemma, *_ in cells],
        heads=[int(head) - 1 for *_, head, _ in cells],
        deps=[label for *_, label in cells],
        sent_starts=[number in starts for number in range(1, len(cells) + 1)],
    )
    assert [sentence[0].i + 1 for sentence in doc.sents] == list(starts)
    return doc


def gold() -> Doc:
    return analysis(GOLD, (1, 5))


def correct(counts: dict[str, Count]) -> dict[str, int]:
    return {measure: count.correct for measure, count in counts.items()}


def test_the_gold_analysis_itself_is_perfect() -> None:
    counts = compare(gold(), gold())
    assert set(counts) == {"words", "sentences", "UPOS", "lemma", "UAS", "LAS"}
    assert all(count.f1 == count.precision == count.recall == 1 for count in counts.values())


def test_words_split_differently_are_lost_with_the_heads_of_what_hangs_on_them() -> None:
    # "cannot" is one word here, so "Trusts" and the full stop, rightly tagged, hang on a word that gold does not have.
    system = analysis(
        """
        Trusts  NOUN  trust  2  nsubj
        cannot_ AUX   cannot 2  root
        .       PUNCT .      2  punct
        They    PRON  they   5  nsubj
        try_    VERB  try    5  root
        .       PUNCT .      5  punct
        """,
        (1, 4),
    )
    counts = compare(system, gold())
    assert correct(counts) == {"words": 5, "sentences": 2, "UPOS": 5, "lemma": 5, "UAS": 3, "LAS": 3}
    assert counts["words"] == Count(gold=7, system=6, correct=5)
    assert counts["words"].f1 == pytest.approx(10 / 13)


def test_a_wrong_head_costs_both_attachments_and_a_wrong_subtype_only_the_labelled_one() -> None:
    rows = GOLD.replace("not    2  advmod", "not    1  advmod").replace("they   6  nsubj", "they   6  nsubj:pass")
    counts = compare(analysis(rows, (1, 5)), gold())
    assert correct(counts) == {"words": 7, "sentences": 2, "UPOS": 7, "lemma": 7, "UAS": 6, "LAS": 5}


def test_a_missing_sentence_break_costs_both_sentences_and_one_root() -> None:
    rows = GOLD.replace("try    6  ROOT", "try    2  parataxis")
    counts = compare(analysis(rows, (1,)), gold())
    assert counts["sentences"] == Count(gold=2, system=1, correct=0)
    assert correct(counts) == {"words": 7, "sentences": 0, "UPOS": 7, "lemma": 7, "UAS": 6, "LAS": 6}


def test_tags_and_lemmas_are_counted_apart_and_an_unknown_gold_lemma_lets_any_pass() -> None:
    rows = GOLD.replace("VERB  try", "NOUN  tries").replace("PRON  they", "PRON  them")
    counts = compare(analysis(rows, (1, 5)), analysis(GOLD.replace("they", "_"), (1, 5)))
    assert (counts["UPOS"].correct, counts["lemma"].correct, counts["LAS"].correct) == (6, 6, 7)


def test_texts_must_be_the_same() -> None:
    with pytest.raises(ValueError, match="the texts differ"):
        compare(analysis(GOLD.replace("They", "We"), (1, 5)), gold())


def test_counts_of_documents_add_up_measure_by_measure() -> None:
    assert total([{"words": Count(1, 2, 1)}, {"words": Count(3, 2, 2)}]) == {"words": Count(4, 4, 3)}


def test_a_name_needs_its_exact_characters_and_its_label() -> None:
    doc = Doc(VOCAB, words=["Penny", "Dash", "chairs", "NHS", "England", "in", "Leeds"])
    doc.set_ents([Span(doc, 1, 2, "PERSON"), Span(doc, 3, 5, "ORG"), Span(doc, 6, 7, "ORG")])
    counts = compare_names(doc, [(0, 10, "PERSON"), (18, 29, "ORG"), (33, 38, "PLACE")])
    assert counts == {"PERSON": Count(1, 1, 0), "ORG": Count(1, 2, 1), "PLACE": Count(1, 0, 0)}
