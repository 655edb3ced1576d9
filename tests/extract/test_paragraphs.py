"""Where paragraphs are."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from nhskg.extract.paragraphs import LONGEST, find_paragraphs


def texts(text: str) -> list[str]:
    return [text[start:end] for start, end in find_paragraphs(text)]


def test_a_heading_is_a_paragraph_of_its_own() -> None:
    assert texts("Winter money\nThe fund was announced.\n\nIt is small.") == [
        "Winter money",
        "The fund was announced.",
        "It is small.",
    ]


def test_wrapped_lines_are_one_paragraph() -> None:
    wrapped = "The fund that ministers announced in the autumn is to be paid\nto integrated care boards in two parts."
    assert texts(wrapped) == [wrapped]


def test_items_of_lists_and_rows_of_tables_are_paragraphs_of_their_own() -> None:
    long = "What the integrated care boards of the region are to pay for"
    lines = [
        long,
        "a) the winter discharge fund of the integrated care boards,",
        "b) the wards of the trust",
        f"{long} | £2m",
        "wards | £3m",
        "- Today’s select group: the trusts that the commission has rated,",
        "- Today’s homecoming: a director returns",
        "Jane Crosby: I met the board.",
    ]
    assert texts("\n".join(lines)) == lines


@given(st.text(alphabet="ab .\n\r\t-“”", max_size=400))
def test_paragraphs_are_ordered_disjoint_and_lose_nothing(text: str) -> None:
    last = 0
    covered = ""
    for start, end in find_paragraphs(text):
        assert last <= start < end
        assert end - start <= LONGEST
        assert text[start:end] == text[start:end].strip()
        assert not text[last:start].strip()
        covered += text[start:end]
        last = end
    assert "".join(covered.split()) == "".join(text.split())


def test_a_megabyte_in_one_line_is_cut() -> None:
    assert all(end - start <= LONGEST for start, end in find_paragraphs("word " * 200_000))
