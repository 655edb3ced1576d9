"""What does not fit in a build: each sort of problem with how often it was found and where first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

SHOWN = 5
NOT_THERE = "not there; build again: nhskg build PATHS --out FOLDER"


@dataclass(slots=True)
class Findings:
    """Collects what is found; of each sort only so many places are kept, so that a build of which nothing fits does no harm.

    Attributes:
        keep: how many places of each sort are kept; None keeps all.
        checked: a line for each file that was looked at, with what was found to be right in it.
    """

    keep: int | None = SHOWN
    checked: list[str] = field(default_factory=list)
    _places: dict[tuple[str, str], list[str]] = field(default_factory=dict)
    _counts: dict[tuple[str, str], int] = field(default_factory=dict)

    def add(self, file: str, problem: str, place: str = "") -> None:
        """Notes one.

        Args:
            file: the name of the file.
            problem: what is wrong, the same words for all of a sort.
            place: where, or with what; empty where it is the file as a whole.
        """
        sort = file, problem
        self._counts[sort] = self._counts.get(sort, 0) + 1
        places = self._places.setdefault(sort, [])
        if place and (self.keep is None or len(places) < self.keep):
            places.append(place)

    def damaged(self, file: str, error: Exception) -> None:
        """Notes that a file cannot be read on, with the reader's own words."""
        self.add(file, "damaged; build again", " ".join(str(error).split())[:200] or type(error).__name__)

    def __len__(self) -> int:
        return sum(self._counts.values())

    def lines(self) -> Iterator[str]:
        """The findings as people read them, file by file in the order in which they were looked at."""
        for sort, count in self._counts.items():
            file, problem = sort
            places = self._places[sort]
            yield f"{file}: {problem}{f' ({count})' if count > 1 else ''}"
            yield from (f"  {place}" for place in places)
            if len(places) < count and places:
                yield f"  … and {count - len(places)} more; --all shows them"
