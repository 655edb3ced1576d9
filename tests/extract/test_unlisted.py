"""Things that no list knows: what becomes one, and that nothing but the second opinion takes notice of them."""

from __future__ import annotations

import pytest

from nhskg.extract.pairs import PairFinder
from nhskg.model import Document, Kind
from nhskg.resources import LANGUAGE_MODEL
from readers import rules_reader

pytestmark = [
    pytest.mark.model,
    pytest.mark.skipif(not LANGUAGE_MODEL.exists(), reason="no language model in this checkout"),
]


def unlisted(text: str) -> dict[str, Kind]:
    """The words of each thing that no list knows, and its kind."""
    (read,) = rules_reader().understand([Document(id="x", text=text)])
    entities = read.resolution.entities
    return {
        span.exact: entities[identifier].entity.kind
        for identifier in set(read.resolution.unlisted.values())
        for span in entities[identifier].mentions
    }


@pytest.mark.parametrize(
    ("text", "words", "kind"),
    [
        ("Unison paid for an X-ray machine.", "X-ray machine", Kind.PROGRAMME),
        ("Barts Health runs a laundry in Newham.", "laundry", Kind.PROGRAMME),
        ("The pool is run by a board.", "board", Kind.ORGANISATION),
        ("Unison thanked the hygienists.", "hygienists", Kind.GROUP),
        ("Barts Health wrote to the region.", "region", Kind.ORGANISATION),
        ("Barts Health wrote to the ambulance service.", "the ambulance service", Kind.ORGANISATION),
    ],
)
def test_what_somebody_has_to_do_with_is_a_thing(text: str, words: str, kind: Kind) -> None:
    assert unlisted(text).get(words) is kind


@pytest.mark.parametrize(
    "text",
    [
        "The chief nurse met Barts Health.",  # a post without a name
        "Barts Health met Unison on a winter day.",
        "Unison praised a number of trusts.",
        "Unison criticised Barts Health’s performance.",  # what is said of it is said of the trust
        "PICS, a prescribing aid, was bought by Barts Health.",  # the name is the thing
    ],
)
def test_what_stands_for_something_else_is_none(text: str) -> None:
    assert unlisted(text) == {}


def test_it_is_in_no_graph_without_a_claim_and_stops_no_pronoun() -> None:
    text = "Barts Health runs a laundry. It was criticised by Unison."
    (reading,) = rules_reader().read([Document(id="x", text=text)])
    assert {found.entity.id for found in reading.entities} == {"ods-r1h", "unison"}
    assert [(c.subject, c.predicate, c.object) for c in reading.claims] == [("unison", "criticised", "ods-r1h")]


def test_the_second_opinion_is_asked_of_it_and_of_something_listed() -> None:
    (read,) = rules_reader().understand([Document(id="x", text="Barts Health runs a laundry in an old warehouse.")])
    told = PairFinder(rules_reader().lexicon, rules_reader().claim_finder.predicates).told(
        read.paragraphs, read.arguments, read.claims
    )
    assert told is not None
    names = {tuple(read.resolution.entities[end.entity].entity.name for end in (p.first, p.second)) for p in told.pairs}
    trust = read.resolution.entities["ods-r1h"].entity.name
    assert names == {(trust, "Laundry (in x)"), (trust, "Old warehouse")}


def seen(text: str) -> list[set[str]]:
    """The names of the entities in each sentence that the second opinion sees."""
    (read,) = rules_reader().understand([Document(id="x", text=text)])
    ((_, doc),) = read.paragraphs
    entities = read.resolution.entities
    return [
        {entities[one].entity.name for word in sentence for one in read.resolution.may_be((0, word.i))}
        for sentence in doc.sents
    ]


def test_it_sees_what_a_pronoun_may_stand_for() -> None:
    text = "Barts Health welcomed the Hewitt review. Unison has opposed it."
    assert seen(text)[1] == {"Unison", "Hewitt review"}


def test_it_sees_both_of_two() -> None:
    text = "Unison and the Royal College of Midwives met. Both wrote to NHS Employers."
    assert seen(text)[1] == {"Unison", "Royal College of Midwives", "NHS Employers"}
