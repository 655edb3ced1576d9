"""The same article in several files."""

from __future__ import annotations

from datetime import date

from nhskg.cache import Cache
from nhskg.ingest.reader import ReadFile
from nhskg.ingest.shelf import Shelf
from nhskg.model import Document

ARTICLE = " ".join(
    f"In {month} the board of the trust heard that ward {number} would open again, which Unison and the council wanted."
    for number, month in enumerate(["January", "March", "May", "July", "September", "November"])
)


def join_duplicates(documents: list[Document]) -> tuple[list[Document], list[str]]:
    """The documents that stay of those in as many files, and what is said of the others."""
    with Cache() as cache:
        shelf = Shelf(cache, "")
        slips = []
        for document in documents:
            key = shelf.key(document.id, document.id, document.text.encode())
            shelf.add(key, ReadFile((document,)))
            slips += shelf.slips(key)[0]
        kept, warnings = shelf.without_copies(slips)
        return [shelf.document(slip) for slip in kept], warnings


def test_copies_are_joined_and_tell_what_the_one_that_stays_does_not() -> None:
    documents = [
        Document(id="b", text=ARTICLE, source="Paper"),
        Document(
            id="c",
            text=ARTICLE.replace(",", ""),
            published=date(2021, 11, 2),
            source="Feed",
            url="https://example.org",
            found=(("published", "feed"), ("source", "feed"), ("url", "feed")),
        ),
        Document(id="a", text="The board met."),
    ]
    for order in (documents, documents[::-1]):
        kept, warnings = join_duplicates(order)
        assert [document.id for document in kept] == ["a", "b"]
        assert [(copy.document, copy.source) for copy in kept[1].copies] == [("c", "Feed")]
        assert (kept[1].published, kept[1].source, kept[1].url) == (date(2021, 11, 2), "Paper", "https://example.org")
        assert kept[1].found == (("published", "feed of its copy c"), ("url", "feed of its copy c"))
        assert warnings == ["c: left out: nearly the same text as b"]


def test_the_corrected_text_stays() -> None:
    corrected = ARTICLE + " Corrected on 2 November 2021."
    kept, _ = join_duplicates([Document(id="a", text=ARTICLE), Document(id="b", text=corrected)])
    assert [document.id for document in kept] == ["b"]


def test_a_letter_to_another_trust_is_another_letter() -> None:
    texts = [ARTICLE.replace("Unison", name) for name in ("Unison", "Unite")] + [ARTICLE.replace("ward 3", "ward 9")]
    kept, warnings = join_duplicates([Document(id=str(number), text=text) for number, text in enumerate(texts)])
    assert len(kept) == 3
    assert warnings == []


def test_short_texts_are_the_same_only_to_the_letter() -> None:
    texts = ["The board met.", "The board met!", "The board met."]
    kept, warnings = join_duplicates([Document(id=str(number), text=text) for number, text in enumerate(texts)])
    assert [document.id for document in kept] == ["0", "1"]
    assert warnings == ["2: left out: the same text as 0"]
