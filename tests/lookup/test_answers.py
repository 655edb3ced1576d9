"""Profiles, paths, timelines, evidence, promises, search, counts."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from nhskg import Graph
from nhskg.errors import UsageError
from nhskg.finding import NotFound
from nhskg.model import Claim, Status
from nhskg.registered import RegisterEntry
from samples import DIGITAL, NHSE, PERSON, TREASURY, UNISON, make_build, told


def test_a_profile_counts_claims_by_relation_and_status(world: Path) -> None:
    profile = Graph.open(world).show("NHS Digital")
    assert [(r.relation, r.outwards, dict(r.statuses)) for r in profile.relations] == [
        ("funds", False, {Status.ASSERTED: 1, Status.NEGATED: 1}),
        ("criticised", False, {Status.ASSERTED: 1}),
        ("holds_post", False, {Status.ASSERTED: 1}),
    ]
    assert (profile.documents, profile.first, profile.last) == (3, date(2019, 5, 1), date(2020, 1, 1))
    assert profile.disputed == 1
    assert Graph.open(world).show("Unison").said == 1


def test_a_profile_has_the_life_and_the_names_of_a_body(world: Path) -> None:
    graph = Graph.open(world)
    assert (graph.show("NHSI").opened, graph.show("NHSI").closed) == ("2016-04-01", "2022-06-30")
    assert [name.name for name in graph.show("NHSE").earlier_names] == ["NHS Commissioning Board"]
    assert [e.post for e in graph.show("NHSE").structure if e.post] == ["Chair"]


def test_a_profile_has_the_posts_that_documents_tell_of(world: Path) -> None:
    profile = Graph.open(world).show("Ada Penrose")
    assert [(s.predicate, s.object) for s in profile.standing] == [("holds_post", "nhs-digital")]
    assert [(e.post, e.object) for e in profile.structure] == [("Chair", "nhs-england")]


def test_paths_are_the_shortest_ones(world: Path) -> None:
    graph = Graph.open(world)
    (way,) = graph.path("Treasury", "RCHT")
    assert [(step.start, step.end) for step in way] == [
        ("hm-treasury", "nhs-digital"),
        ("nhs-digital", "nhs-england"),
        ("nhs-england", "ods-ref"),
    ]
    assert way[0].statements
    assert way[1].structure
    by_claims = graph.path("Treasury", "RCHT", through="claims")
    assert [[step.end for step in way] for way in by_claims] == [
        ["nhs-digital", "unison", "fund-winter", "nhs-england", "ods-ref"]
    ]
    assert graph.path("Treasury", "NHS Digital", through="structure") == ()
    assert graph.path("Treasury", "Treasury") == ()


def test_what_is_only_denied_is_no_way_unless_asked_for(tmp_path: Path) -> None:
    denied = told(TREASURY, "funds", DIGITAL, "The Treasury does not fund NHS Digital.", status=Status.NEGATED)
    graph = Graph.open(make_build(tmp_path, [denied]))
    assert graph.path("Treasury", "NHS Digital") == ()
    assert len(graph.path("Treasury", "NHS Digital", status="negated")) == 1


def test_of_equally_short_paths_the_settled_one_comes_first(tmp_path: Path) -> None:
    readings = [
        told(TREASURY, "funds", DIGITAL, "The Treasury could fund NHS Digital.", status=Status.HYPOTHETICAL),
        told(DIGITAL, "supplies", PERSON, "NHS Digital supplies Ada Penrose."),
        told(TREASURY, "praised", UNISON, "The Treasury praised Unison."),
        told(UNISON, "praised", PERSON, "Unison praised Ada Penrose."),
    ]
    paths = Graph.open(make_build(tmp_path, readings)).path("Treasury", "Ada Penrose")
    assert [path[0].end for path in paths] == ["unison", "nhs-digital"]


def test_a_timeline_is_in_order_and_has_lives_and_ends(world: Path) -> None:
    graph = Graph.open(world)
    moments = graph.timeline("NHSE")
    assert [moment.date for moment in moments] == sorted(moment.date for moment in moments)
    told_of = [(m.date, m.what.predicate if not isinstance(m.what, str) else m.what, m.ends) for m in moments]
    assert told_of[:3] == [
        ("2013-03-31", "no longer called NHS Commissioning Board", True),
        ("2015", "holds_post", False),
        ("2017", "holds_post", True),
    ]
    assert ("2020-04", "funds", False) in told_of  # where its sentence says that it begins
    assert [m.what for m in graph.timeline("NHSI") if isinstance(m.what, str)] == ["opened", "closed"]
    assert all("2020" <= m.date < "2022" for m in graph.timeline("NHSE", since="2020", until="2021"))
    assert len(graph.timeline("NHSE", limit=2)) == 2
    assert [m.date for m in graph.timeline("NHSE", since="2020", until="2021", limit=1)] == ["2020-04"]
    assert [m.date for m in graph.timeline("NHSE", kind="person")] == ["2015", "2017"]
    assert {m.date for m in graph.timeline("NHSE", direction="in")} == {"2023-02-01", "2015", "2017", "2013-03-31"}
    assert all(isinstance(m.what, Claim) for m in graph.timeline("NHSE", through="claims"))
    assert not any(isinstance(m.what, RegisterEntry) for m in graph.timeline("NHSE", status="planned"))


def test_evidence_is_the_sentence_in_its_paragraph(world: Path) -> None:
    graph = Graph.open(world)
    (passage, denial) = graph.evidence("Treasury", "NHS Digital")
    assert passage.span.exact == "The Treasury funds NHS Digital with £2m."
    assert passage.before == ""
    assert passage.after.startswith(" Unison criticised NHS Digital.")
    assert denial.claims[0].speaker == "unison"
    claim = passage.claims[0]
    assert graph.evidence(claim.id)[0] == passage
    assert graph.evidence(claim.id[:8])[0] == passage
    assert graph.evidence(f"id:claim-{claim.id}")[0] == passage
    with pytest.raises(NotFound, match="no claim has that id"):
        graph.evidence("000000000000")
    with pytest.raises(NotFound, match="give both names"):
        graph.evidence("Treasury")


def test_promises_tell_what_became_of_plans(world: Path) -> None:
    graph = Graph.open(world)

    def outcomes(day: str) -> list[tuple[str, str]]:
        return [(promise.plan.object, promise.outcome.value) for promise in graph.promises(day)]

    assert outcomes("2019-12-31") == [("ods-ref", "due"), ("fund-winter", "due"), ("ods-qt6", "undated")]
    assert outcomes("2020-05-31")[0] == ("ods-ref", "passed")
    assert outcomes("2020-06-01") == [("ods-ref", "done"), ("fund-winter", "due"), ("ods-qt6", "undated")]
    assert outcomes("2022-01-01")[1] == ("fund-winter", "passed")
    assert outcomes("2019-01-01") == []
    (done,) = graph.promises("2022-01-01", outcome="done")
    assert done.answer is not None
    assert done.answer.evidence.document == "report"


def test_a_plan_may_be_denied_later(tmp_path: Path) -> None:
    readings = [
        told(NHSE, "funds", DIGITAL, "NHS England will fund NHS Digital.", status=Status.PLANNED),
        told(
            NHSE,
            "funds",
            DIGITAL,
            "NHS England did not fund NHS Digital.",
            status=Status.NEGATED,
            document="report",
            published=date(2020, 1, 1),
        ),
    ]
    graph = Graph.open(make_build(tmp_path, readings))
    assert [promise.outcome.value for promise in graph.promises("2021-01-01")] == ["denied"]


def test_disputed_triples_come_with_all_their_claims(world: Path) -> None:
    graph = Graph.open(world)
    (statement,) = graph.disputed()
    assert (statement.subject, statement.object) == ("hm-treasury", "nhs-digital")
    assert [claim.status.value for claim in statement.claims] == ["asserted", "negated"]
    assert graph.disputed(relation="criticised") == ()


@pytest.mark.parametrize(
    ("words", "sentences"),
    [
        ("winter fund", 2),
        ("funding", 6),  # another form of the same word
        ('"winter fund by"', 1),
        ("oppos*", 1),
        ("CRITICISED", 1),
        ("xylophone", 0),
        ("AND OR NOT ( ) * \" '", 0),
        ("", 0),
    ],
)
def test_search_finds_all_words_in_whichever_form(world: Path, words: str, sentences: int) -> None:
    assert len(Graph.open(world).search(words).passages) == sentences


def test_search_finds_names_and_puts_the_latest_sentences_first(world: Path) -> None:
    found = Graph.open(world).search("fund")
    assert [entity.id for entity in found.entities] == ["fund-winter"]
    dates = [passage.document.published for passage in found.passages]
    assert dates == sorted(dates, key=str, reverse=True)


def test_counts(world: Path) -> None:
    stats = Graph.open(world).stats()
    assert (stats.documents, stats.statements, stats.disputed) == (4, 8, 1)
    assert stats.statuses == {"asserted": 5, "planned": 3, "hypothetical": 1, "negated": 1}
    assert sum(stats.claims.values()) == 10
    assert stats.context == {"organisation": 1}


def test_who_is_central(world: Path) -> None:
    graph = Graph.open(world)
    ranked = graph.central()
    assert [row.pagerank for row in ranked] == sorted((row.pagerank for row in ranked), reverse=True)
    assert {row.entity.kind.value for row in graph.central(kind="fund")} == {"fund"}
    assert graph.central("claims")[0].claims == 4
    with pytest.raises(UsageError, match="beauty"):
        graph.central("beauty")
