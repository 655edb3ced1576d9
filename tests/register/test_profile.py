"""Bodies looked up in the register, by name and by day."""

from __future__ import annotations

from datetime import date

import pytest

from nhskg.errors import UsageError
from nhskg.finding import NotFound
from nhskg.register.profile import Profiles
from samples import ROOT, run

PROFILES = Profiles.open(ROOT / "seeds" / "register")


def shown(name: str, on: str = "") -> str:
    return "\n".join(PROFILES.describe(name, date.fromisoformat(on) if on else None))


@pytest.mark.parametrize("name", ["RCHT", "ref", "ods-ref", "the royal cornwall hospitals"])
def test_a_body_is_found_by_its_names_code_and_id(name: str) -> None:
    assert PROFILES.find(name) == "ods-ref"


def test_the_nearest_names_are_given_for_one_that_is_unknown() -> None:
    with pytest.raises(NotFound, match="Did you mean Royal Cornwall Hospitals NHS Trust"):
        PROFILES.find("Royal Cornwall Hospitals FT")


def test_all_that_is_known_is_told() -> None:
    text = shown("NHS Kernow CCG")
    for words in (
        "id ods-11n",
        "ODS code 11N",
        "kind ccg",
        "open 2013-04-01 to 2022-06-30",
        "member of Cornwall and the Isles of Scilly Sustainability and Transformation Partnership",
        "is succeeded by NHS Cornwall and the Isles of Scilly Integrated Care Board, 2022-07-01",
        "(bodies.csv, line ",
    ):
        assert words in text


def test_a_day_leaves_out_what_did_not_hold_then() -> None:
    assert "Simon Stevens" in shown("NHS England", "2019-06-01")
    assert "Amanda Pritchard" not in shown("NHS England", "2019-06-01")
    assert "is covered by" not in shown("RCHT", "2019-06-01")
    assert "is succeeded by" not in shown("Monitor", "2015-01-01")
    assert "not open on 2019-01-01" in shown("Monitor", "2019-01-01")
    assert "called then Health Professions Council" in shown("hcpc", "2010-01-01")
    assert "called before Health Professions Council" in shown("hcpc")


def test_a_day_decides_between_bodies_with_one_name() -> None:
    with pytest.raises(UsageError, match=r"(?s)ods-11j, ccg, 2013-04-01 to 2022-06-30.*ods-qvv"):
        PROFILES.find("NHS Dorset")
    assert PROFILES.find("NHS Dorset", date(2019, 1, 1)) == "ods-11j"
    assert PROFILES.find("NHS Dorset", date(2024, 1, 1)) == "ods-qvv"


def test_exit_codes() -> None:
    missing = run("register", "show", "Royal Cornwal Hospitals Trust")
    assert missing.returncode == 1
    assert "Did you mean Royal Cornwall Hospitals NHS Trust" in missing.stderr
    several = run("register", "show", "SFT")
    assert several.returncode == 2
    assert "ods-rh5" in several.stderr
    assert "ods-rnz" in several.stderr
    found = run("register", "show", "RCHT", "--on", "2019-06-01")
    assert (found.returncode, found.stdout.splitlines()[0]) == (0, "Royal Cornwall Hospitals NHS Trust")
    assert run("register", "show", "RCHT", "--on", "1 June").returncode == 2
