"""Files to documents: text, Markdown, front matter, dates."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from nhskg.ingest import SourceFile, Unreadable, find_files, read_documents, read_file
from nhskg.ingest.dates import date_near_top
from nhskg.model import Document


def source(folder: Path, name: str, content: str | bytes) -> SourceFile:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return SourceFile(path.stem, path)


def read(folder: Path, name: str, content: str | bytes) -> tuple[Document, list[str]]:
    found = read_file(source(folder, name, content))
    (document,) = found.documents
    return document, list(found.warnings)


def test_front_matter_gives_title_date_author_source_and_url(tmp_path: Path) -> None:
    text = (
        '---\ntitle: "A plan"\ndate: 2021-11-02\nauthor: Jane Crosby\nsource: Board\nurl: https://example.org\n---\n'
        "The board met.\n"
    )
    document, warnings = read(tmp_path, "a.md", text)
    assert (document.title, document.published, document.source) == ("A plan", date(2021, 11, 2), "Board")
    assert (document.author, document.url) == ("Jane Crosby", "https://example.org")
    assert document.text == "The board met.\n"
    assert dict(document.found)["published"] == "front matter: date"
    assert warnings == []


@pytest.mark.parametrize("front", ["{: [", "&a [*a, *a]", "- a\n- b", "a: !!python/object:os.system x", "a: {" * 900])
def test_front_matter_that_is_not_understood_is_text_and_a_warning(tmp_path: Path, front: str) -> None:
    document, warnings = read(tmp_path, "a.md", f"---\n{front}\n---\nThe board met.\n")
    assert "The board met." in document.text
    assert len(warnings) == 1
    assert "front matter" in warnings[0]


def test_front_matter_whose_aliases_stand_for_gigabytes_is_no_title(tmp_path: Path) -> None:
    bomb = "a0: &a0 [x,x,x,x,x,x,x,x,x]\n" + "".join(
        f"a{n}: &a{n} [{','.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 12)
    )
    document, _ = read(tmp_path, "a.md", f"---\n{bomb}title: *a11\n---\nThe board met.\n")
    assert document.title == ""


def test_a_date_that_is_none_is_a_warning(tmp_path: Path) -> None:
    document, warnings = read(tmp_path, "a.md", "---\ndate: soon\n---\nThe board met.\n")
    assert document.published is None
    assert "soon" in warnings[0]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Board paper\n\n2 November 2021\n\nText.", date(2021, 11, 2)),
        ("Published: Tuesday, 2nd November 2021\nText.", date(2021, 11, 2)),
        ("November 2, 2021\nText.", date(2021, 11, 2)),
        ("2 Nov 2021 07:30\nText.", date(2021, 11, 2)),
        ("2021-11-02\nText.", date(2021, 11, 2)),
        ("31 February 2021\nText.", None),
        ("On 2 November 2021 the board met.", None),
        ("\n" * 20 + "2 November 2021\n", None),
    ],
)
def test_the_date_stands_alone_near_the_top(text: str, expected: date | None) -> None:
    assert date_near_top(text) == expected


def test_the_text_tells_date_source_author_url_and_title(tmp_path: Path) -> None:
    text = (
        "A ward opens\nBy Jane Crosby, health editor\nExample News’s roundup of Tuesday’s stories\nThe board met.\n"
        "Corrected on 2 November 2021 to make clear who met.\nRead online: https://example.org/a\n"
    )
    document, _ = read(tmp_path, "a.txt", text)
    assert document.published == date(2021, 11, 2)
    assert document.title == "A ward opens"
    assert (document.author, document.source, document.url) == ("Jane Crosby", "Example News", "https://example.org/a")
    found = dict(document.found)
    assert found["published"] == "the text: “Corrected on 2 November 2021”, the date of a correction"
    assert found["title"] == "the first line of the text"
    assert sorted(found) == ["author", "published", "source", "title", "url"]


def test_what_is_published_beats_what_is_corrected_and_the_name_of_the_file_is_last(tmp_path: Path) -> None:
    text = "The board met.\nCorrected on 9 November 2021.\nPublished on 2 November 2021.\n"
    assert read(tmp_path, "2020-01-01.txt", text)[0].published == date(2021, 11, 2)
    document, _ = read(tmp_path, "2020-01-01 board.txt", "The board met.")
    assert document.published == date(2020, 1, 1)
    assert dict(document.found)["published"] == "the file's name"


def test_a_sentence_or_a_bullet_is_no_title(tmp_path: Path) -> None:
    for first in ("The board met.", "- Today’s board: it met", "2 November 2021", "the end of it"):
        assert read(tmp_path, "a.txt", f"{first}\nMore of it.\n")[0].title == ""


def test_markdown_headings_lose_their_hash_signs(tmp_path: Path) -> None:
    assert read(tmp_path, "a.md", "# Winter money\n\nIt is small.\n")[0].text == "Winter money\n\nIt is small.\n"


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.txt", b"a\0b", "NUL"),
        ("a.txt", b" \n\n", "no text"),
        ("a.txt", b"", "no text"),
        ("a.md", b"---\ntitle: x\n---\n", "no text"),
        ("a.png", b"picture", "only .atom"),
        ("a.txt", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old Office file"),
        ("a.txt", b"{\\rtf1 x}", "rich text"),
    ],
)
def test_what_is_no_text_is_refused_with_a_reason(tmp_path: Path, name: str, content: bytes, reason: str) -> None:
    with pytest.raises(Unreadable, match=reason):
        read_file(source(tmp_path, name, content))


def test_a_file_over_the_limit_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("nhskg.ingest.collect.LARGEST", 10)
    with pytest.raises(Unreadable, match="over the limit"):
        read_file(source(tmp_path, "a.txt", "x" * 11))


def test_a_dangling_link_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.txt").symlink_to(tmp_path / "nowhere")
    with pytest.raises(Unreadable):
        read_file(SourceFile("a", tmp_path / "a.txt"))


def test_folders_are_read_through_without_hidden_files_and_loops(tmp_path: Path) -> None:
    for name in ("a.txt", "deep/b.md", "deep/c.xls", "deep/page.html.gz", ".hidden.txt", ".git/d.txt"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("x")
    (tmp_path / "loop").symlink_to(tmp_path)
    files, warnings = find_files([str(tmp_path)])
    assert [file.document_id for file in files] == ["a", "deep/b", "deep/page"]
    assert [warning.partition(": ")[2] for warning in warnings] == ["files of other kinds left out: .xls (1)"]


def test_messages_do_not_tell_where_on_a_machine_a_folder_is(tmp_path: Path) -> None:
    seen = []
    for machine in ("one", "another"):
        folder = tmp_path / machine / "letters"
        (folder / "2021").mkdir(parents=True)
        (folder / "2021" / "empty.txt").write_text("")
        (folder / "2021" / "picture.xls").write_text("x")
        (folder / "link.txt").symlink_to("/etc/hostname")
        (folder / "a.txt").write_text("The board met.")
        seen.append(read_documents([str(folder)])[1])
    assert seen[0] == seen[1]
    assert [warning.partition(":")[0] for warning in seen[0]] == ["link.txt", "letters", "2021/empty.txt"]


def test_a_link_out_of_the_folder_is_left_out_unless_it_is_named(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("x")
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "link.txt").symlink_to("../secret.txt")
    files, warnings = find_files([str(folder)])
    assert files == []
    assert "out of the folder" in warnings[0]
    assert len(find_files([str(folder / "link.txt")])[0]) == 1


def test_the_output_of_a_build_is_no_input(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("The board met.")
    (tmp_path / "out").mkdir()
    for name in ("claims.jsonl", "documents.jsonl", "build.json"):
        (tmp_path / "out" / name).write_text('{"text": "The board met."}\n')
    documents, warnings = read_documents([str(tmp_path)])
    assert [document.id for document in documents] == ["a"]
    assert "what a build wrote" in warnings[0]


def test_names_that_no_file_can_hold_are_shown_safely(tmp_path: Path) -> None:
    path = bytes(tmp_path) + b"/caf\xe9\n.txt"
    Path(path.decode("utf-8", "surrogateescape")).write_text("The board met.")
    documents, warnings = read_documents([str(tmp_path), "a\0b", "x" * 5000])
    assert [document.id for document in documents] == ["caf_ "]
    assert len(warnings) == 2
    "".join(warnings).encode("utf-8")


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
