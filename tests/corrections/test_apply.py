"""Decisions applied to readings: each action, what they find again, and which of two holds."""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nhskg.assemble import assemble
from nhskg.corrections import Corrections
from nhskg.corrections.decisions import decisions_of
from nhskg.corrections.table import parse, text_of
from nhskg.keeping import keep
from nhskg.model import Claim, ClaimGraph, Document, DocumentEntity, Entity, Evidence, Kind, Reading, Status, TextSpan
from samples import DIGITAL, NHSE, TREASURY, TRUST, UNISON, body

TEXT = "The Treasury funds NHS Digital. Unison criticised NHS Digital, said Unison. The Alliance works with RCHT."
ALLIANCE = body("body-alliance", "Alliance")
SIGNED = {"date": "2026-11-24", "name": "Ann Lee"}
FUNDS = {"document": "letter", "quote": "The Treasury funds NHS Digital.", "subject": "HM Treasury [hm-treasury]",
         "predicate": "funds", "object": "NHS Digital [nhs-digital]"}  # fmt: skip


def claim(sentence: str, subject: Entity, predicate: str, object_: Entity, text: str = TEXT, **more: Any) -> Claim:
    start = text.index(sentence)
    values: dict[str, Any] = {"status": Status.ASSERTED, "speaker": None, "confidence": 0.5, **more}
    span = TextSpan.of(text, start, start + len(sentence))
    evidence = Evidence(document=values.pop("document", "letter"), span=span, rule="r")
    return Claim(subject=subject.id, predicate=predicate, object=object_.id, evidence=evidence, **values)


def letter(text: str = TEXT, document: str = "letter", **more: Any) -> Reading:
    sentences = text.split(". ")
    first, second = f"{sentences[0]}.", f"{sentences[1]}."
    mentions = {TREASURY: "Treasury", DIGITAL: "NHS Digital", UNISON: "Unison", ALLIANCE: "Alliance", TRUST: "RCHT"}
    return Reading(
        document=Document(id=document, text=text, published=date(2019, 5, 1)),
        entities=tuple(
            DocumentEntity(entity=entity, mentions=(TextSpan.of(text, text.index(m), text.index(m) + len(m)),))
            for entity, m in sorted(mentions.items(), key=lambda item: item[0].id)
        ),
        claims=(
            claim(first, TREASURY, "funds", DIGITAL, text, document=document, **more),
            claim(second, UNISON, "criticised", DIGITAL, text, document=document, speaker="unison"),
            claim(sentences[2], ALLIANCE, "works_with", TRUST, text, document=document),
        ),
    )


def corrected(*rows: Mapping[str, str]) -> Corrections:
    decisions, complaints = decisions_of(parse(text_of([{**SIGNED, **row} for row in rows]), Path("corrections.csv")))
    return Corrections(decisions, complaints)


def said(reading: Reading) -> list[tuple[str, str, str, str]]:
    return [(c.subject, c.predicate, c.object, c.status.value) for c in reading.claims]


def test_without_corrections_a_reading_is_the_same() -> None:
    reading = letter()
    assert corrected().apply(reading) is reading
    assert corrected({**FUNDS, "document": "other", "action": "reject"}).apply(reading) is reading


def test_a_rejected_claim_is_gone_with_what_was_there_for_it_alone() -> None:
    reading = letter()
    minor = tuple(replace(found, is_minor=found.entity is TREASURY) for found in reading.entities)
    applied = corrected({**FUNDS, "action": "reject"}).apply(replace(reading, entities=minor))
    assert said(applied) == said(reading)[1:]
    assert "hm-treasury" not in {found.entity.id for found in applied.entities}


def test_an_accepted_claim_is_certain_and_stays_whatever_the_threshold() -> None:
    corrections = corrected({**FUNDS, "action": "accept", "reason": "looked it up"})
    applied = keep(corrections.apply(letter()), 0.9)
    (kept,) = applied.claims
    assert kept.confidence == 1
    assert [(c.by, c.on.isoformat(), c.reason) for c in kept.corrections] == [("Ann Lee", "2026-11-24", "looked it up")]


@pytest.mark.parametrize(
    ("field", "to", "now"),
    [
        ("status", "planned", {"status": Status.PLANNED}),
        ("predicate", "works with", {"predicate": "works_with"}),
        ("speaker", "Unison", {"speaker": "unison"}),
        ("speaker", "document", {"speaker": None}),
        ("subject", "RCHT", {"subject": "ods-ref"}),
        ("object", "NHS England [nhs-england]", {"object": "nhs-england"}),
        ("object", "Ada Penrose [person]", {"object": "person-ada-penrose"}),
        ("direction", "", {"subject": "nhs-digital", "object": "hm-treasury"}),
    ],
)
def test_a_relabelled_claim_keeps_its_quote(field: str, to: str, now: dict[str, object]) -> None:
    before = letter().claims[0]
    corrections = corrected({**FUNDS, "action": "relabel", "field": field, "to": to})
    applied = corrections.apply(letter())
    after = applied.claims[0]
    assert after == replace(before, **now, confidence=1.0, corrections=after.corrections)  # type: ignore[arg-type]
    assert len(after.corrections) == 1
    assert {after.subject, after.object} <= {found.entity.id for found in applied.entities}
    assert corrections.warnings() == []


def test_an_added_claim_quotes_the_document() -> None:
    row = {"action": "add", "document": "letter", "quote": "Unison criticised\n NHS Digital", "subject": "RCHT",
           "predicate": "praised", "object": "Unison", "status": "alleged", "speaker": "Alliance"}  # fmt: skip
    applied = corrected(row).apply(letter())
    (added,) = [c for c in applied.claims if c.predicate == "praised"]
    assert (added.subject, added.object, added.status, added.speaker) == (
        "ods-ref",
        "unison",
        "alleged",
        "body-alliance",
    )
    span = added.evidence.span
    assert span.exact == TEXT[span.start : span.end] == "Unison criticised NHS Digital"
    assert added.published == date(2019, 5, 1)
    missing = corrected({**row, "quote": "Unison praised nobody"})
    assert said(missing.apply(letter())) == said(letter())
    assert "these words are not in letter" in missing.warnings()[0]


def test_a_merge_into_a_body_of_the_register_keeps_its_code_and_holds_in_all_documents() -> None:
    corrections = corrected(
        {"action": "merge", "subject": "Alliance [body-alliance]", "to": "NHS England [nhs-england]"}
    )
    graph = assemble([corrections.apply(letter(document=name)) for name in ("letter", "reply")])
    merged = next(entity for entity in graph.entities if entity.id == "nhs-england")
    assert merged.registered
    assert "Alliance" in merged.aliases
    assert {c.evidence.document for s in graph.statements if s.subject == "nhs-england" for c in s.claims} == {
        "letter",
        "reply",
    }
    assert merged.corrections == corrections.applied()
    again = corrected({"action": "merge", "subject": "Alliance", "to": "RCHT"}).apply(letter())
    trust = next(found for found in again.entities if found.entity.id == "ods-ref")
    assert trust.entity.ods_code == "REF"
    assert len(trust.mentions) == 2
    assert "works_with" not in {c.predicate for c in again.claims}  # it would be about one thing


def test_merges_follow_one_another_and_a_circle_ends() -> None:
    rows = [
        {"action": "merge", "subject": "Alliance", "to": "Unison [unison]"},
        {"action": "merge", "subject": "Unison [unison]", "to": "RCHT [ods-ref]"},
        {"action": "merge", "subject": "RCHT [ods-ref]", "to": "Alliance [body-alliance]", "date": "2027-01-01"},
    ]
    chain = corrected(*rows[:2]).apply(letter())
    assert {c.subject for c in chain.claims} == {"hm-treasury", "ods-ref"}
    circle = corrected(*rows)
    assert {c.subject for c in circle.apply(letter()).claims} == {"hm-treasury", "body-alliance"}
    assert not [warning for warning in circle.warnings() if "matches nothing" in warning]


def test_a_split_is_of_one_document_or_of_some_of_its_words() -> None:
    split = {"action": "split", "document": "letter", "subject": "Alliance", "to": "NHS England [nhs-england]"}
    corrections = corrected(split)
    here, there = corrections.apply(letter()), corrections.apply(letter(document="reply"))
    assert here.claims[2].subject == "nhs-england"
    assert here.claims[2].corrections
    assert there == letter(document="reply")
    text = "Unison criticised NHS Digital. Unison funds NHS Digital. Nothing else."
    spans = tuple(TextSpan.of(text, start, start + 6) for start in (0, 31))
    reading = Reading(
        document=Document(id="letter", text=text),
        entities=(DocumentEntity(entity=UNISON, mentions=spans), DocumentEntity(entity=DIGITAL, mentions=())),
        claims=(
            claim("Unison criticised NHS Digital.", UNISON, "criticised", DIGITAL, text),
            claim("Unison funds NHS Digital.", UNISON, "funds", DIGITAL, text),
        ),
    )
    part = corrected({**split, "subject": "Unison", "quote": "Unison funds NHS Digital"}).apply(reading)
    assert [c.subject for c in part.claims] == ["unison", "nhs-england"]
    assert {f.entity.id: len(f.mentions) for f in part.entities} == {"unison": 1, "nhs-england": 1, "nhs-digital": 0}


def test_a_new_name_is_the_name_in_all_documents_and_the_old_one_an_alias() -> None:
    corrections = corrected({"action": "rename", "subject": "Alliance [body-alliance]", "to": "TA"})
    longer = replace(ALLIANCE, name="Tamar Alliance")
    other = letter(document="other")
    other = replace(
        other, entities=tuple(replace(f, entity=longer) if f.entity is ALLIANCE else f for f in other.entities)
    )
    graph = assemble(map(corrections.apply, [letter(), other]))
    renamed = next(entity for entity in graph.entities if entity.id == "body-alliance")
    assert renamed.name == "TA"
    assert set(renamed.aliases) == {"Alliance", "Tamar Alliance"}


def test_what_it_is_not_is_no_candidate_any_more() -> None:
    board = replace(ALLIANCE, candidates=("ods-qt6", "ods-qoc"))
    reading = letter()
    reading = replace(
        reading, entities=tuple(replace(f, entity=board) if f.entity is ALLIANCE else f for f in reading.entities)
    )
    corrections = corrected({"action": "distinct", "subject": "Alliance [body-alliance]", "object": "Board [ods-qt6]"})
    found = next(f for f in corrections.apply(reading).entities if f.entity.id == "body-alliance")
    assert found.entity.candidates == ("ods-qoc",)
    assert corrections.warnings() == []


def test_a_claim_is_found_again_after_small_edits() -> None:
    corrections = corrected({**FUNDS, "action": "reject"})
    edited = letter(TEXT.replace("The Treasury funds", "The Treasury now funds"), confidence=0.7)
    assert len(corrections.apply(edited).claims) == 2
    assert "the sentence has changed; it is now “The Treasury now funds NHS Digital.”" in corrections.warnings()[0]
    still = letter(TEXT.replace("The Treasury", "Then the Treasury") + " The Treasury funds NHS Digital.")
    assert said(corrected({**FUNDS, "action": "reject"}).apply(still)) == said(still)
    moved = letter(f"{TEXT.split('. ', maxsplit=1)[0]}. {TEXT[32:]}", status=Status.PLANNED)
    moved = replace(moved, claims=tuple(replace(c, confidence=0.1) for c in moved.claims))
    assert len(corrected({**FUNDS, "action": "reject"}).apply(moved).claims) == 2


def test_a_claim_is_found_by_what_its_ends_were_and_are() -> None:
    merge = {"action": "merge", "subject": "HM Treasury [hm-treasury]", "to": "Unison [unison]"}
    rename = {"action": "rename", "subject": "Unison [unison]", "to": "The union"}
    for subject in ("HM Treasury [hm-treasury]", "Unison [unison]", "Treasury", "unison"):
        corrections = corrected(merge, rename, {**FUNDS, "subject": subject, "action": "reject"})
        assert "funds" not in {c.predicate for c in corrections.apply(letter()).claims}, subject
        assert corrections.warnings() == []


def test_relabelled_claims_are_found_by_either_relation() -> None:
    relabel = {**FUNDS, "action": "relabel", "field": "predicate", "to": "commissions"}
    for predicate in ("funds", "commissions"):
        reject = {**FUNDS, "predicate": predicate, "action": "reject", "date": "2026-11-25"}
        assert len(corrected(relabel, reject).apply(letter()).claims) == 2
    turned = {**FUNDS, "action": "relabel", "field": "direction"}
    twice = corrected(turned, {**turned, "name": "Ben", "date": "2026-11-25"}).apply(letter())
    assert (twice.claims[0].subject, twice.claims[0].object) == ("nhs-digital", "hm-treasury")


def test_of_claims_with_one_triple_and_quote_the_one_with_the_status_and_speaker_is_meant() -> None:
    reading = letter()
    reading = replace(reading, claims=(*reading.claims, replace(reading.claims[0], speaker="unison")))
    by_unison = corrected({**FUNDS, "speaker": "Unison [unison]", "action": "reject"}).apply(reading)
    assert [c.speaker for c in by_unison.claims if c.predicate == "funds"] == [None]
    own = corrected({**FUNDS, "speaker": "document", "action": "reject"}).apply(reading)
    assert [c.speaker for c in own.claims if c.predicate == "funds"] == ["unison"]


def test_the_later_of_two_people_holds_and_it_is_said() -> None:
    later = {"name": "Ben", "date": "2026-12-01"}
    pairs: list[tuple[dict[str, str], dict[str, str]]] = [
        ({**FUNDS, "action": "accept"}, {**FUNDS, "action": "reject"}),
        ({**FUNDS, "action": "reject"}, {**FUNDS, "action": "accept"}),
        ({**FUNDS, "action": "reject"}, {**FUNDS, "action": "relabel", "field": "status", "to": "planned"}),
        ({**FUNDS, "action": "relabel", "field": "status", "to": "alleged"}, {**FUNDS, "action": "relabel", "field": "status", "to": "planned"}),
        ({"action": "merge", "subject": "Alliance", "to": "RCHT"}, {"action": "merge", "subject": "Alliance", "to": "NHS England"}),
        ({"action": "merge", "subject": "Alliance", "to": "RCHT"}, {"action": "distinct", "subject": "RCHT", "object": "Alliance"}),
        ({"action": "distinct", "subject": "Alliance", "object": "RCHT"}, {"action": "merge", "subject": "Alliance", "to": "RCHT"}),
        ({"action": "rename", "subject": "Alliance", "to": "A"}, {"action": "rename", "subject": "Alliance", "to": "B"}),
    ]  # fmt: skip
    for one, other in pairs:
        only = corrected({**other, **later})
        both = corrected({**other, **later}, one)  # the order of rows does not count where the days differ
        result = both.apply(letter())
        assert said(result) == said(only.apply(letter())), (one, other)
        assert [f.entity.name for f in result.entities] == [f.entity.name for f in only.apply(letter()).entities]
        (warning,) = [warning for warning in both.warnings() if "contradicted" in warning]
        assert "row 3" in warning
        assert "contradicted by corrections.csv, row 2" in warning
        assert "Ben, 2026-12-01" in warning


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ({**FUNDS, "action": "reject", "document": "gone"}, "no document is called gone"),
        ({**FUNDS, "action": "reject", "predicate": "opposes"}, "nothing in letter is read as HM Treasury [hm-treasury] — opposes"),
        ({**FUNDS, "action": "reject", "quote": "Something else entirely."}, "in “Something else entirely.”"),
        ({"action": "merge", "subject": "Nobody", "to": "RCHT"}, "no document mentions Nobody"),
        ({"action": "merge", "subject": "Alliance", "to": "Board [b0]"}, "neither the documents nor the register have that id"),
        ({"action": "rename", "subject": "Nobody [x]", "to": "B"}, "no document mentions Nobody [x]"),
        ({"action": "split", "document": "letter", "subject": "Nobody", "to": "B"}, "letter does not mention Nobody"),
        ({**FUNDS, "action": "relabel", "field": "subject", "to": "Nobody"}, "write its kind behind it: Nobody [organisation]"),
    ],
)  # fmt: skip
def test_what_matches_nothing_is_said(row: dict[str, str], why: str) -> None:
    corrections = corrected(row)
    assert said(corrections.apply(letter())) == said(letter())
    (warning,) = corrections.unmatched()
    assert warning.startswith("corrections.csv, row 2 (")
    assert why in warning
    assert corrections.applied() == ()


def test_a_name_of_several_is_not_guessed() -> None:
    reading = letter()
    boards = [body(f"body-{n}", f"Board {n}", "The Board") for n in "ab"]
    reading = replace(reading, entities=(*reading.entities, *(DocumentEntity(entity=b, mentions=()) for b in boards)))
    corrections = corrected({"action": "merge", "subject": "The Board", "to": "RCHT"})
    assert set(corrections.apply(reading).entities) == set(reading.entities)
    assert "write it as one of these: Board a [body-a], Board b [body-b]" in corrections.unmatched()[0]


def test_a_document_that_became_a_copy_is_found() -> None:
    from nhskg.model import Copy

    reading = letter(document="later")
    reading = replace(reading, document=replace(reading.document, copies=(Copy(document="letter"),)))
    assert len(corrected({**FUNDS, "action": "reject"}).apply(reading).claims) == 2


ROWS: list[dict[str, str]] = [
    {**FUNDS, "action": "reject", "date": "2026-01-01"},
    {**FUNDS, "action": "relabel", "field": "status", "to": "planned", "date": "2026-01-02"},
    {**FUNDS, "action": "relabel", "field": "direction", "date": "2026-01-03"},
    {**FUNDS, "subject": "nhs-england", "action": "accept", "date": "2026-01-04"},
    {"action": "merge", "subject": "HM Treasury [hm-treasury]", "to": "NHS England [nhs-england]", "date": "2026-01-05"},
    {"action": "merge", "subject": "Alliance", "to": "Unison [unison]", "date": "2026-01-06"},
    {"action": "distinct", "subject": "Alliance", "object": "Unison", "date": "2026-01-07"},
    {"action": "split", "document": "letter", "subject": "Unison", "to": "RCHT", "date": "2026-01-08"},
    {"action": "rename", "subject": "NHS Digital [nhs-digital]", "to": "Digital", "date": "2026-01-09"},
    {"action": "add", "document": "reply", "quote": "NHS Digital", "subject": "Unison", "predicate": "praised",
     "object": "NHS Digital", "date": "2026-01-10"},
    {"action": "merge", "subject": "Unison", "to": "Alliance", "date": "2026-01-11"},
]  # fmt: skip


def built(rows: Iterable[dict[str, str]], order: list[str]) -> tuple[ClaimGraph, list[Reading], set[str]]:
    corrections = corrected(*rows)
    readings = [corrections.apply(letter(document=name)) for name in order]
    warnings = {warning.partition(")")[2] for warning in corrections.unmatched()}
    return (
        replace(assemble(readings), corrections=corrections.applied()),
        sorted(readings, key=lambda r: r.document.id),
        warnings,
    )


@settings(deadline=None)
@given(st.lists(st.sampled_from(ROWS), unique_by=str), st.integers(0, 10))
def test_neither_the_order_of_rows_nor_of_documents_counts(rows: list[dict[str, str]], seed: int) -> None:
    mixed, names = [*rows], ["letter", "reply", "report"]
    random.Random(seed).shuffle(mixed)
    expected = built(rows, names)
    random.Random(seed).shuffle(names)
    assert built(mixed, names) == expected


@settings(deadline=None)
@given(st.lists(st.sampled_from(ROWS), unique_by=str))
def test_the_graph_stays_whole_and_applying_again_tells_nothing_new(rows: list[dict[str, str]]) -> None:
    corrections = corrected(*rows)
    first = corrections.apply(letter())
    warnings = corrections.warnings()
    assert corrections.apply(letter()) == first
    assert corrections.warnings() == warnings
    ids = {found.entity.id for found in first.entities}
    assert {end for c in first.claims for end in (c.subject, c.object, c.speaker) if end} <= ids
    assert len({c.id for c in first.claims}) == len(first.claims)
    assert all(TEXT[c.evidence.span.start : c.evidence.span.end] == c.evidence.span.exact for c in first.claims)
    assert all(isinstance(found.entity.kind, Kind) for found in first.entities)
    assert NHSE.id in ids or not any("nhs-england" in (c.subject, c.object) for c in first.claims)
