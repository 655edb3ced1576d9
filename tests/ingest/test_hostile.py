"""Files made to break readers, and damage of every kind: each is read or refused with a reason, in a limit of time and memory."""

from __future__ import annotations

import gzip
import io
import os
import threading
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from made_files import CSV, FEED, PAGE, make_docx, make_message, make_pdf, make_zip
from nhskg.extract.paragraphs import find_paragraphs
from nhskg.ingest import Unreadable, read_documents
from nhskg.ingest.draft import safe_name
from nhskg.ingest.formats import FORMATS, read_content
from nhskg.ingest.reader import document_of
from nhskg.ingest.worker import Worker
from nhskg.model import Document

CRASHES = Path(__file__).parent / "crashes"
SEEDS: dict[str, Callable[[], bytes]] = {
    "a.html": PAGE.encode,
    "a.rss": FEED.encode,
    "a.csv": CSV.encode,
    "a.json": lambda: b'[{"text": "The board met.", "date": "2 May 2021"}]',
    "a.jsonl": lambda: b'{"text": "The board met.", "date": "2 May 2021"}\n',
    "a.md": lambda: b"---\ntitle: x\ndate: 2021-01-01\n---\n# The board\n\nThe board met.\n",
    "a.txt": lambda: b"The board met.\nCorrected on 2 November 2021.\n",
    "a.pdf": lambda: make_pdf([["The board met.", "It said no."], ["Next steps"]]),
    "a.docx": make_docx,
    "a.eml": lambda: make_message("The board met.", PAGE),
    "a.mbox": lambda: b"From a Tue\n" + make_message() + b"\nFrom b Tue\n" + make_message("Again."),
    "a.zip": lambda: make_zip({"a.html": PAGE, "b.pdf": make_pdf([["The board met."]])}),
    "a.html.gz": lambda: gzip.compress(PAGE.encode(), mtime=0),
}


def read_or_refuse(name: str, content: bytes) -> list[Document]:
    """Documents that can be stored, or none."""
    try:
        contents = read_content(name, content)
    except Unreadable:
        return []
    documents = []
    for draft in contents.drafts:
        try:
            document = document_of(draft, draft.name or "a")
        except Unreadable:
            continue
        f"{document.text}{document.title}{document.author}{document.source}{document.url}".encode()
        assert list(document.pages) == sorted(document.pages)
        documents.append(document)
    return documents


def test_every_kind_of_file_has_a_seed() -> None:
    suffixes = {"." + name.rpartition(".")[2] for name in SEEDS}
    assert all(suffixes & set(kind.suffixes) for kind in FORMATS)
    assert all(read_or_refuse(name, seed()) for name, seed in SEEDS.items())


@pytest.mark.parametrize("name", sorted(SEEDS))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_a_damaged_file_is_read_or_refused(name: str, data: st.DataObject) -> None:
    content = bytearray(SEEDS[name]())
    for _ in range(data.draw(st.integers(1, 8))):
        start = data.draw(st.integers(0, len(content)))
        end = data.draw(st.integers(start, min(len(content), start + 40)))
        content[start:end] = data.draw(st.binary(max_size=20))
    if data.draw(st.booleans()):
        del content[data.draw(st.integers(0, len(content))) :]
    read_or_refuse(name, bytes(content))


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(name=st.sampled_from(sorted(SEEDS)), content=st.binary(max_size=500) | st.text(max_size=300).map(str.encode))
def test_any_bytes_are_read_or_refused(name: str, content: bytes) -> None:
    read_or_refuse(name, content)


@pytest.mark.parametrize("name", sorted(path.name for path in CRASHES.glob("*")))
def test_what_once_crashed_a_reader_does_not_any_more(name: str) -> None:
    read_or_refuse(name, (CRASHES / name).read_bytes())


@pytest.mark.parametrize("wrong", sorted(SEEDS))
def test_a_wrong_suffix_is_no_trap(wrong: str) -> None:
    for seed in SEEDS.values():
        read_or_refuse(wrong, seed())


def test_a_zip_that_unpacks_to_gigabytes_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    bomb = make_zip({f"{number}.txt": b"0" * 3_000_000 for number in range(4)})
    assert len(bomb) < 20_000
    monkeypatch.setattr("nhskg.ingest.archives.LARGEST", 1_000_000)
    contents = read_content("a.zip", bomb)
    assert contents.drafts == []
    assert "unpacks to more than" in contents.warnings[0]
    with pytest.raises(Unreadable, match="unpacks to more than"):
        read_content("a.txt.gz", gzip.compress(b"0" * 2_000_000))


def test_all_that_is_unpacked_from_one_file_counts() -> None:
    from nhskg.ingest.archives import Allowance

    inner = make_zip({f"{number}.txt": b"text " * 1000 for number in range(4)})
    packed = make_zip({"a.zip": inner, "b.zip": inner})
    contents = read_content("a.zip", packed, Allowance(bytes=30_000))
    assert len(contents.drafts) == 5
    assert sum("unpacks to more than" in warning for warning in contents.warnings) >= 1


def test_archives_in_archives_in_archives_are_refused_and_the_rest_read() -> None:
    packed = make_zip({"deep.txt": "The board met."})
    for _ in range(3):
        packed = make_zip({"inner.zip": packed, "beside.txt": "It met again."})
    contents = read_content("a.zip", packed)
    assert [draft.name for draft in contents.drafts] == ["beside", "inner/beside"]
    assert "deep inside each other" in contents.warnings[0]


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("../../etc/passwd.txt", "etc/passwd.txt"),
        ("/etc/passwd.txt", "etc/passwd.txt"),
        ("C:\\Windows\\a.txt", "Windows/a.txt"),
        ("..\\..\\a.txt", "a.txt"),
        ("a\0b\n.txt", "a b .txt"),
        ("\u202etxt.a", "txt.a"),
        ("..", "unnamed"),
        ("x" * 5000, "x" * 100),
    ],
)
def test_names_in_archives_lead_nowhere(name: str, safe: str) -> None:
    assert safe_name(name) == safe


def test_links_in_a_zip_are_left_out_and_nothing_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        link = zipfile.ZipInfo("link.txt")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
        archive.writestr("../../../evil.txt", "The board met.")
    (tmp_path / "a.zip").write_bytes(file.getvalue())
    documents, warnings = read_documents(["a.zip"])
    assert [(document.id, document.text) for document in documents] == [("a/evil", "The board met.")]
    assert [warning.endswith("a.zip: link.txt: left out: a link") for warning in warnings] == [True]
    assert [path.name for path in tmp_path.iterdir()] == ["a.zip"]


ENTITIES = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
BOMB = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a0 "boom">{ENTITIES}]>'


def test_entities_that_stand_for_gigabytes_or_files_are_refused() -> None:
    feed = FEED.replace('<?xml version="1.0"?>', BOMB).replace("Ward opens", "&a9;")
    for encoding in ("utf-8", "utf-16"):
        with pytest.raises(Unreadable):
            read_content("a.rss", feed.encode(encoding))
    for name in ("a.html", "a.eml"):
        assert all(len(document.text) < 10_000 for document in read_or_refuse(name, (BOMB + "<p>&a9;</p>").encode()))
    word = io.BytesIO(make_docx())
    with zipfile.ZipFile(word, "a") as package, pytest.warns(UserWarning, match="Duplicate name"):
        package.writestr("word/document.xml", BOMB + "<x>&a9;</x>")
    with pytest.raises(Unreadable, match="entities"):
        read_content("a.docx", word.getvalue())


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.txt", b"word " * 1_500_000),
        ("a.txt", b"x" * 5_000_000),
        ("a.txt", b"\n" * 5_000_000 + b"x"),
        ("a.txt", b"-" * 3_000_000),
        ("a.md", b"---\n" * 500_000),
        ("a.md", b"#" * 3_000_000),
        ("a.html", b"<div>" * 100_000 + b"The board met."),
        ("a.html", b"<table><tr><td>" * 3_000 + b"The board met."),
        ("a.html", b"<" * 1_000_000),
        ("a.json", b"[" * 1_000_000),
        ("a.json", b'{"text":' * 100_000),
        ("a.json", b'[{"text": "x", "date": ' + b"9" * 100_000 + b"}]"),
        ("a.csv", b"text\n" + b'"' * 1_000_001),
        ("a.csv", b"text," * 500_000 + b"\nx"),
        ("a.eml", b"Content-Type: multipart/mixed; boundary=a\n\n" + b"--a\n" * 200_000),
        ("a.eml", b"Subject: " + b"=?utf-8?q?a?= " * 100_000 + b"\n\nThe board met."),
        ("a.mbox", b"From a\n" * 15_000),
        ("a.rss", b"<rss><channel>" + b"<item><title>" * 20_000),
        ("a.pdf", b"%PDF-1.4\n" + b"1 0 obj <<" * 100_000),
        ("a.pdf", b"%PDF-1.4\n" + b"[" * 100_000),
    ],
)
def test_huge_lines_and_deep_nests_are_read_or_refused(name: str, content: bytes) -> None:
    reason = ""
    with Worker(longest=60) as worker:
        try:
            worker.read(name, content, "a")
        except Unreadable as error:
            reason = str(error)
    assert "crashed" not in reason
    assert "seconds" not in reason


@pytest.mark.parametrize(
    "text",
    [
        "# a" + " " * 2_000_000 + "b",
        "the fund that ministers announced in the autumn is to be paid to them\n" * 50_000,
        ("x" * 99 + "\n") * 50_000,
        "-" * 5_000_000 + "\n" + "published on " * 100_000,
        "\n \n\n" * 1_000_000 + "x",
        "inte-\n" * 300_000,
    ],
    ids=["spaces", "wrapped", "letters", "dashes", "blank", "hyphens"],
)
def test_cleaning_and_paragraphs_take_no_longer_than_the_text_is_long(text: str) -> None:
    (document,) = read_or_refuse("a.md", text.encode())
    assert sum(end - start for start, end in find_paragraphs(document.text)) > 0


def test_a_reader_that_hangs_or_dies_is_replaced(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    # The file that the worker runs is replaced by one that hangs or dies on request.
    program = tmp_path / "nhskg_worker_of_test.py"
    program.write_text(
        "import os, time\nfrom nhskg.ingest.worker import answer\nfrom nhskg.processes import serve\n"
        "def hostile(request):\n"
        "    if b'hang' in request: time.sleep(600)\n"
        "    if b'die' in request: os._exit(1)\n"
        "    return answer(request)\n"
        "serve(lambda: hostile)\n"
    )
    monkeypatch.setattr("nhskg.ingest.worker.PROGRAM", (str(program),))
    with Worker(longest=20) as worker:
        assert worker.read("a.txt", b"one", "a").documents[0].text == "one"
        with pytest.raises(Unreadable, match="crashed the reader"):
            worker.read("a.txt", b"die", "a")
        assert worker.read("a.txt", b"two", "a").documents[0].text == "two"
    with Worker(longest=2) as worker:
        with pytest.raises(Unreadable, match="more than 2 seconds"):
            worker.read("a.txt", b"hang" * 100_000, "a")
        worker.longest = 20
        assert worker.read("a.txt", b"three", "a").documents[0].text == "three"
    assert threading.active_count() < 10


def test_folders_with_pipes_loops_and_files_nobody_may_read_do_not_stop_a_build(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("The board met.")
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "one.txt").symlink_to("two.txt")
    (tmp_path / "two.txt").symlink_to("one.txt")
    (tmp_path / "folder.txt").mkdir()
    (tmp_path / "folder.txt" / "up").symlink_to("..")
    documents, warnings = read_documents([str(tmp_path)])
    assert [document.id for document in documents] == ["a"]
    assert any("pipe.txt: left out: no ordinary file" in warning for warning in warnings)
    assert all("Traceback" not in warning for warning in warnings)


def test_a_bad_file_in_each_kind_is_named_and_the_others_read(tmp_path: Path) -> None:
    for name, seed in SEEDS.items():
        (tmp_path / f"good-{name}").write_bytes(seed())
        (tmp_path / f"bad-{name}").write_bytes(seed()[:7] + b"\0\xff" * 9)
    documents, warnings = read_documents([str(tmp_path)])
    read = {document.id.split("/")[0] for document in documents}
    told = " ".join([*read, *(copy.document for document in documents for copy in document.copies)])
    assert all(f"good-{name.split('.')[0]}" in told for name in SEEDS)
    assert not any(identifier.startswith("bad") for identifier in read)
    assert sum("bad-" in warning for warning in warnings) >= len(SEEDS)
