"""The second opinion: what it makes of the rules' claims, whatever it has learned, and that it reads the packaged weights."""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np
import pytest

from nhskg.extract.confidence import load_confidence
from nhskg.extract.judging import Judge
from nhskg.extract.pairs import WAYS, PairFinder, Told
from nhskg.extract.reader import Reader, Understanding
from nhskg.extract.second_opinion import Network, SecondOpinion
from nhskg.model import Claim, Document

FUNDS = "NHS England funds Leeds Teaching Hospitals NHS Trust."
pytestmark = pytest.mark.model


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader.load()


def understood(reader: Reader, text: str) -> Understanding:
    return next(iter(reader.understand([Document(id="letter", text=text)])))


def judge_who_thinks(reader: Reader, bias: float, rules: float = 0.0) -> Judge:
    """A judge whose network knows nothing but how likely relations are, and how much the rules count."""
    pairs = PairFinder(reader.lexicon, reader.claim_finder.predicates)
    told = told_of(pairs, understood(reader, FUNDS))
    relations, width = 2 * len(pairs.predicates), 2
    network = Network(
        words=np.zeros((told.words.shape[1], width), np.float32),
        words_bias=np.zeros(width, np.float32),
        hidden=np.zeros(((3 + WAYS) * width + told.about.shape[1], width), np.float32),
        hidden_bias=np.zeros(width, np.float32),
        out=np.zeros((width, relations), np.float32),
        out_bias=np.full(relations, bias, np.float32),
        rules=np.array([rules], np.float32),
    )
    return Judge(reader.claim_finder, pairs, SecondOpinion([network]))


def told_of(pairs: PairFinder, read: Understanding) -> Told:
    told = pairs.told(read.paragraphs, read.arguments, read.claims)
    assert told is not None
    return told


def judged(judge: Judge, read: Understanding) -> list[Claim]:
    return judge.judged(read.document, read.paragraphs, read.arguments, read.claims)


def test_what_is_unlikely_is_given_up(reader: Reader) -> None:
    read = understood(reader, FUNDS)
    assert [claim.predicate for claim in read.claims] == ["funds"]
    assert judged(judge_who_thinks(reader, bias=-9), read) == []


def test_what_the_rules_read_stays_where_they_are_trusted(reader: Reader) -> None:
    (claim,) = judged(judge_who_thinks(reader, bias=-5, rules=10), understood(reader, FUNDS))
    assert (claim.subject, claim.predicate) == ("nhs-england", "funds")


def test_what_is_likely_is_claimed_between_fitting_kinds_only(reader: Reader) -> None:
    read = understood(reader, "Jane Crosby met Unison in Leeds.")
    claims = judged(judge_who_thinks(reader, bias=9), read)
    assert claims
    for claim in claims:
        predicate = reader.claim_finder.predicates[claim.predicate]
        assert read.resolution.entities[claim.subject].entity.kind in predicate.subject_kinds
        assert read.resolution.entities[claim.object].entity.kind in predicate.object_kinds


def test_what_is_only_asked_is_not_claimed(reader: Reader) -> None:
    assert judged(judge_who_thinks(reader, bias=9), understood(reader, "Why did NHS England meet Unison?")) == []


def test_a_likelier_claim_is_trusted_more(reader: Reader) -> None:
    read = understood(reader, FUNDS)
    (low,) = judged(judge_who_thinks(reader, bias=-9, rules=8.8), read)
    (high,) = judged(judge_who_thinks(reader, bias=-5, rules=10), read)
    assert low.confidence < high.confidence


def test_new_claims_have_evidence_status_and_a_rule_that_says_where_they_are_from(reader: Reader) -> None:
    text = "NHS England might meet Unison."
    for claim in judged(judge_who_thinks(reader, bias=9), understood(reader, text)):
        assert (claim.evidence.span.exact, claim.status) == (text, "hypothetical")
        assert claim.evidence.rule == f"{claim.predicate}/learned"


def sentences() -> Iterator[str]:
    yield FUNDS
    yield "Unison, which represents porters, has urged NHS England to abolish the Better Care Fund."


def test_the_packaged_opinion_has_a_chance_for_every_pair_and_relation(reader: Reader) -> None:
    assert reader.judge is not None
    for text in sentences():
        told = told_of(reader.judge.pairs, understood(reader, text))
        chances = reader.judge.opinion.chances(told)
        assert chances.shape == (len(told.pairs), 2 * len(reader.judge.pairs.predicates))
        assert ((chances >= 0) & (chances <= 1)).all()


def test_the_same_text_gives_the_same_claims(reader: Reader) -> None:
    documents = [Document(id="letter", text=" ".join(sentences()))]
    first, second = (list(reader.read(documents)) for _ in range(2))
    assert first == second


def test_a_second_claim_of_the_same_triple_has_its_second_opinion(reader: Reader) -> None:
    read = understood(
        reader, "NHS England funds NHS Digital, and Unison said that NHS England will not fund NHS Digital."
    )
    assert len({claim.status for claim in read.claims if claim.predicate == "funds"}) == 2
    assert judged(judge_who_thinks(reader, bias=-9), read) == []


def test_who_only_says_so_does_not_do_it(reader: Reader) -> None:
    read = understood(reader, "According to Unison, £1m was given to Leeds Teaching Hospitals NHS Trust.")
    claims = judged(judge_who_thinks(reader, bias=9), read)
    assert claims
    acts = reader.lexicon.performative
    assert {claim.predicate for claim in claims if claim.subject == "unison"} <= acts


def test_a_guess_at_what_a_word_stands_for_needs_a_greater_chance(reader: Reader) -> None:
    measured = load_confidence()
    middling = math.log(measured.accept_guess / (1 - measured.accept_guess)) - 0.1
    read = understood(reader, "NHS England met Unison beside the laundry.")
    guesses = set(read.resolution.unlisted.values())
    assert guesses

    def told_of_guesses(chance: float) -> bool:
        claims = judged(judge_who_thinks(reader, bias=chance), read)
        assert claims
        return any(guesses & {claim.subject, claim.object} for claim in claims)

    assert told_of_guesses(9)
    assert not told_of_guesses(middling)
