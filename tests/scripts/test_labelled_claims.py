"""Labelled passages: their form is checked line by line, and their words are found among what was read."""

from __future__ import annotations

from pathlib import Path

import pytest

from labelled_claims import LabelError, entity_of, read_passages
from nhskg.model import DocumentEntity, Entity, Kind, Status, TextSpan

PASSAGE = "Trusts in Kent buy gloves from NHS Supply Chain, Lord Maddox said."


def passages_of(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "some.txt"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_passage_has_its_claims(tmp_path: Path) -> None:
    claim = "> NHS Supply Chain | supplies | Trusts in Kent | alleged | Lord Maddox"
    path = passages_of(tmp_path, f"{PASSAGE}\n{claim}\n\nNothing is claimed here.\n")
    first, second = read_passages(path)
    assert (first.claims[0].status, first.claims[0].speaker) == (Status.ALLEGED, "Lord Maddox")
    assert not second.claims


def test_status_and_speaker_may_be_left_out_and_a_claim_may_be_optional(tmp_path: Path) -> None:
    path = passages_of(tmp_path, f"{PASSAGE}\n>? NHS Supply Chain | supplies | Trusts in Kent\n")
    (claim,) = next(read_passages(path)).claims
    assert (claim.status, claim.speaker, claim.optional) == (Status.ASSERTED, "", True)


@pytest.mark.parametrize(
    ("claim", "wrong"),
    [
        ("> NHS Supply Chain | sells_to | Trusts in Kent", "sells_to"),
        ("> NHS Supply Chain | supplies | trusts in Kent", "trusts in Kent"),
        ("> NHS Supply Chain | supplies | Trusts in Kent | likely", "likely"),
        ("> NHS Supply Chain | supplies", "some.txt:2"),
        ("and a second line", "and a second line"),
    ],
)
def test_what_is_not_in_order_is_named_with_its_line(tmp_path: Path, claim: str, wrong: str) -> None:
    path = passages_of(tmp_path, f"{PASSAGE}\n{claim}\n")
    with pytest.raises(LabelError, match=r"some\.txt:2") as caught:
        list(read_passages(path))
    assert wrong in str(caught.value)


def mentioned(name: str, words: str) -> DocumentEntity:
    start = PASSAGE.index(words)
    entity = Entity(id=name, kind=Kind.GROUP, name=name)
    return DocumentEntity(entity=entity, mentions=(TextSpan.of(PASSAGE, start, start + len(words)),))


def test_words_are_the_entity_that_is_mentioned_so() -> None:
    entities = {"supply": mentioned("supply", "NHS Supply Chain"), "trusts": mentioned("trusts", "Trusts")}
    assert entity_of("NHS Supply Chain", PASSAGE, entities) == "supply"


def test_a_mention_at_the_beginning_of_the_words_is_meant() -> None:
    entities = {"trusts": mentioned("trusts", "Trusts"), "kent": mentioned("kent", "Kent")}
    assert entity_of("gloves", PASSAGE, entities) is None
    assert entity_of("Trusts in Kent buy", PASSAGE, entities) == "trusts"
