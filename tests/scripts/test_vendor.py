"""The files of others in the package are those that are pinned, and NOTICE names them."""

from __future__ import annotations

from dataclasses import replace

from samples import ROOT
from vendor import vendored, wrong


def test_vendored_files_are_what_is_pinned_and_named_in_notice() -> None:
    files = list(vendored())
    assert len(files) >= 3
    assert wrong(iter(files)) == []
    notice = (ROOT / "NOTICE").read_text(encoding="utf-8")
    for file in files:
        assert file.path.name in notice


def test_a_file_that_was_changed_is_named() -> None:
    file = replace(next(vendored()), sha256="0" * 64)
    assert wrong(iter([file])) == ["graph/nhskg/serve/page/yasqe.min.js"]
