"""Builds that go on from earlier ones, and builds that go wrong."""

from __future__ import annotations

import contextlib
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from multiprocessing.context import ForkServerProcess
from pathlib import Path

import pytest
from filelock import FileLock
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from building_child import build_limited, build_once, started
from nhskg.cache import CACHE, Cache, key_of
from nhskg.errors import InputError
from nhskg.outputs import BuildReport
from nhskg.pipeline import build
from nhskg.placing import LOCK, READY, finish, replacing
from nhskg.resources import LANGUAGE_MODEL
from samples import SAMPLES, outputs

needs_model = pytest.mark.skipif(not LANGUAGE_MODEL.exists(), reason="no language model in this checkout")
linux_only = pytest.mark.skipif(sys.platform != "linux", reason="uses fork, and limits that only Linux has")
TEXTS = [
    "NHS England funds NHS Digital.",
    "The King's Fund criticised NHS England. It said that the Treasury would fund Unison.",
    "In 2019 Unison welcomed the plan of NHS Improvement.",
    "NHS Supply Chain supplies Barts Health NHS Trust.",
    "The Care Quality Commission inspected Barts Health NHS Trust in May 2019.",
    "# A heading\n\nNo body is named here.",
]


def write(folder: Path, texts: dict[int, str]) -> None:
    """Makes a folder of these documents and no others."""
    folder.mkdir(exist_ok=True)
    for path in folder.iterdir():
        path.unlink()
    for number, text in texts.items():
        (folder / f"{number}.txt").write_text(text, encoding="utf-8")


def built_into(folder: Path, out: Path, *, fresh: bool = False, guess_dates: bool = False) -> BuildReport:
    return build([str(folder)], out, jobs=0, fresh=fresh, guess_dates=guess_dates)


def ended(process: ForkServerProcess) -> int | None:
    """Waits for a process, and gives its exit code."""
    process.join(60)
    assert process.exitcode is not None, "it hangs"
    return process.exitcode


@pytest.mark.model
@needs_model
@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.dictionaries(st.integers(0, 5), st.sampled_from(TEXTS), min_size=1, max_size=5), min_size=2, max_size=3
    ),
    st.randoms(use_true_random=False),
)
def test_a_build_that_goes_on_from_others_gives_what_one_from_nothing_gives(
    tmp_path: Path, states: list[dict[int, str]], chance: random.Random
) -> None:
    place = tmp_path / f"{chance.random()}"
    place.mkdir()
    for texts in states:
        write(place / "documents", texts)
        built_into(place / "documents", place / "out")
    before = outputs(place / "out")
    report = built_into(place / "documents", place / "out")
    assert report.read_anew == 0
    assert outputs(place / "out") == before
    built_into(place / "documents", place / "other")
    assert outputs(place / "other") == before


@pytest.mark.model
@needs_model
def test_only_what_is_new_is_read_and_what_is_gone_has_no_claims(tmp_path: Path) -> None:
    write(tmp_path / "documents", dict(enumerate(TEXTS[:3])))
    assert built_into(tmp_path / "documents", tmp_path / "out").read_anew == 3
    write(tmp_path / "documents", dict(enumerate(TEXTS[:4])))
    assert built_into(tmp_path / "documents", tmp_path / "out").read_anew == 1
    write(tmp_path / "documents", {3: TEXTS[3]})
    assert built_into(tmp_path / "documents", tmp_path / "out").read_anew == 0
    assert b"Unison" not in outputs(tmp_path / "out")["claims.jsonl"]
    write(tmp_path / "documents", dict(enumerate(TEXTS[:4])))
    # What a build had no use for is dropped.
    assert built_into(tmp_path / "documents", tmp_path / "out").read_anew == 3
    assert built_into(tmp_path / "documents", tmp_path / "out", fresh=True).read_anew == 4
    # Another way of reading is another reading.
    assert built_into(tmp_path / "documents", tmp_path / "out", guess_dates=True).read_anew == 4


def test_keys_tell_the_same_letters_cut_elsewhere_apart() -> None:
    assert key_of("ab", "c") != key_of("a", "bc") != key_of("abc")


def test_a_damaged_cache_is_begun_anew(tmp_path: Path) -> None:
    with Cache(tmp_path) as cache:
        cache.put(b"key", b"value")
    with Cache(tmp_path) as cache:
        assert cache[b"key"] == b"value"
        assert not cache.was_damaged
    (tmp_path / CACHE).write_bytes(b"rubbish" * 1000)
    with Cache(tmp_path) as cache:
        assert cache.was_damaged
        assert b"key" not in cache


@pytest.mark.model
@needs_model
@linux_only
def test_documents_that_crash_hang_fail_or_eat_memory_are_named_and_the_others_built(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "hostile.py"
    program.write_text(
        "import os, time\nfrom nhskg.extract import worker\nfrom nhskg.extract.reader import Reader\n"
        "from nhskg.processes import serve\n"
        "read = Reader.read\n"
        "def hostile(self, documents):\n"
        "    text = documents[0].text\n"
        "    if 'crash' in text: os._exit(1)\n"
        "    if 'hang' in text: time.sleep(600)\n"
        "    if 'fail' in text: raise KeyError('odd')\n"
        "    if 'memory' in text: bytearray(10**11)\n"
        "    return read(self, documents)\n"
        "Reader.read = hostile\n"
        "serve(worker.prepare)\n"
    )
    monkeypatch.setattr("nhskg.reading.PROGRAM", (str(program),))
    words = ["crash", "hang", "fail", "memory"]
    write(tmp_path / "documents", dict(enumerate(TEXTS[:3])) | {10 + n: f"They {w}." for n, w in enumerate(words)})
    report = build([str(tmp_path / "documents")], tmp_path / "out", jobs=2, document_timeout=4)
    assert report.documents == 3
    told = list(report.failed.values())
    assert list(report.failed) == ["10", "11", "12", "13"]
    for reason, expected in zip(told, ["crashed", "more than 4 seconds", "KeyError: 'odd'", "memory"], strict=True):
        assert expected in reason
    assert sum("left out: reading it" in warning for warning in report.warnings) == 4


@pytest.mark.model
@needs_model
def test_a_second_build_into_the_same_folder_is_refused(tmp_path: Path) -> None:
    write(tmp_path / "documents", {0: TEXTS[0]})
    (tmp_path / "out").mkdir()
    with FileLock(tmp_path / "out" / LOCK), pytest.raises(InputError, match="another build is writing there"):
        built_into(tmp_path / "documents", tmp_path / "out")
    assert built_into(tmp_path / "documents", tmp_path / "out").documents == 1


def test_what_is_ready_is_put_in_place_by_whoever_comes_next(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / name).write_text("old")
    (tmp_path / "store").mkdir()
    (tmp_path / "store" / "one").write_text("old")
    with replacing(tmp_path) as folder:
        for name in ("a", "b"):
            (folder / name).write_text("new")
        (folder / "store").mkdir()
        (folder / "store" / "two").write_text("new")
        kept = {path.name for path in tmp_path.iterdir()} - {folder.name}
    assert kept == {"a", "b", "store"}
    assert {path.name for path in tmp_path.iterdir()} == kept
    assert [(tmp_path / name).read_text() for name in ("a", "b")] == ["new", "new"]
    assert [path.name for path in (tmp_path / "store").iterdir()] == ["two"]
    # A build that was ended when it had moved one of two files.
    (tmp_path / READY).mkdir()
    (tmp_path / READY / "b").write_text("newest")
    finish(tmp_path)
    assert (tmp_path / "b").read_text() == "newest"
    assert not (tmp_path / READY).exists()


@pytest.mark.model
@needs_model
@linux_only
def test_a_hundred_kills_leave_the_old_graph_or_the_new_one_and_the_next_build_ends_well(tmp_path: Path) -> None:
    chance = random.Random(1)
    documents, out = tmp_path / "documents", tmp_path / "out"
    states = [dict(enumerate(TEXTS[:4])), dict(enumerate(TEXTS[2:]))]
    expected = []
    longest = 0.0
    for number, texts in enumerate(states):
        write(documents, texts)
        began = time.monotonic()
        ended(started(build_once, documents, tmp_path / f"undisturbed-{number}"))
        longest = time.monotonic() - began
        expected.append(outputs(tmp_path / f"undisturbed-{number}"))
    write(documents, states[0])
    ended(started(build_once, documents, out))
    for kill in range(100):
        write(documents, states[(kill + 1) % 2])
        process = started(build_once, documents, out, fresh=kill % 3 == 0)
        time.sleep(chance.random() * longest)
        process.kill()
        ended(process)
        finish(out)  # as a look-up does
        assert outputs(out) in expected
        assert ended(started(build_once, documents, out)) == 0
        assert outputs(out) == expected[(kill + 1) % 2]
    assert sorted(path.name for path in out.iterdir() if path.name.startswith(".")) == [CACHE, LOCK]


@pytest.mark.model
@needs_model
@linux_only
@pytest.mark.parametrize("kilobytes", [0, 10, 60, 400])
def test_where_no_file_may_grow_the_old_graph_stays(tmp_path: Path, kilobytes: int) -> None:
    documents, out = tmp_path / "documents", tmp_path / "out"
    write(documents, {0: TEXTS[0]})
    built_into(documents, out)
    before = outputs(out)
    write(documents, dict(enumerate(TEXTS)))
    assert ended(started(build_limited, documents, out, 1000 * kilobytes)) == 3
    assert outputs(out) == before
    built_into(documents, out)
    assert outputs(out) != before


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of one megabyte."""
    place = tmp_path / "disk"
    place.mkdir()
    mounted = subprocess.run(
        ["/bin/mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(place)], check=False, capture_output=True
    )
    if mounted.returncode:
        pytest.skip("this user may not mount a small disk")
    yield place
    subprocess.run(["/bin/umount", str(place)], check=True)


@pytest.mark.model
@needs_model
@linux_only
def test_a_full_disk_is_one_line(small_disk: Path, tmp_path: Path) -> None:
    write(tmp_path / "documents", {0: TEXTS[0]})
    with pytest.raises(InputError, match=r"cannot write|cannot keep"):
        built_into(tmp_path / "documents", small_disk / "out")
    assert not [path for path in (small_disk / "out").glob("*") if path.name[0] != "."]


@pytest.mark.model
@needs_model
@linux_only
def test_a_folder_that_may_not_be_written_is_one_line(small_disk: Path, tmp_path: Path) -> None:
    write(tmp_path / "documents", {0: TEXTS[0]})
    subprocess.run(["/bin/mount", "-o", "remount,ro", str(small_disk)], check=True)
    with pytest.raises(InputError, match="cannot write the graph there"):
        built_into(tmp_path / "documents", small_disk / "out")


@pytest.mark.model
@needs_model
@linux_only
def test_ctrl_c_ends_all_processes_and_says_what_is_left(tmp_path: Path) -> None:
    # Enough to read for a minute.
    text = "\n\n".join(path.read_text(encoding="utf-8").replace("---", "") for path in sorted(SAMPLES.iterdir()))
    write(tmp_path / "documents", {n: text.replace("trust", f"trust of {n}") for n in range(12)})
    command = [sys.executable, "-m", "nhskg.cli", "build", str(tmp_path / "documents"), "--out", str(tmp_path / "out")]
    started = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, start_new_session=True)
    while not (tmp_path / "out" / CACHE).exists():
        time.sleep(0.01)
    time.sleep(0.3)
    os.killpg(started.pid, signal.SIGINT)
    _, told = started.communicate(timeout=60)
    assert started.returncode == 130
    assert told.startswith("stopped;")
    with contextlib.suppress(ProcessLookupError):
        for _ in range(100):
            os.killpg(started.pid, 0)
            time.sleep(0.1)
        pytest.fail("a process is left")
