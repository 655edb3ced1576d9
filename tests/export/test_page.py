"""What a reader does with the page, in Chromium, from a file, without a network."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest

from export.pages import ATTACK, LINK, QUOTE, SCREENSHOTS, chromium, hostile_graph, opened, structured_graph
from nhskg.export.html import write_html
from nhskg.vocab import PREFIXES

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser
DRAWN = "[nhskg.drawn.entities.length, nhskg.drawn.statements.length]"
LINES = "nhskg.drawn.statements.map((i) => nhskg.network.body.data.edges.get(i))"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as browser:
        yield browser


@pytest.fixture(scope="module")
def structured_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("page") / "structured.html"
    write_html(structured_graph(), path)
    return path


@pytest.fixture(scope="module")
def claims_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("page") / "claims.html"
    write_html(hostile_graph(), path)
    return path


@pytest.fixture
def page(browser: Browser, claims_file: Path) -> Iterator[Page]:
    with opened(browser, claims_file) as page:
        yield page


@pytest.fixture
def structured(browser: Browser, structured_file: Path) -> Iterator[Page]:
    with opened(browser, structured_file) as page:
        yield page


def find(page: Page, words: str) -> None:
    page.locator("#query").fill(words)
    page.keyboard.press("Enter")


def heading(page: Page) -> str:
    return page.locator("#panel h2").inner_text()


def test_graph_is_drawn_and_an_arrow_tells_its_claims(page: Page) -> None:
    assert page.evaluate(DRAWN) == [4, 7]
    assert page.locator("#network canvas").count() == 1
    # The arrow from the group to the act is the only one between its ends, so it is straight.
    middle = page.evaluate(
        """() => {
            const [owned, act] = ["owned", "act"].map((id) => nhskg.drawn.places.get(nhskg.graph.number.get(id)));
            const { x, y } = nhskg.network.canvasToDOM({ x: (owned.x + act.x) / 2, y: (owned.y + act.y) / 2 });
            const box = document.querySelector("#network").getBoundingClientRect();
            return [box.x + x, box.y + y];
        }"""
    )
    page.mouse.move(*middle)
    page.locator(".vis-tooltip").get_by_text(ATTACK).wait_for()  # a tooltip is text as well
    page.mouse.click(*middle)
    page.locator("#panel blockquote").wait_for()
    assert "owned href" in page.locator("#panel blockquote").inner_text()


def test_evidence_has_its_words_marked_and_can_be_cited(page: Page) -> None:
    page.evaluate("nhskg.showStatement(1)")
    page.locator("#panel article").first.wait_for()
    panel = page.locator("#panel").inner_text()
    for words in (
        QUOTE,
        "stated as fact, 2 claims",
        "£500m (500,000,000 to 600,000,000 GBP a year)",
        "When: in 2021 (2021)",
        "corrected by </script>",
        ATTACK,
    ):
        assert words in panel
    assert page.locator("#panel mark.object").all_inner_texts() == ["Cornwall ICB"]
    assert page.locator("#panel a").evaluate_all("links => links.map((link) => link.href)") == [
        "https://example.org/?a=1&b=2"
    ]
    page.get_by_role("button", name="Copy as BibTeX").first.click()
    bibtex = page.locator("#announcement", has_text="Copied").inner_text()  # waits for it
    assert "@misc{nhskg-" in bibtex
    assert "url = {https://example.org/?a=1&b=2}" in bibtex


def test_lines_follow_the_status(page: Page) -> None:
    lines = {edge["id"]: edge for edge in page.evaluate(LINES)}
    assert [bool(lines[i]["dashes"]) for i in range(7)] == [False, False, False, True, False, True, True]
    assert [lines[i]["arrows"]["middle"]["enabled"] for i in range(7)] == [
        True,
        False,
        False,
        False,
        True,
        False,
        False,
    ]
    assert lines[4]["label"] == "not: part of"
    between = [lines[i]["smooth"] and (lines[i]["smooth"]["type"], lines[i]["smooth"]["roundness"]) for i in (1, 2, 4)]
    assert len({str(bend) for bend in between}) >= 2  # parallel statements curve apart


@pytest.mark.parametrize("words", ["QT6", "cornwall icb", "ICB", "cronwall", "Cornwal ICBB"])
def test_search_leads_to_the_entity_by_keyboard(page: Page, words: str) -> None:
    page.locator("#query").press_sequentially(words)
    page.keyboard.press("Enter")
    panel = page.locator("#panel")
    panel.get_by_text("ODS code QT6").wait_for()
    assert heading(page) == "Cornwall ICB"
    assert page.evaluate("document.activeElement.textContent") == "Cornwall ICB"
    panel.locator("button.row").first.focus()
    page.keyboard.press("Enter")
    panel.locator("blockquote").first.wait_for()


def test_initials_are_found_as_well(page: Page) -> None:
    assert page.evaluate("nhskg.search('hca')[0].entity === nhskg.graph.number.get('act')")


def test_filters_count_and_the_panel_lifts_them(page: Page) -> None:
    count = page.locator("label", has_text="stated as fact").locator("small")
    assert count.inner_text() == "3"
    page.get_by_role("button", name="Settled facts only").click()
    assert page.evaluate(DRAWN)[1] == 2
    page.locator("#kinds label", has_text="Document").locator("input").uncheck()
    assert page.evaluate(DRAWN)[1] == 1
    assert count.inner_text() == "2"
    page.evaluate("nhskg.showEntity(nhskg.graph.number.get('owned'))")
    assert page.evaluate(DRAWN)[1] == 7


def test_speaker_document_confidence_and_date_filter(page: Page) -> None:
    passing = page.locator("#scene-words")
    for choose, claims in (("#speaker", 3), ("#document", 8)):
        page.locator(choose).select_option("minister" if choose == "#speaker" else "letter")
        assert f"{claims} claims pass" in passing.inner_text()
        page.get_by_role("button", name="Undo").click()
        assert "9 claims pass" in passing.inner_text()
    page.locator("#confidence").fill("0.6")
    assert "8 claims pass" in passing.inner_text()
    page.get_by_role("button", name="Start over").click()
    page.locator("#date-to").fill("3")
    assert "1 claim pass" in passing.inner_text()
    assert "to=2021-06" in page.url


def test_a_view_can_be_sent(browser: Browser, claims_file: Path, page: Page) -> None:
    page.get_by_role("button", name="Settled facts only").click()
    find(page, "dhsc")
    page.locator("#panel .facts").wait_for()
    view = "#" + page.url.partition("#")[2]
    drawn = page.evaluate(DRAWN)
    with opened(browser, claims_file, view) as other:
        other.locator("#panel .facts").wait_for()
        assert heading(other) == "Department of Health and Social Care"
        assert other.evaluate(DRAWN) == drawn


def test_a_mistyped_address_shows_what_it_can(browser: Browser, claims_file: Path) -> None:
    wrong = "#view=rubbish&asof=yesterday&from=x&confidence=much&steps=99&path=a,icb&entity=nobody"
    with opened(browser, claims_file, wrong) as page:
        assert page.evaluate(DRAWN)[0] == 4
        assert page.locator("#network").is_visible()
        page.locator("#announcement", has_text="Not in this graph, and so not shown: nobody, a").wait_for()


def test_looking_round(page: Page) -> None:
    find(page, "Cornwall ICB")
    panel = page.locator("#panel")
    panel.get_by_role("button", name="Hide").click()
    assert page.evaluate(DRAWN)[0] == 2  # the act and the group remain, and the department has no line left
    page.keyboard.press("Control+z")
    assert page.evaluate(DRAWN)[0] == 4
    find(page, "dhsc")
    panel.get_by_role("button", name="Only what is 1 step away").click()
    assert page.evaluate(DRAWN)[0] == 2
    page.get_by_role("button", name="Back to the whole").click()
    page.locator("#path-to").fill("Health and Care Act")
    page.keyboard.press("Enter")
    page.locator("#panel h2", has_text="Path").wait_for()
    assert page.evaluate(DRAWN)[0] == 3
    steps = panel.inner_text()
    assert "A shortest way has 2 steps" in steps
    assert "Department of Health and Social Care funds Cornwall ICB" in steps
    panel.get_by_role("button", name="Health and Care Act 2022 creates Cornwall ICB").click()
    assert heading(page).startswith("Health and Care Act 2022")


def test_a_change_that_changes_nothing_needs_no_undo(page: Page) -> None:
    page.get_by_role("button", name="Everything").click()
    assert page.locator("#undo").is_disabled()
    box = page.locator("label", has_text="planned").locator("input")
    box.uncheck()
    page.get_by_role("button", name="Undo").click()
    assert box.is_checked()
    assert page.locator("#undo").is_disabled()


def test_statements_of_several_statuses_tell_each(page: Page) -> None:
    find(page, "Cornwall ICB")
    page.locator("#panel .row", has_text="Health and Care Act").get_by_text(
        "both affirmed and negated, 2 claims"
    ).wait_for()
    page.locator("#panel .row", has_text="Department of Health and Social Care").get_by_text(
        "stated as fact, 2"
    ).wait_for()
    page.evaluate("nhskg.showEntity(nhskg.graph.number.get('icb'))")
    page.locator("#speaker").select_option("minister")
    page.locator("#panel .row", has_text="Health and Care Act").get_by_text("negated, 1 of 2 claims").wait_for()


def test_claims_are_read_where_no_script_runs(browser: Browser, claims_file: Path) -> None:
    context = browser.new_context(java_script_enabled=False, offline=True)
    plain = context.new_page()
    plain.goto(claims_file.as_uri())
    assert "These are the claims." in plain.locator(".notice").inner_text()
    rows = plain.locator("noscript tbody tr").all_inner_texts()
    assert len(rows) == 9
    assert any(QUOTE in row for row in rows)
    context.close()


def test_the_register_can_be_asked_for_a_day(structured: Page) -> None:
    registered = "nhskg.drawn.statements.filter((i) => nhskg.graph.statements.claims[i] === 0).length"
    assert structured.evaluate(registered) == 2
    structured.locator("#asof").fill("2019-01-01")
    assert structured.evaluate(registered) == 0
    assert structured.locator("#asof-words").inner_text().startswith("1 body in the picture did not exist then")
    structured.get_by_role("button", name="Undo").click()
    structured.locator("label", has_text="from the register").locator("input").uncheck()
    assert structured.evaluate(registered) == 0
    structured.evaluate("nhskg.showEntity(nhskg.graph.number.get('region'))")
    structured.get_by_text("No document here mentions it").wait_for()
    assert structured.evaluate(registered) == 2


def test_an_entity_tells_its_life_and_posts(structured: Page) -> None:
    find(structured, "QT6")
    structured.get_by_text("integrated care board, from 1 July 2022").wait_for()
    panel = structured.locator("#panel")
    panel.locator("summary", has_text="Timeline").click()
    assert panel.locator(".timeline li").count() == 11
    assert f"({ATTACK}, 2022-07-01 to 2023)" in panel.inner_text()
    assert LINK in panel.inner_text()  # who held the post


def test_keys_lead_through_the_picture(page: Page) -> None:
    find(page, "QT6")
    page.locator("#network .vis-network").focus()
    for key in ("ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown"):
        page.keyboard.press(key)
    entity = page.evaluate("nhskg.state.entity")
    assert entity
    page.keyboard.press("h")
    assert entity in page.evaluate("nhskg.state.without")
    page.keyboard.press("Control+z")
    assert page.evaluate("nhskg.state.without") == []


def test_table_sorts_filters_and_saves(page: Page) -> None:
    page.get_by_role("button", name="Table").click()
    rows = page.locator("#rows tr")
    rows.first.wait_for()
    assert rows.count() == 9
    page.get_by_role("button", name="Relation", exact=True).click()
    assert rows.first.locator("td").nth(1).inner_text() == "commissions"
    assert page.locator("th[aria-sort=ascending]").count() == 1
    page.locator("#rows-query").fill("kernow")
    page.get_by_text("1 row, page 1 of 1").wait_for()
    with page.expect_download() as download:
        page.get_by_role("button", name="Save as CSV").click()
    head, row = csv.reader(io.StringIO(Path(download.value.path()).read_text(encoding="utf-8-sig")))
    assert dict(zip(head, row, strict=True))["Quotation"] == QUOTE


def test_pictures_can_be_kept(page: Page) -> None:
    with page.expect_download() as download:
        page.get_by_role("button", name="SVG").click()
    picture = ET.fromstring(Path(download.value.path()).read_text(encoding="utf-8"))  # noqa: S314  # our own
    assert len(picture.findall(".//{http://www.w3.org/2000/svg}path")) >= 6
    assert not [element for element in picture.iter() if element.tag.endswith(("script", "img"))]
    with page.expect_download() as download:
        page.get_by_role("button", name="PNG").click()
    assert Path(download.value.path()).read_bytes().startswith(b"\x89PNG")


def axe_violations(page: Page) -> str:
    """Gives what axe-core finds against WCAG 2.2 AA and good practice, or nothing."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not installed").Axe()
    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
    found = axe.run(page, options={"runOnly": tags})
    return str(found.generate_report()) if found.violations_count else ""


@pytest.mark.parametrize("view", ["", "#view=table", "#entity=icb", "#statement=dhsc~funds~icb~claims"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_violation(browser: Browser, structured_file: Path, view: str, scheme: str) -> None:
    with opened(browser, structured_file, view) as page:
        page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
        page.locator("#panel h2" if "table" not in view else "#rows tr").first.wait_for()
        assert not axe_violations(page)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_narrow_window(page: Page, scheme: str) -> None:
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    page.set_viewport_size({"width": 320, "height": 640})
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    find(page, "dhsc")
    page.locator("#panel .facts").wait_for()
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    page.get_by_role("button", name="Table").click()
    page.locator("#rows tr").first.wait_for()
    assert page.evaluate("document.documentElement.scrollWidth") == 320


def test_what_is_printed_is_the_picture_in_lines(page: Page) -> None:
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    assert page.locator("#print svg").is_visible()
    assert not page.locator("#network").is_visible()
    assert page.locator("#legend").is_visible()
    assert not page.locator("#filters-box").is_visible()


@pytest.fixture(scope="module")
def asked_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("page") / "asked.html"
    head = "".join(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in PREFIXES.items())
    many = "".join(f"id:a{i} nhs:oversees id:b{i} .\n" for i in range(300))
    fact = 'id:dhsc nhs:funds id:icb ; skos:prefLabel "Department of Health and Social Care" .\n'
    write_html(structured_graph(), path, turtle=f"{head}{many}{fact}id:icb rdfs:comment {json.dumps(ATTACK)} .\n")
    return path


def test_questions_are_answered_and_lead_to_the_graph(browser: Browser, asked_file: Path) -> None:
    with opened(browser, asked_file, "#view=questions") as page:
        said = page.locator("#answer-words")
        said.get_by_text("triples can be asked").wait_for()
        assert page.locator("#question option").count() > 3
        page.locator("#sparql").fill("SELECT ?who ?icb ?words WHERE { ?who nhs:funds ?icb . ?icb rdfs:comment ?words }")
        page.get_by_role("button", name="Ask").click()
        said.get_by_text("1 row.").wait_for()
        assert ATTACK in page.locator("#answers").inner_text()
        assert not axe_violations(page)
        for wrong, told in (
            ("SELECT ?a\nWHERE { ?a nhs:funds ?? }", "Not answered: no SPARQL at line 2, column 2"),
            ("SELECT * WHERE { ?a foo:b ?c }", "Prefix not found"),
            ("INSERT DATA { id:icb nhs:funds id:dhsc }", "the graph cannot be changed here"),
        ):
            page.locator("#sparql").fill(wrong)
            page.get_by_role("button", name="Ask").click()
            said.get_by_text(told).wait_for()
            assert page.locator("#answers").is_hidden()
        page.locator("#sparql").fill("CONSTRUCT WHERE { ?who nhs:funds ?icb }")
        page.get_by_role("button", name="Ask").click()
        said.get_by_text("1 row.").wait_for()
        assert page.locator("#answers").inner_text().split("\t") == [
            "Department of Health and Social Care",
            "nhs:funds",
            "Cornwall ICB",
        ]
        page.locator("#answers button").first.click()
        page.locator("#panel .facts").wait_for()
        assert heading(page) == "Department of Health and Social Care"


def test_a_long_question_can_be_stopped(browser: Browser, asked_file: Path) -> None:
    with opened(browser, asked_file, "#view=questions") as page:
        every = " ".join(f"?a{i} ?b{i} ?c{i} ." for i in range(6))
        page.locator("#sparql").fill(f"SELECT (COUNT(*) AS ?n) WHERE {{ {every} FILTER(?a0 != ?a5 && ?b1 != ?c3) }}")
        page.get_by_role("button", name="Ask").click()
        page.locator("#answer-words").get_by_text("Looking").wait_for()
        page.get_by_role("button", name="Stop").click()
        page.locator("#sparql").fill("ASK { ?s nhs:funds ?o }")
        page.get_by_role("button", name="Ask").click()
        page.locator("#answers td").get_by_text("true").wait_for()


@pytest.mark.model
def test_screenshots_of_the_sample_documents(browser: Browser, built: Path) -> None:
    """Nobody can test whether it looks well: the pictures in out/screenshots are there to be looked at."""
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    with opened(browser, built / "graph.html") as page:
        page.screenshot(path=SCREENSHOTS / "graph.png")
        page.locator("#communities button").first.click()
        page.get_by_text("A community:").wait_for()
        page.screenshot(path=SCREENSHOTS / "community.png")
        page.get_by_role("button", name="Back to the whole").click()
        find(page, "NHS Suply Chian")
        page.locator("#panel .facts").wait_for()
        assert heading(page) == "NHS Supply Chain"
        page.locator("#panel button.row").first.click()
        page.locator("#panel blockquote").first.wait_for()
        page.screenshot(path=SCREENSHOTS / "evidence.png")
        page.get_by_role("button", name="Questions").click()
        page.get_by_text("triples can be asked").wait_for()
        page.get_by_role("button", name="Ask").click()
        page.locator("#answers td").first.wait_for()
        page.screenshot(path=SCREENSHOTS / "questions.png")
        page.get_by_role("button", name="Table").click()
        page.locator("#rows tr").first.wait_for()
        page.emulate_media(color_scheme="dark")
        page.screenshot(path=SCREENSHOTS / "table-dark.png")
        page.set_viewport_size({"width": 320, "height": 640})
        page.get_by_role("button", name="Graph").click()
        page.screenshot(path=SCREENSHOTS / "narrow-dark.png", full_page=True)
