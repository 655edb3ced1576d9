"""Each kind of file, one example; what must come out of it and what must not."""

from __future__ import annotations

import gzip
import sys
from datetime import date
from pathlib import Path

import pytest

from made_files import CSV, FEED, PAGE, make_docx, make_message, make_pdf, make_zip
from nhskg.ingest import Unreadable, read_documents
from nhskg.ingest.draft import Draft
from nhskg.ingest.formats import BY_SUFFIX, FORMATS, read_content
from nhskg.ingest.reader import document_of
from nhskg.model import Document


def read(name: str, content: bytes) -> list[Document]:
    return [document_of(draft, draft.name or "a") for draft in read_content(name, content).drafts]


def lines(document: Document) -> list[str]:
    return [line for line in document.text.split("\n") if line]


def test_a_suffix_leads_to_one_reader() -> None:
    assert len(BY_SUFFIX) == sum(len(kind.suffixes) for kind in FORMATS)


@pytest.mark.parametrize("name", ["a.html", "a.txt", "page"])
def test_a_saved_page_is_its_main_text_in_lines(name: str) -> None:
    (document,) = read(name, PAGE.encode())
    assert lines(document) == [
        "Ward opens",
        "NHS England gave the trust £2m to open a ward, and Unison welcomed it on Monday afternoon.",
        "Winter money",
        "The fund was announced in the autumn. It is to be paid in two parts, as the board was told.",
        "- Unison welcomed the fund.",
        "- The BMA did not.",
        "Body | Sum",
        "NHS England | £2m",
    ]
    assert (document.title, document.author, document.source) == ("Ward opens", "Jane Crosby", "Example News")
    assert document.published == date(2021, 11, 2)
    assert dict(document.found)["published"] == "page markup"


def test_a_short_page_is_all_its_text() -> None:
    (document,) = read("a.html", b"<p>The board <b>of Leeds</b> met.</p><script>x()</script><p>It said no.")
    assert lines(document) == ["The board of Leeds met.", "It said no."]


PAPER = [
    [
        "Board paper (public)".replace("(", "").replace(")", ""),
        "Winter money",
        "The fund that ministers announced in the autumn is to be paid by NHS",
        "England to integrated care boards in two parts, and Unison has welcomed",
        "it. The trust is to be inspected by the Care Quality Commission, which is",
        "Page 1",
    ],
    ["Board paper public", "expected to report in the spring.", "Page 2"],
    ["Board paper public", "Next steps", "The board will meet again.", "Page 3"],
]


def test_a_pdf_is_its_pages_without_their_heads() -> None:
    (document,) = read("a.pdf", make_pdf(PAPER, "/Title (A paper) /CreationDate (D:20211102073000Z)"))
    assert lines(document) == [
        "Winter money",
        (
            "The fund that ministers announced in the autumn is to be paid by NHS England to integrated care boards in two "
            "parts, and Unison has welcomed it. The trust is to be inspected by the Care Quality Commission, which is expected "
            "to report in the spring."
        ),
        "Next steps",
        "The board will meet again.",
    ]
    assert [document.page_at(document.text.index(word)) for word in ("Winter", "report", "meet")] == [1, 2, 3]
    assert (document.title, document.published) == ("A paper", date(2021, 11, 2))
    assert dict(document.found)["published"] == "PDF metadata: the day it was made"


def test_the_day_in_the_text_of_a_pdf_beats_the_day_on_which_it_was_made() -> None:
    pages = [["Board paper", "4 May 2020", "The board met."]]
    (document,) = read("a.pdf", make_pdf(pages, "/CreationDate (D:20211102073000Z)"))
    assert document.published == date(2020, 5, 4)


def test_a_scanned_pdf_says_so() -> None:
    with pytest.raises(Unreadable, match="scanned PDF: none of its 2 pages has a text layer"):
        read_content("a.pdf", make_pdf([[], []]))
    contents = read_content("a.pdf", make_pdf([["The board met."], []]))
    assert contents.warnings == ["no text layer on 1 of 2 pages (2): pictures, or scanned"]


def test_a_word_file_keeps_headings_bullets_tables_and_insertions() -> None:
    (document,) = read("a.docx", make_docx())
    assert lines(document)[0] == "Winter money"
    assert lines(document)[1].startswith("The fund was announced")
    assert "again" in document.text
    assert "never" not in document.text
    assert lines(document)[2:] == ["- Unison welcomed it.", "NHS England | £2m"]
    assert document.title == "Paper for the board"


def test_a_newsletter_is_its_page_with_the_facts_of_its_headers() -> None:
    contents = read_content("a.eml", make_message("plain", PAGE, b"%PDF-1.4"))
    document = document_of(contents.drafts[0], "a")
    assert "and Unison welcomed it" in document.text
    assert (document.title, document.source) == ("Daily: “ward” opens", "Example News")
    assert document.published == date(2021, 11, 2)
    assert dict(document.found)["published"] == "e-mail header Date"
    assert contents.warnings == ["attachment left out: board.pdf; save it as a file"]


def test_a_plain_message_loses_quoted_lines_and_signature() -> None:
    (document,) = read("a.eml", make_message("The board met.\n> It did not.\n-- \nJane Crosby\n"))
    assert lines(document) == ["The board met."]


def test_a_mailbox_has_a_document_for_each_message() -> None:
    envelope = b"From news@example.org Tue Nov  2 07:30:00 2021\n"
    content = envelope + make_message() + b"\n" + envelope + b"Subject: nothing\n\n" + envelope + make_message("Again.")
    contents = read_content("a.mbox", content)
    assert [draft.name for draft in contents.drafts] == ["00001", "00003"]
    assert contents.warnings == ["message 2: left out: no text in this message"]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.csv", CSV),
        ("a.csv", CSV.replace(",", ";")),
        ("a.tsv", CSV.replace(",", "\t")),
        (
            "a.jsonl",
            (
                '{"id": "first", "headline": "Ward opens", "date": "2021-11-02", "body": "The board of Leeds met."}\n'
                '{"id": "second", "headline": "Money", "date": "soon", "body": "It met again."}\n'
            ),
        ),
        (
            "a.json",
            (
                '[{"id": "first", "headline": "Ward opens", "date": "2021-11-02T00:00:00Z", "body": "The board of Leeds met."},'
                '{"id": "second", "headline": "Money", "date": "soon", "body": "<p>It met <b>again</b>.</p>"}]'
            ),
        ),
    ],
)
def test_each_row_of_a_table_is_a_document(name: str, content: str) -> None:
    first, second = read(name, content.encode())
    assert (first.id, first.title, first.published) == ("first", "Ward opens", date(2021, 11, 2))
    assert first.text == "The board of Leeds met."
    assert (second.id, second.published, second.text) == ("second", None, "It met again.")
    assert any("'soon'" in warning for warning in read_content(name, content.encode()).warnings)


def test_a_table_without_texts_says_how_to_name_the_column() -> None:
    for name, content in (("a.csv", b"a,b\n1,2\n"), ("a.jsonl", b'{"a": 1}\n'), ("a.json", b"[1, {}]")):
        with pytest.raises(Unreadable, match="name it one of: text, body"):
            read_content(name, content)


@pytest.mark.parametrize("name", ["a.rss", "a.xml", "a.txt"])
def test_each_entry_of_a_feed_is_a_document(name: str) -> None:
    (document,) = read(name, FEED.encode())
    assert document.text == "NHS England said so.\nUnison did not."
    assert (document.title, document.published) == ("Ward opens", date(2021, 11, 2))
    assert (document.source, document.url) == ("Example feed", "https://example.org/ward")


def test_archives_are_read_through() -> None:
    packed = make_zip(
        {"in/page.html": PAGE, "b.txt.gz": gzip.compress(b"The board met."), "c.png": b"x", ".d.txt": b"x"}
    )
    contents = read_content("a.zip", packed)
    assert [draft.name for draft in contents.drafts] == ["b.txt", "in/page"]
    assert contents.warnings == ["1 files of other kinds in it left out"]
    assert read("a.html.gz", gzip.compress(PAGE.encode()))[0].title == "Ward opens"


def test_what_is_piped_in_is_a_document(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "piped").write_text(PAGE)
    with (tmp_path / "piped").open() as piped:
        monkeypatch.setattr(sys, "stdin", piped)
        (document,), warnings = read_documents(["-"])
    assert (document.id, document.title) == ("stdin", "Ward opens")
    assert warnings == []


def test_nothing_goes_to_the_network_unasked(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []

    def fetch(url: str) -> tuple[str, bytes]:
        asked.append(url)
        return "fetched.html", PAGE.encode()

    monkeypatch.setattr("nhskg.ingest.collect.fetch_page", fetch)
    url = "https://example.org/news/ward.html?page=2"
    documents, warnings = read_documents([url])
    assert (documents, asked) == ([], [])
    assert "--fetch" in warnings[0]
    (document,), warnings = read_documents([url], fetch=True)
    assert (document.id, document.url) == ("example.org/news/ward-page-2", url)
    assert (asked, warnings) == ([url], [])


def test_a_library_that_is_not_there_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pypdf", None)
    with pytest.raises(Unreadable, match=r"reading PDF needs: pip install nhskg\[pdf\]"):
        read_content("a.pdf", make_pdf(PAPER))


def test_a_draft_without_text_is_no_document() -> None:
    with pytest.raises(Unreadable, match="no text"):
        document_of(Draft(parts=("No comments yet\n\u200b",)), "a")
