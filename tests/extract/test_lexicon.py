"""Every wording of the lexicon gives its claim, and every status table entry its status."""

from __future__ import annotations

import functools
import re
from pathlib import Path

import pytest

from nhskg.errors import InputError
from nhskg.extract.lexicon import Frame, load_lexicon, read_lexicon
from nhskg.model import Claim, Document
from nhskg.ontology import load_predicates
from nhskg.resources import LANGUAGE_MODEL, resource

LEXICON = load_lexicon()
FRAMES = {frame.rule: frame for frames in LEXICON.frames.values() for frame in frames}
pytestmark = pytest.mark.skipif(not LANGUAGE_MODEL.exists(), reason="no language model in this checkout")


NEAREST_SUBJECT = pytest.mark.xfail(reason="a pronoun goes to the last subject, not the last body", strict=True)


@functools.cache
def read(text: str) -> tuple[Claim, ...]:
    from readers import rules_reader

    (reading,) = rules_reader().read([Document(id="example", text=text)])
    return tuple(reading.claims)


def test_every_wording_has_an_example() -> None:
    assert [rule for rule, frame in FRAMES.items() if not frame.example] == []


def test_every_predicate_of_the_ontology_is_worded() -> None:
    assert {frame.predicate for frame in FRAMES.values()} == set(load_predicates())


@pytest.mark.model
@pytest.mark.parametrize("frame", FRAMES.values(), ids=lambda frame: frame.rule)
def test_the_example_of_a_wording_gives_its_claim(frame: Frame) -> None:
    assert frame.predicate in {claim.predicate for claim in read(frame.example)}


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("NHS England funded NHS Digital.", "asserted"),
        ("NHS England did not fund NHS Digital.", "negated"),
        ("NHS England never funded NHS Digital.", "negated"),
        ("NHS England failed to fund NHS Digital.", "negated"),
        ("NHS England refused to fund NHS Digital.", "negated"),
        ("NHS England will fund NHS Digital.", "planned"),
        ("NHS England plans to fund NHS Digital.", "planned"),
        ("NHS England is expected to fund NHS Digital.", "planned"),
        ("NHS England promised to fund NHS Digital.", "planned"),
        ("NHS England might fund NHS Digital.", "hypothetical"),
        ("NHS England could fund NHS Digital.", "hypothetical"),
        ("NHS England is considering whether to fund NHS Digital.", "hypothetical"),
        ("NHS England will not fund NHS Digital.", "negated"),
        ("NHS England reportedly funded NHS Digital.", "alleged"),
        ("Unison alleged that NHS England funded NHS Digital.", "alleged"),
        ("NHS England denied that it funded NHS Digital.", "negated"),
    ],
)
def test_status(text: str, status: str) -> None:
    found = [claim.status.value for claim in read(text) if claim.predicate == "funds"]
    assert found == [status]


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("NHS England funds NHS Digital.", None),
        ("Unison said that NHS England funds NHS Digital.", "unison"),
        ("According to Unison, NHS England funds NHS Digital.", "unison"),
        ("NHS England funds NHS Digital, Unison said.", "unison"),
        ("“NHS England funds NHS Digital and nobody else,” said Unison.", "unison"),
        ("“NHS England funds NHS Digital,” said Jane Crosby, “and it always has.”", "person-jane-crosby"),
        ("In Unison’s view, NHS England funds NHS Digital.", "unison"),
        ("As Jane Crosby put it, NHS England funds NHS Digital.", "person-jane-crosby"),
    ],
)
def test_speaker(text: str, speaker: str | None) -> None:
    found = {claim.speaker for claim in read(text) if claim.predicate == "funds"}
    assert found == {speaker}


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "subject", "predicate", "object_"),
    [
        ("NHS Digital is funded by NHS England.", "nhs-england", "funds", "nhs-digital"),
        ("NHS Digital, which NHS England funds, agreed.", "nhs-england", "funds", "nhs-digital"),
        ("NHS England and the Treasury fund NHS Digital.", "hm-treasury", "funds", "nhs-digital"),
        ("NHS England wants to fund NHS Digital.", "nhs-england", "funds", "nhs-digital"),
        pytest.param(
            "Unison criticised the Care Quality Commission. It regulates NHS Digital.",
            "cqc",
            "regulates",
            "nhs-digital",
            marks=NEAREST_SUBJECT,
        ),
        ("NHS England (NHSE) met. NHSE funds NHS Digital.", "nhs-england", "funds", "nhs-digital"),
    ],
)
def test_direction_whatever_the_construction(text: str, subject: str, predicate: str, object_: str) -> None:
    assert (subject, predicate, object_) in {(c.subject, c.predicate, c.object) for c in read(text)}


@pytest.mark.model
def test_a_text_without_relations_gives_no_claim() -> None:
    assert read("The weather in Leeds was mild. Nobody at NHS England minded. Trains ran on time.") == ()


@pytest.mark.model
@pytest.mark.parametrize(
    "text", ["“NHS England funds", "”””““", "(((", "£", "I", "-", "\u200b x", "NHS England said: “"]
)
def test_broken_text_breaks_nothing(text: str) -> None:
    read(text)


@pytest.mark.parametrize(
    ("entry", "complaint"),
    [
        ('verb = ["fund"], subjcet = "agent"', "subjcet is no key of a frame"),
        ('verb = ["fund"], status = "plannd"', "'plannd' is not a valid Status"),
        ('verb = ["fund"], complement = "bad"', "complement is 'bad'"),
        ('verb = ["fund"], noun = ["funding"]', "needs just one of"),
    ],
)
def test_a_mistake_in_the_lexicon_is_named(tmp_path: Path, entry: str, complaint: str) -> None:
    lexicon = tmp_path / "lexicon.toml"
    lexicon.write_text(f"[predicates.funds]\nframes = [{{ {entry} }}]\n", encoding="utf-8")
    with pytest.raises(InputError, match=re.escape(complaint)):
        read_lexicon(lexicon, resource("ontology", "status.toml"))
