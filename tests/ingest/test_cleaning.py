"""Dirt: encodings, unseen characters, wrapped lines, boilerplate."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nhskg.ingest.cleaning import clean, unwrap, width_of, without_boilerplate, without_running_heads
from nhskg.ingest.decoding import decode
from nhskg.ingest.draft import Draft, Unreadable
from nhskg.ingest.reader import document_of

SENTENCE = "The trust’s board met – it said “no” to the café’s £2m plan. "


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"])
def test_text_is_decoded_whatever_it_is_in(encoding: str) -> None:
    text, warning = decode((SENTENCE * 5).encode(encoding))
    assert text == SENTENCE * 5
    assert ("cp1252" in warning) == (encoding == "cp1252")


def test_old_macintosh_text_is_decoded() -> None:
    text, warning = decode((SENTENCE * 20).encode("mac_roman"))
    assert text == SENTENCE * 20
    assert "mac_roman" in warning


def test_two_encodings_in_one_file() -> None:
    text, warning = decode((SENTENCE * 3).encode("utf-8") + "caf\xe9 \x93no\x94".encode("latin-1"))
    assert text == SENTENCE * 3 + "café “no”"
    assert "Windows-1252" in warning


def test_zeros_are_no_text() -> None:
    with pytest.raises(Unreadable, match="NUL"):
        decode(b"\0\1\2\3 some words")


@pytest.mark.parametrize(
    ("dirty", "cleaned"),
    [
        ("One.\r\nTwo.\rThree.\u2028Four.", "One.\nTwo.\nThree.\nFour."),
        ("re\u00adport, re\u00ad\nport", "report, report"),
        ("NHS\u00a0England\u2009pays", "NHS England pays"),
        ("o\ufb03ce \ufb01nance", "office finance"),
        ("\ufeffzero\u200bwidth\u2060 \u202eturned", "zerowidth turned"),
        ("e\u0301", "é"),
        ("half \ud800 character", "half \ufffd character"),
        ("a\n \n\n\t\nb", "a\n\nb"),
        ("“quoted” – it’s", "“quoted” – it’s"),
    ],
)
def test_what_nobody_sees_goes_and_punctuation_stays(dirty: str, cleaned: str) -> None:
    assert clean(dirty) == cleaned


@given(st.text(max_size=300))
def test_cleaning_again_changes_nothing_and_all_can_be_stored(text: str) -> None:
    once = clean(text)
    assert clean(once) == once
    once.encode("utf-8")


WRAPPED = """Winter money
The fund that ministers announced in the autumn is to be paid by NHS
England to integrated care boards in two parts, and Unison has welcomed
it.

- Today’s money: the fund that ministers announced in the autumn is to be
paid soon
- Today’s board: it met
Next steps
The board will meet again in the new year, and the long-term plan of the
trust is to be published then by the board, which has seen the long-
term plan."""


def test_wrapped_lines_are_joined_and_headings_and_bullets_are_not() -> None:
    assert unwrap(WRAPPED, width_of([WRAPPED], is_page=False)).split("\n") == [
        "Winter money",
        (
            "The fund that ministers announced in the autumn is to be paid by NHS England to integrated care boards in two "
            "parts, and Unison has welcomed it."
        ),
        "",
        "- Today’s money: the fund that ministers announced in the autumn is to be paid soon",
        "- Today’s board: it met",
        "Next steps",
        (
            "The board will meet again in the new year, and the long-term plan of the trust is to be published then by the "
            "board, which has seen the long-term plan."
        ),
    ]


def test_a_text_of_one_line_a_paragraph_stays() -> None:
    text = f"Winter money\n{SENTENCE * 3}\nJane Crosby: I met the board.\nNext steps\n{SENTENCE * 4}"
    assert width_of([text], is_page=False) == 0
    assert document_of(Draft(parts=(text,), is_wrapped=True), "a").text == text


def test_lists_of_short_lines_stay() -> None:
    text = "Leeds\nBradford and its surroundings\nYork and the north of it, too\nHull\nSelby"
    assert unwrap(text, width_of([text], is_page=False)) == text


def test_a_word_broken_at_the_end_of_a_line_is_whole_if_the_text_has_it_whole() -> None:
    assert unwrap("The integrated boards are inte-\ngrated.", 30) == "The integrated boards are integrated."


def test_boilerplate_goes_by_the_line() -> None:
    text = "The must-read stories of the day.\nThe board met.\nNo comments yet\nWe share this article with you.\n"
    assert without_boilerplate(text) == "The board met.\nWe share this article with you.\n"


def test_running_heads_go_with_their_numbers() -> None:
    pages = [f"Board paper\nSentence {'abcd'[n]} of the text.\nMore {'abcd'[n]}.\nPage {n}" for n in range(4)]
    kept = without_running_heads(pages)
    assert kept[2] == "Sentence c of the text.\nMore c."


def test_pages_begin_where_they_say_and_a_sentence_goes_on_overleaf() -> None:
    document = document_of(
        Draft(parts=("The board of the", "trust met.\n\nIt said no.", "Next steps"), has_pages=True), "a"
    )
    assert document.text == "The board of the trust met.\n\nIt said no.\n\nNext steps"
    assert [document.text[start : start + 5] for start in document.pages] == ["The b", "trust", "Next "]
    assert [document.page_at(document.text.index(word)) for word in ("board", "trust", "said", "steps")] == [1, 2, 2, 3]
