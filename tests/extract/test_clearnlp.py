"""ClearNLP parses, written by hand as en_core_web_* would give them, become the UD trees of UD_English-EWT."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from spacy.lang.en import English
from spacy.tokens import Doc, Span

from nhskg.extract.clearnlp import FIXED, is_clearnlp, is_universal, to_universal

NLP = English()

CLEARNLP_LABELS = [
    "ROOT", "acl", "acomp", "advcl", "advmod", "agent", "amod", "appos", "attr", "aux", "auxpass", "case", "cc",
    "ccomp", "compound", "conj", "csubj", "csubjpass", "dative", "dep", "det", "dobj", "expl", "intj", "mark",
    "meta", "neg", "nmod", "npadvmod", "nsubj", "nsubjpass", "nummod", "oprd", "parataxis", "pcomp", "pobj", "poss",
    "preconj", "predet", "prep", "prt", "punct", "quantmod", "relcl", "xcomp",
]  # fmt: skip
UNIVERSAL_LABELS = [
    "ROOT", "acl", "acl:relcl", "advcl", "advmod", "amod", "appos", "aux", "aux:pass", "case", "cc", "cc:preconj",
    "ccomp", "compound", "compound:prt", "conj", "cop", "csubj", "csubj:pass", "dep", "det", "det:predet",
    "discourse", "expl", "fixed", "flat", "iobj", "mark", "nmod", "nmod:poss", "nmod:unmarked", "nsubj",
    "nsubj:pass", "nummod", "obj", "obl", "obl:agent", "obl:unmarked", "parataxis", "punct", "vocative", "xcomp",
]  # fmt: skip

# Each row: word, part of speech, head and label in ClearNLP, head and label in UD; heads count from 1, 0 is the root.
TREES = {
    "preposition under a verb and under a noun, negation": """
        The        DET   2 det    2 det
        regulator  NOUN  5 nsubj  5 nsubj
        did        AUX   5 aux    5 aux
        not        PART  5 neg    5 advmod
        fine       VERB  0 ROOT   0 ROOT
        the        DET   7 det    7 det
        trust      NOUN  5 dobj   5 obj
        in         ADP   7 prep   9 case
        Hull       PROPN 8 pobj   7 nmod
        in         ADP   5 prep  11 case
        2019       NUM  10 pobj   5 obl
        .          PUNCT 5 punct  5 punct
    """,
    "passive with agent; relative clause with a fronted preposition": """
        The        DET   2 det        2 det
        ward       NOUN 10 nsubjpass 10 nsubj:pass
        in         ADP   6 prep       4 case
        which      PRON  3 pobj       6 obl
        she        PRON  6 nsubj      6 nsubj
        works      VERB  2 relcl      2 acl:relcl
        has        AUX  10 aux       10 aux
        been       AUX  10 auxpass   10 aux:pass
        newly      ADV  10 advmod    10 advmod
        inspected  VERB  0 ROOT       0 ROOT
        by         ADP  10 agent     13 case
        the        DET  13 det       13 det
        regulator  NOUN 11 pobj      10 obl:agent
        and        CCONJ 13 cc       16 cc
        the        DET  16 det       16 det
        ministry   NOUN 13 conj      13 conj
    """,
    "the predicate takes over all dependants of the copula, and conjuncts of each stay apart": """
        Anna       PROPN 2 compound   2 compound
        Reed       PROPN 4 nsubj      6 nsubj
        has        AUX   4 aux        6 aux
        been       AUX   0 ROOT       6 cop
        the        DET   6 det        6 det
        chair      NOUN  4 attr       0 ROOT
        and        CCONJ 6 cc         8 cc
        treasurer  NOUN  6 conj       6 conj
        since      SCONJ 4 prep      10 case
        2020       NUM   9 pobj       6 obl
        and        CCONJ 4 cc        15 cc
        is         AUX   4 conj      15 cop
        now        ADV  12 advmod    15 advmod
        very       ADV  15 advmod    15 advmod
        busy       ADJ  12 acomp      6 conj
        .          PUNCT 4 punct      6 punct
    """,
    "datives with and without a preposition, possessives": """
        Its        PRON  2 poss       2 nmod:poss
        board      NOUN  3 nsubj      3 nsubj
        gave       VERB  0 ROOT       0 ROOT
        the        DET   5 det        5 det
        trust      NOUN  7 poss       7 nmod:poss
        's         PART  5 case       5 case
        surgeons   NOUN  3 dative     3 iobj
        keys       NOUN  3 dobj       3 obj
        and        CCONJ 3 cc        10 cc
        sent       VERB  3 conj       3 conj
        letters    NOUN 10 dobj      10 obj
        to         ADP  10 dative    13 case
        patients   NOUN 12 pobj      10 obl
    """,
    "clausal complement with a copula, and a predicate complement of another verb": """
        He         PRON  2 nsubj      2 nsubj
        said       VERB  0 ROOT       0 ROOT
        that       SCONJ 6 mark       7 mark
        it         PRON  6 nsubj      7 nsubj
        would      AUX   6 aux        7 aux
        be         AUX   2 ccomp      7 cop
        safe       ADJ   6 acomp      2 ccomp
        when       SCONJ 10 advmod   10 advmod
        she        PRON 10 nsubj     10 nsubj
        became     VERB  6 advcl      7 advcl
        director   NOUN 10 attr      10 xcomp
    """,
    "there is: the verb stays the root": """
        There      PRON  2 expl       2 expl
        are        VERB  0 ROOT       0 ROOT
        nearly     ADV   4 advmod     4 advmod
        two        NUM   5 nummod     5 nummod
        clinics    NOUN  2 attr       2 nsubj
        in         ADP   2 prep       7 case
        Leeds      PROPN 6 pobj       2 obl
    """,
    "conjuncts hang on the first one, prepositions too; correlative conjunctions": """
        Both       CCONJ 2 preconj    2 cc:preconj
        Leeds      PROPN 7 nsubj      7 nsubj
        ,          PUNCT 2 punct      2 punct
        York       PROPN 2 conj       2 conj
        and        CCONJ 4 cc         6 cc
        Hull       PROPN 4 conj       2 conj
        invest     VERB  0 ROOT       0 ROOT
        in         ADP   7 prep       9 case
        nurses     NOUN  8 pobj       7 obl
        and        CCONJ 8 cc        12 cc
        in         ADP   8 conj      12 case
        beds       NOUN 11 pobj       9 conj
    """,
    "complements of prepositions: clauses, adverbs, a copula": """
        It         PRON  2 nsubj      2 nsubj
        shrank     VERB  0 ROOT       0 ROOT
        by         ADP   2 prep       4 mark
        closing    VERB  3 pcomp      2 advcl
        wards      NOUN  4 dobj       4 obj
        without    ADP   5 prep       7 mark
        asking     VERB  6 pcomp      5 acl
        until      ADP   2 prep       9 case
        recently   ADV   8 pcomp      2 advmod
        despite    SCONJ 2 prep      13 mark
        being      AUX  10 pcomp     13 cop
        a          DET  13 det       13 det
        charity    NOUN 11 attr       2 advcl
    """,
    "chains of prepositions and fixed expressions": """
        Calls      NOUN  2 nsubj      2 nsubj
        came       VERB  0 ROOT       0 ROOT
        from       ADP   2 prep       6 case
        within     ADP   3 prep       6 case
        the        DET   6 det        6 det
        trust      NOUN  4 pobj       2 obl
        because    SCONJ 2 prep       9 case
        of         ADP   7 pcomp      7 fixed
        bodies     NOUN  8 pobj       2 obl
        such       ADJ  11 amod      12 case
        as         ADP   9 prep      10 fixed
        Monitor    PROPN 11 pobj      9 nmod
        instead    ADV   2 advmod    15 case
        of         ADP  13 prep      13 fixed
        me         PRON 14 pobj       2 obl
    """,
    "due to as a predicate; from ... until": """
        Delays     NOUN  6 nsubj     10 nsubj
        from       ADP   1 prep       3 case
        2019       NUM   2 pobj       1 nmod
        until      ADP   2 prep       5 case
        2021       NUM   4 pobj       1 nmod
        were       AUX   0 ROOT      10 cop
        n't        PART  6 neg       10 advmod
        due        ADJ   6 acomp     10 case
        to         ADP   8 pcomp      8 fixed
        frost      NOUN  9 pobj       0 ROOT
    """,
    "infinitives, raised objects and sums of money": """
        Ministers  NOUN  3 nsubj      3 nsubj
        have       AUX   3 aux        3 aux
        allowed    VERB  0 ROOT       0 ROOT
        all        DET   6 predet     6 det:predet
        the        DET   6 det        6 det
        trusts     NOUN  8 nsubj      3 obj
        to         PART  8 aux        8 mark
        borrow     VERB  3 ccomp      3 xcomp
        about      ADV  12 advmod    10 advmod
        £          SYM  12 quantmod   8 obj
        5          NUM  12 compound  12 compound
        million    NUM   8 dobj      10 nummod
        from       ADP  12 prep      14 case
        banks      NOUN 13 pobj      10 nmod
    """,
    "a prepositional phrase as predicate; adverbial noun phrases; named posts; particles": """
        Last       ADJ   2 amod       2 amod
        week       NOUN  7 npadvmod   7 obl:unmarked
        ,          PUNCT 7 punct      7 punct
        Reed       PROPN 7 nsubjpass  7 nsubj:pass
        herself    PRON  4 npadvmod   4 nmod:unmarked
        was        AUX   7 auxpass    7 aux:pass
        named      VERB  0 ROOT       0 ROOT
        chair      NOUN  7 oprd       7 xcomp
        while      SCONJ 11 mark     13 mark
        it         PRON 11 nsubj     13 nsubj
        was        AUX   7 advcl     13 cop
        in         ADP  11 prep      13 case
        debt       NOUN 12 pobj       7 advcl
        ,          PUNCT 7 punct      7 punct
        but        CCONJ 7 cc        17 cc
        others     NOUN 17 nsubj     17 nsubj
        stepped    VERB  7 conj       7 conj
        down       ADP  17 prt       17 compound:prt
    """,
    "two sentences; a clause as predicate keeps the copula on top; a stranded preposition": """
        The        DET   2 det        2 det
        aim        NOUN  3 nsubj      3 nsubj
        is         AUX   0 ROOT       0 ROOT
        to         PART  5 aux        5 mark
        merge      VERB  3 xcomp      3 xcomp
        .          PUNCT 3 punct      3 punct
        The        DET   8 det        8 det
        body       NOUN 12 nsubj     13 nsubj
        they       PRON 10 nsubj     10 nsubj
        report     VERB  8 relcl      8 acl:relcl
        to         ADP  10 prep      10 obl
        is         AUX   0 ROOT      13 cop
        new        ADJ  12 acomp      0 ROOT
        as         ADV  15 advmod    17 cc
        well       ADV  16 advmod    14 fixed
        as         ADP  13 cc        14 fixed
        small      ADJ  13 conj      13 conj
    """,
}


def build(rows: list[list[str]]) -> Doc:
    heads = [int(row[2]) - 1 if row[2] != "0" else i for i, row in enumerate(rows)]
    return Doc(
        NLP.vocab,
        words=[row[0] for row in rows],
        pos=[row[1] for row in rows],
        heads=heads,
        deps=[row[3] for row in rows],
    )


def edges(doc: Doc) -> list[str]:
    return [f"{t.text} <-{t.dep_}- {'' if t.head == t else f'{t.head.text}/{t.head.i + 1}'}" for t in doc]


@pytest.mark.parametrize("name", TREES)
def test_rewrites_a_parse(name: str) -> None:
    rows = [line.split() for line in TREES[name].strip().splitlines()]
    doc = build(rows)
    sentences = [sentence.text for sentence in doc.sents]
    expected = build([row[:2] + row[4:] for row in rows])
    assert edges(to_universal(doc)) == edges(expected)
    assert [sentence.text for sentence in doc.sents] == sentences
    assert [token.pos_ for token in doc] == [row[1] for row in rows]


@pytest.mark.parametrize("name", TREES)
def test_leaves_a_universal_parse_alone(name: str) -> None:
    rows = [line.split() for line in TREES[name].strip().splitlines()]
    doc = to_universal(build(rows))
    before = edges(doc)
    assert edges(to_universal(doc)) == before


def test_maps_entities() -> None:
    doc = Doc(NLP.vocab, words=["Reed", "left", "Leeds", "Monitor", "today", "Guy's"])
    labels = {0: "PERSON", 2: "GPE", 3: "ORG", 4: "DATE", 5: "FAC"}
    doc.ents = [Span(doc, i, i + 1, label, kb_id="Q1") for i, label in labels.items()]
    to_universal(doc)
    assert [(ent.text, ent.label_, ent.kb_id_) for ent in doc.ents] == [
        ("Reed", "PERSON", "Q1"),
        ("Leeds", "PLACE", "Q1"),
        ("Monitor", "ORG", "Q1"),
        ("Guy's", "PLACE", "Q1"),
    ]


def test_leaves_an_unparsed_document_alone() -> None:
    doc = to_universal(Doc(NLP.vocab, words=["NHS", "England"]))
    assert not doc.has_annotation("DEP")
    assert len(to_universal(Doc(NLP.vocab))) == 0


def test_is_a_pipeline_component() -> None:
    nlp = English()
    nlp.add_pipe("clearnlp_to_universal")
    assert nlp("NHS England").text == "NHS England"


LABELS = st.sampled_from(
    sorted({*CLEARNLP_LABELS, *UNIVERSAL_LABELS})
    # those that move heads come up more often
    + ["prep", "pobj", "pcomp", "attr", "acomp", "conj", "cc", "quantmod", "nmod", "ccomp", "nsubj", "aux", "advmod"]
    * 4
)
WORDS = st.sampled_from(["is", "be", "there", "to", "£", "$", "in", "ward", *{w for phrase in FIXED for w in phrase}])
POS = st.sampled_from(["NOUN", "VERB", "AUX", "ADP", "NUM", "ADV", "ADJ", "SYM", "PRON", ""])


@st.composite
def parses(draw: st.DrawFn) -> Doc:
    """Draws one to three sentences, each an arbitrary, often crossing tree with arbitrary labels."""
    heads: list[int] = []
    for size in draw(st.lists(st.integers(1, 12), min_size=1, max_size=3)):
        order = draw(st.permutations(range(len(heads), len(heads) + size)))
        above = {token: order[draw(st.integers(0, max(rank - 1, 0)))] for rank, token in enumerate(order)}
        heads += [above[token] for token in sorted(above)]
    size = len(heads)
    words, pos, deps = (draw(st.lists(column, min_size=size, max_size=size)) for column in (WORDS, POS, LABELS))
    return Doc(NLP.vocab, words=words, pos=pos, heads=heads, deps=deps)


@given(parses())
def test_any_parse_becomes_a_tree_with_one_root_a_sentence(doc: Doc) -> None:
    sentences = [(sentence.start, sentence.end) for sentence in doc.sents]
    to_universal(doc)
    assert [(sentence.start, sentence.end) for sentence in doc.sents] == sentences
    for sentence in doc.sents:
        assert [token for token in sentence if token.head == token] == [sentence.root]
        for token in sentence:
            up, steps = token, 0
            while up.head != up:
                up, steps = up.head, steps + 1
                assert steps <= len(sentence), "cycle"
            assert up == sentence.root
            assert token.dep_ in UNIVERSAL_LABELS
            assert (token.dep_ == "ROOT") == (token == sentence.root)


@pytest.mark.parametrize(
    ("labels", "clearnlp", "universal"),
    [
        pytest.param(CLEARNLP_LABELS, True, False, id="en_core_web"),
        pytest.param(UNIVERSAL_LABELS, False, True, id="UD_English-EWT"),
        pytest.param([x for x in UNIVERSAL_LABELS if ":" not in x], False, False, id="UD without subtypes"),
        pytest.param(["ROOT", "mo", "nk", "oa", "sb", "svp"], False, False, id="TIGER"),
        pytest.param([], False, False, id="none"),
    ],
)
def test_tells_label_schemes_apart(labels: list[str], clearnlp: bool, universal: bool) -> None:
    assert (is_clearnlp(labels), is_universal(iter(labels))) == (clearnlp, universal)


@pytest.mark.parametrize("label", CLEARNLP_LABELS)
@pytest.mark.parametrize("pos", ["NOUN", "VERB"])
def test_knows_every_label_of_the_published_pipelines(label: str, pos: str) -> None:
    doc = Doc(NLP.vocab, words=["trust", "ward"], pos=[pos, "NOUN"], heads=[0, 0], deps=["ROOT", label])
    assert {token.dep_ for token in to_universal(doc)} <= set(UNIVERSAL_LABELS)
