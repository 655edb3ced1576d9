"""The part of a large graph that a page has."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from nhskg.assemble import assemble
from nhskg.export import html
from nhskg.export.part import most_told
from nhskg.model import ClaimGraph, Entity, Kind
from samples import told

TRUST, FUND, PERSON = (
    Entity(id=name, kind=kind, name=name.title())
    for name, kind in (("trust", Kind.ORGANISATION), ("fund", Kind.FUND), ("person", Kind.PERSON))
)


@pytest.fixture
def three() -> ClaimGraph:
    """A statement with two claims, a late one, an early one."""
    return assemble(
        [
            told(PERSON, "leads", TRUST, "A person leads a trust.", document="a", published=date(2015, 1, 1)),
            told(PERSON, "leads", TRUST, "A person leads a trust.", document="b", published=date(2015, 1, 2)),
            told(TRUST, "uses", FUND, "A trust uses a fund.", document="c", published=date(2020, 1, 1)),
            told(TRUST, "operates", FUND, "A trust operates a fund.", document="d", published=date(2019, 1, 1)),
        ]
    )


def test_what_most_claims_make_and_then_the_latest_is_kept(three: ClaimGraph) -> None:
    assert most_told(three, 3) is three
    assert [statement.predicate for statement in most_told(three, 2).statements] == ["leads", "uses"]
    one = most_told(three, 1)
    assert [entity.id for entity in one.entities] == ["person", "trust"]
    assert [document.id for document in one.documents] == ["a", "b"]


def test_a_page_says_that_it_has_a_part(three: ClaimGraph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(html, "most_told", lambda graph: most_told(graph, 1))
    html.write_html(three, tmp_path / "part.html")
    assert "3 statements" in (tmp_path / "part.html").read_text(encoding="utf-8")
    assert "This page has the 1 statement that most claims make" in (tmp_path / "part.html").read_text(encoding="utf-8")
