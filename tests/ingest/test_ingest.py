"""Files to documents."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from nhskg.ingest import SourceFile, Unreadable, find_files, read_document
from nhskg.ingest.reader import date_near_top


def source(folder: Path, name: str, content: str | bytes) -> SourceFile:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return SourceFile(path.stem, path)


def test_front_matter_gives_title_date_source_and_url(tmp_path: Path) -> None:
    text = '---\ntitle: "A plan"\ndate: 2021-11-02\nsource: Board\nurl: https://example.org\n---\nThe board met.\n'
    document, warnings = read_document(source(tmp_path, "a.md", text))
    assert (document.title, document.published, document.source) == ("A plan", date(2021, 11, 2), "Board")
    assert document.url == "https://example.org"
    assert document.text == "The board met.\n"
    assert warnings == []


def test_front_matter_that_is_not_yaml_is_text_and_a_warning(tmp_path: Path) -> None:
    document, warnings = read_document(source(tmp_path, "a.md", "---\n{: [\n---\nThe board met.\n"))
    assert "The board met." in document.text
    assert len(warnings) == 1
    assert "a.md" in warnings[0]


def test_a_date_that_is_none_is_a_warning(tmp_path: Path) -> None:
    document, warnings = read_document(source(tmp_path, "a.md", "---\ndate: soon\n---\nThe board met.\n"))
    assert document.published is None
    assert "soon" in warnings[0]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Board paper\n\n2 November 2021\n\nText.", date(2021, 11, 2)),
        ("Published: Tuesday, 2nd November 2021\nText.", date(2021, 11, 2)),
        ("November 2, 2021\nText.", date(2021, 11, 2)),
        ("2021-11-02\nText.", date(2021, 11, 2)),
        ("31 February 2021\nText.", None),
        ("On 2 November 2021 the board met.", None),
        ("\n" * 20 + "2 November 2021\n", None),
    ],
)
def test_the_date_stands_alone_near_the_top(text: str, expected: date | None) -> None:
    assert date_near_top(text) == expected


def test_a_byte_order_mark_goes_and_line_ends_stay(tmp_path: Path) -> None:
    document, _ = read_document(source(tmp_path, "a.txt", b"\xef\xbb\xbfOne.\r\nTwo.\r\n"))
    assert document.text == "One.\r\nTwo.\r\n"


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.txt", b"caf\xe9", "not UTF-8"),
        ("a.txt", b"a\0b", "NUL"),
        ("a.txt", b" \n\n", "no text"),
        ("a.md", b"---\ntitle: x\n---\n", "no text"),
        ("a.pdf", b"%PDF-1.4", "only .txt and .md"),
    ],
)
def test_what_is_no_text_is_refused_with_a_reason(tmp_path: Path, name: str, content: bytes, reason: str) -> None:
    with pytest.raises(Unreadable, match=reason):
        read_document(source(tmp_path, name, content))


def test_a_file_over_the_limit_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("nhskg.ingest.reader.LARGEST", 10)
    with pytest.raises(Unreadable, match="over the limit"):
        read_document(source(tmp_path, "a.txt", "x" * 11))


def test_a_dangling_link_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.txt").symlink_to(tmp_path / "nowhere")
    with pytest.raises(Unreadable):
        read_document(SourceFile("a", tmp_path / "a.txt"))


def test_folders_are_read_through_without_hidden_files_and_loops(tmp_path: Path) -> None:
    for name in ("a.txt", "deep/b.md", "deep/c.pdf", ".hidden.txt", ".git/d.txt"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("x")
    (tmp_path / "loop").symlink_to(tmp_path)
    files, warnings = find_files([str(tmp_path)])
    assert [file.document_id for file in files] == ["a", "deep/b"]
    assert warnings == []


def test_globs_and_the_order_of_arguments_do_not_matter(tmp_path: Path) -> None:
    for name in ("b.txt", "a.txt", "a.md"):
        (tmp_path / name).write_text("x")
    by_glob, _ = find_files([str(tmp_path / "*.txt"), str(tmp_path / "*.md")])
    other_way, _ = find_files([str(tmp_path / "*.md"), str(tmp_path / "*.txt")])
    assert by_glob == other_way
    assert [file.document_id for file in by_glob] == ["a-md", "a-txt", "b"]


def test_a_path_that_is_not_there_is_a_warning(tmp_path: Path) -> None:
    files, warnings = find_files([str(tmp_path / "nowhere.txt")])
    assert files == []
    assert "nowhere.txt: no such file" in warnings[0]
