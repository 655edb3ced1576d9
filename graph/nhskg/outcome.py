"""How documents are to be read, and what became of each: what passes between a build and the processes that read."""

from __future__ import annotations

from dataclasses import dataclass

from nhskg.model import Reading


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """How documents are to be read.

    Attributes:
        model: another spaCy pipeline than the packaged one.
        guess_dates: whether a document without a date gets one worked out from the bodies and office holders it names.
    """

    model: str = ""
    guess_dates: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of a document: its reading and warnings about it, or why it has none.

    Attributes:
        is_out_of_memory: whether it might be read by a process that has read nothing else.
    """

    reading: Reading | None = None
    warnings: tuple[str, ...] = ()
    failure: str = ""
    is_out_of_memory: bool = False
