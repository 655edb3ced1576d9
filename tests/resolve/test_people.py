"""Offices that stand for people, resolved without the language model."""

from __future__ import annotations

from datetime import date

import pytest

from nhskg.model import Document, Kind, Label, Mention, TextSpan
from nhskg.register import load_register
from nhskg.register.bodies import OfficeHolder
from nhskg.resolve import people
from nhskg.resolve.state import Knowledge, State


@pytest.mark.parametrize(("published", "found"), [("2012-07-31", "person-ann-archer"), ("2012-08-01", None)])
def test_an_office_is_held_to_the_end_of_its_last_month(
    monkeypatch: pytest.MonkeyPatch, published: str, found: str | None
) -> None:
    holder = OfficeHolder(names=("Ann Archer",), post="Chief Executive", body="cqc", start="2008", end="2012-07")
    monkeypatch.setattr(people, "load_office_holders", lambda: (holder,))
    knowledge = Knowledge(
        register=load_register(),
        body_kinds={},
        called={},
        name_nouns=frozenset(),
        things=frozenset(),
        beside_places=frozenset(),
        papers=frozenset(),
        unnamed=frozenset(),
        metonyms={},
        offices={"chief": "Chief Executive"},
        not_in_office=frozenset(),
        two={},
        women=frozenset(),
        men=frozenset(),
    )
    document = Document(id="letter", text="The chief wrote.", published=date.fromisoformat(published))
    mention = Mention(
        span=TextSpan(start=0, end=9, exact="The chief"),
        label=Label.PHRASE,
        kind=Kind.PERSON,
        phrase="chief",
        paragraph=0,
        head=1,
        sentence=0,
    )
    entity = people.office_holder(State(document, knowledge, {}), mention)
    assert (entity.id if entity else None) == found
