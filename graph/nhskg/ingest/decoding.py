"""Bytes to text: UTF-8 where it is, else what the bytes are most likely to be."""

from __future__ import annotations

import codecs

from nhskg.ingest.draft import Unreadable

MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark is its beginning
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
LIKELY = ["cp1252", "mac_roman", "cp850", "utf_8"]
"""What English text of the last forty years is in, where it is not Unicode."""
SAMPLE = 200_000


def decode(content: bytes) -> tuple[str, str]:
    """Decodes text.

    Returns:
        The text, and a warning that says what was guessed, or nothing where there was nothing to guess.

    Raises:
        Unreadable: if it is no text.
    """
    for mark, encoding in MARKS:
        if content.startswith(mark):
            return content.decode(encoding, errors="replace"), ""
    if b"\0" in content:
        return _without_mark(content), ""
    try:
        return content.decode("utf-8"), ""
    except UnicodeDecodeError as error:
        wrong = error
    if _is_mostly_utf_8(content):
        text = content.decode("utf-8", errors="nhskg-cp1252")
        return text, f"UTF-8, but not at byte {wrong.start}; such bytes were read as Windows-1252"
    encoding = _most_likely(content)
    return content.decode(encoding, errors="replace"), f"not UTF-8 (byte {wrong.start}); read as {encoding}"


def _without_mark(content: bytes) -> str:
    """UTF-16 without its mark has a zero in every other byte of English text; anything else with zeros is no text."""
    half = len(content) // 2
    for first, encoding in ((1, "utf-16-le"), (0, "utf-16-be")):
        other = content[1 - first :: 2].count(0)
        if len(content) % 2 == 0 and content[first::2].count(0) > 0.6 * half and other < 0.05 * half:
            return content.decode(encoding, errors="replace")
    raise Unreadable("a binary file (it has a NUL byte), not text")


def _is_mostly_utf_8(content: bytes) -> bool:
    """Whether characters of several bytes are whole more often than not: two files pasted into one."""
    replaced = content.decode("utf-8", errors="replace")
    wrong = replaced.count("\N{REPLACEMENT CHARACTER}")
    whole = sum(character > "\x7f" for character in replaced) - wrong
    return whole > wrong


def _most_likely(content: bytes) -> str:
    from charset_normalizer import from_bytes

    first = next(index for index, byte in enumerate(content) if byte > 0x7F)
    sample = content[max(0, first - SAMPLE // 2) : first + SAMPLE // 2]
    best = from_bytes(sample, cp_isolation=LIKELY, enable_fallback=False).best()
    return best.encoding if best else "cp1252"


def _as_cp1252(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    wrong = error.object[error.start : error.end]
    return wrong.decode("cp1252", errors="replace"), error.end


codecs.register_error("nhskg-cp1252", _as_cp1252)
