"""Graphs with markup in every text, and pages opened in Chromium without a network."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from nhskg.correction import Correction
from nhskg.model import Amount, Claim, ClaimGraph, Document, Entity, Evidence, Kind, Period, Statement, Status, TextSpan
from nhskg.registered import RegisterBody, RegisterEntry
from samples import ROOT

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

CHROMIUM = Path("/usr/bin/chromium")
SCREENSHOTS = ROOT / "out" / "screenshots"
TITLE = "Claims about the health service"
ATTACK = "</script><img src=x onerror=\"document.title='owned'\"><!-- <script>"
LINK = "<a href=\"javascript:document.title='owned'\">the board</a>"
QUOTE = f"😀 Kernow CCG, that is Cornwall ICB, said {ATTACK} to {LINK} & co in 2021."


def claim(
    triple: tuple[str, str, str], status: Status = Status.ASSERTED, speaker: str | None = None, **more: Any
) -> Claim:
    subject, predicate, object_ = triple
    document = more.pop("document", "letter")
    quote = more.pop("quote", f"{subject} {predicate} {object_}, {status}.")
    evidence = Evidence(document=document, span=TextSpan(0, len(quote), quote), rule="test")
    return Claim(
        subject=subject,
        predicate=predicate,
        object=object_,
        status=status,
        speaker=speaker,
        evidence=evidence,
        confidence=more.pop("confidence", 0.875),
        published=date(2021, 3, 9) if document == "board" else date(2022, 7, 1),
        **more,
    )


def statement(*claims: Claim) -> Statement:
    first = claims[0]
    return Statement(subject=first.subject, predicate=first.predicate, object=first.object, claims=claims)


CORRECTION = Correction(on=date(2026, 11, 24), by=ATTACK, action="accept", words="funds: accepted", reason=LINK)


def hostile_graph() -> ClaimGraph:
    """Gives a graph with every kind of line, parallel and circular statements, and markup in every text."""
    funds, part_of = ("dhsc", "funds", "icb"), ("icb", "part_of", "dhsc")
    money = Amount(text="£500m", value=5e8, maximum=6e8, per="year")
    period = Period(text="in 2021", start="2021", end="2021")
    return ClaimGraph(
        documents=(
            Document(id="board", text="", title=LINK, published=date(2021, 3, 9), url="javascript:alert(1)"),
            Document(
                id="letter", text="", title=ATTACK, published=date(2022, 7, 1), url="https://example.org/?a=1&b=2"
            ),
        ),
        entities=(
            Entity(id="act", kind=Kind.DOCUMENT, name="Health and Care Act 2022"),
            Entity(id="dhsc", kind=Kind.ORGANISATION, name="Department of Health and Social Care", aliases=("DHSC",)),
            Entity(id="icb", kind=Kind.ORGANISATION, name="Cornwall ICB", ods_code="QT6", registered=True),
            Entity(id="minister", kind=Kind.PERSON, name="A minister", candidates=("region",)),
            Entity(id="owned", kind=Kind.GROUP, name=ATTACK, aliases=(LINK,)),
        ),
        statements=(
            statement(claim(("act", "creates", "icb")), claim(("act", "creates", "icb"), Status.NEGATED, "minister")),
            statement(
                claim(funds, quote=QUOTE, amount=money, period=period, corrections=(CORRECTION,)),
                claim(funds, document="board", confidence=0.5),
            ),
            statement(claim(("dhsc", "oversees", "icb"), speaker="minister")),
            statement(claim(("icb", "commissions", "owned"), Status.PLANNED)),
            statement(claim(part_of, Status.NEGATED)),
            statement(claim(("icb", "reports_to", "icb"), Status.ALLEGED, "minister")),
            statement(claim(("owned", f"href {LINK}", "act"), Status.HYPOTHETICAL)),
        ),
    )


def structured_graph() -> ClaimGraph:
    """Gives the same graph over a register with markup in every text."""
    entry = RegisterEntry(
        subject="region", predicate="covers", object="icb", start="2022-07-01", end="", source=LINK, file=ATTACK, line=7
    )
    term = replace(entry, subject="chair", predicate="holds_post", post=ATTACK, end="2023")
    return replace(
        hostile_graph(),
        structure=(term, replace(entry, subject="icb", predicate="part_of", object="dhsc", note=ATTACK), entry),
        context=(
            Entity(id="chair", kind=Kind.PERSON, name=LINK),
            Entity(id="region", kind=Kind.ORGANISATION, name=ATTACK, registered=True),
        ),
        bodies=(RegisterBody(id="icb", kind="integrated_care_board", opened="2022-07-01"),),
    )


@contextmanager
def chromium() -> Iterator[Browser]:
    """Starts Chromium, or skips the test where there is none."""
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    if not CHROMIUM.exists():
        pytest.skip(f"{CHROMIUM} is not installed")
    arguments = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=str(CHROMIUM), args=arguments)
        yield browser
        browser.close()


@contextmanager
def opened(browser: Browser, path: Path, view: str = "") -> Iterator[Page]:
    """Opens a page with no network; fails afterwards if the page asked for anything or complained."""
    context = browser.new_context(
        viewport={"width": 1300, "height": 850}, offline=True, reduced_motion="reduce", color_scheme="light"
    )
    page = context.new_page()
    page.set_default_timeout(15_000)
    requests: list[str] = []
    complaints: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(path.as_uri() + view)
    page.wait_for_selector("html[data-ready]", state="attached")
    yield page
    title = page.title()
    context.close()
    # A page may read itself (a picture from its own bytes), never anything else.
    outside = [url.partition("#")[0] for url in requests if not url.startswith(("data:", "blob:"))]
    assert outside == [path.as_uri()]
    assert complaints == []
    assert title == TITLE
