"""The Python interface to a build: ``from nhskg import Graph``."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from enum import StrEnum
from itertools import islice
from pathlib import Path as FilePath
from typing import TYPE_CHECKING, Self, TypedDict, TypeVar, Unpack

from nhskg.errors import UsageError
from nhskg.finding import NotFound
from nhskg.lookup import load, names
from nhskg.lookup.difference import Difference, difference
from nhskg.lookup.filters import DOCUMENT_VOICE, Direction, Filters, Measure, Outcome, Through
from nhskg.lookup.index import Index
from nhskg.lookup.later import make_index
from nhskg.lookup.neighbours import Neighbourhood, neighbourhood
from nhskg.lookup.overview import Central, Stats, central, disputed, stats
from nhskg.lookup.passages import Found, Passage, passages_between, passages_of_claim, search
from nhskg.lookup.paths import Path, shortest_paths
from nhskg.lookup.profile import Profile, profile
from nhskg.lookup.promises import Promise, promises
from nhskg.lookup.timeline import Moment, timeline
from nhskg.model import Claim, ClaimGraph, Document, Entity, Kind, Statement, Status
from nhskg.register.dates import first_day, last_day

if TYPE_CHECKING:
    import networkx as nx
    import pandas as pd
    import rdflib

Choice = TypeVar("Choice", bound=StrEnum)

Words = str | Iterable[str]
"""One word, or several."""

Day = date | str | None
"""A date, or one in ISO form: ``2019-04-01``, or a month or year as a whole."""


class Asked(TypedDict, total=False):
    """The filters that every look-up takes."""

    relation: Words
    kind: Words
    status: Words
    direction: str
    speaker: str | None
    since: Day
    until: Day
    as_of: Day
    through: str


class AskedOfClaims(Asked, total=False):
    """What claims can be asked for beside that."""

    subject: str
    object: str
    document: str


OF_CLAIMS = AskedOfClaims.__annotations__.keys() - Asked.__annotations__.keys()


class Graph:
    """A finished build, to be asked. Names are names, aliases, ODS codes or ids.

    The filters are the same everywhere; each takes one value or several, as words or as the enumerations of ``model.py``:

    - ``relation``: "works_with" or "works with"; ``kind``: of the entity at the other end; ``status``: of claims;
    - ``speaker``: to whom claims are attributed; "document" means the documents' own voice;
    - ``since``, ``until``: dates of the documents; ``as_of``: what was known and held on a day;
    - ``through``: "claims", "structure" (what the register says) or "both"; ``direction``: "in", "out" or "both".
    """

    def __init__(self, index: Index) -> None:
        self.index = index
        self._entities: dict[str, Entity] = {}
        self._documents: dict[str, Document] = {}
        self._labels: dict[str, tuple[str, str]] = {}

    @classmethod
    def open(cls, folder: str | FilePath = "out") -> Graph:
        """Opens the build in a folder; nothing is read until something is asked.

        The look-up index of a large graph is made when it is first opened, which takes minutes.

        Raises:
            InputError: if there is no build, or it is damaged.
        """
        make_index(FilePath(folder))
        return cls(Index(FilePath(folder)))

    def close(self) -> None:
        """Lets go of the file; that also happens when nobody holds the graph any more, and after ``with``."""
        self.index.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def find(self, name: str) -> Entity:
        """Gives the entity that a name means.

        Raises:
            NotFound: if none has that name; the message has the nearest ones.
            Ambiguous: if several have; the message lists them.
        """
        return load.one_entity(self.index, names.find_entity(self.index, name))

    def entity(self, identifier: str) -> Entity:
        """Gives the entity with an id, as claims name their ends and speakers.

        Raises:
            KeyError: if there is none.
        """
        if identifier not in self._entities:
            row = self.index.row(f"{load.ENTITY} WHERE id = ?", (identifier,))
            if row is None:
                raise KeyError(identifier)
            self._entities[identifier] = load.entity(row)
        return self._entities[identifier]

    def document(self, identifier: str) -> Document:
        """Gives the document with an id, as claims name it.

        Raises:
            KeyError: if there is none.
        """
        if identifier not in self._documents:
            row = self.index.row(f"{load.DOCUMENT} WHERE id = ?", (identifier,))
            if row is None:
                raise KeyError(identifier)
            self._documents[identifier] = load.document(row)
        return self._documents[identifier]

    def is_disputed(self, claim: Claim) -> bool:
        """Whether another claim in the build contradicts one, be it asked for or not."""
        return bool(self.index.value("SELECT disputed FROM claim WHERE id = ?", (claim.id,)))

    def label(self, predicate: str, *, outwards: bool = True) -> str:
        """Gives the words of a relation from subject to object, or back: "funds", "is funded by"."""
        if not self._labels:
            for name, label, inverse in self.index.rows("SELECT name, label, inverse_label FROM relation"):
                self._labels[name] = label, inverse
        words = self._labels.get(predicate, (predicate.replace("_", " "),) * 2)
        return words[0] if outwards else words[1]

    def filters(self, **asked: Unpack[Asked]) -> Filters:
        """Gives the filters in the form that the look-ups take.

        Raises:
            UsageError: if a value makes no sense; NotFound and Ambiguous are such errors.
        """
        if unknown := asked.keys() - Asked.__annotations__.keys():
            raise TypeError(
                f"no filter is called {', '.join(sorted(unknown))}; there are {', '.join(Asked.__annotations__)}"
            )
        speaker = asked.get("speaker")
        return Filters(
            relations=tuple(names.find_relation(self.index, word) for word in _several(asked.get("relation", ()))),
            kinds=tuple(_one_of(Kind, word) for word in _several(asked.get("kind", ()))),
            statuses=tuple(_one_of(Status, word) for word in _several(asked.get("status", ()))),
            direction=_one_of(Direction, asked.get("direction", Direction.BOTH)),
            speaker=None if speaker is None else self._speaker(speaker),
            since=_first(asked.get("since")),
            until=_last(asked.get("until")),
            as_of=_last(asked.get("as_of")),
            through=_one_of(Through, asked.get("through", Through.BOTH)),
        )

    def neighbours(self, name: str, hops: int = 1, *, limit: int | None = None, **asked: Unpack[Asked]) -> ClaimGraph:
        """Gives the graph around an entity: what is at most so many steps away, with the claims and lines between.

        Statements have only those of their claims that are asked for.
        """
        return self.neighbourhood(name, hops, limit=limit, **asked).graph

    def neighbourhood(
        self, name: str, hops: int = 1, *, limit: int | None = None, **asked: Unpack[Asked]
    ) -> Neighbourhood:
        """Gives the same with the entity that the name means, and whether the limit left something out."""
        return neighbourhood(self.index, self._number(name), hops, self.filters(**asked), limit)

    def show(self, name: str) -> Profile:
        """Gives who or what an entity is: its life, names, posts, successors, and counts of claims."""
        return profile(self.index, self._number(name))

    def path(self, start: str, end: str, *, limit: int = 5, **asked: Unpack[Asked]) -> tuple[Path, ...]:
        """Gives the shortest ways between two entities, in steps; none if there is no way."""
        return shortest_paths(self.index, self._number(start), self._number(end), self.filters(**asked), limit)

    def timeline(self, name: str, *, limit: int | None = None, **asked: Unpack[Asked]) -> tuple[Moment, ...]:
        """Gives what happened to an entity and what was said of it, in order of date."""
        return timeline(self.index, self._number(name), self.filters(**asked), limit)

    def evidence(self, claim_or_name: str, other: str = "", **asked: Unpack[Asked]) -> tuple[Passage, ...]:
        """Gives the sentences of a claim, or of all claims between two entities, with what stands around them.

        Raises:
            NotFound: if no claim has that id.
        """
        if other:
            ends = self._number(claim_or_name), self._number(other)
            return passages_between(self.index, *ends, self.filters(**asked))
        found = passages_of_claim(self.index, claim_or_name.removeprefix("id:").removeprefix("claim-"))
        if not found:
            raise NotFound(
                f"{claim_or_name}: no claim has that id; nhskg claims lists them. "
                "For the sentences between two bodies or people give both names."
            )
        return found

    def claims(self, *, limit: int | None = None, **asked: Unpack[AskedOfClaims]) -> tuple[Claim, ...]:
        """Gives the claims that are asked for, in order of date; a kind is that of the subject or of the object."""
        filters = self.filters(**{key: value for key, value in asked.items() if key not in OF_CLAIMS})  # type: ignore[arg-type]  # values are of the types that Asked names
        conditions = [filters.of_claims()]
        if filters.kinds:
            ends = (filters.of_entity(f"statement.{end}") for end in ("subject", "object"))
            conditions.append(f"({' OR '.join(ends)})")
        conditions += [f"statement.{end} = {self._number(asked[end])}" for end in ("subject", "object") if end in asked]
        if "document" in asked:
            number = names.find_document(self.index, asked["document"])
            conditions.append(f"claim.quotation IN (SELECT number FROM quotation WHERE document = {number})")
        return tuple(load.claims(self.index, " AND ".join(conditions), limit=limit))

    def disputed(self, *, limit: int | None = None, **asked: Unpack[Asked]) -> tuple[Statement, ...]:
        """Gives the triples whose claims contradict each other, with all their claims."""
        return tuple(islice(disputed(self.index, self.filters(**asked)), limit))

    def promises(
        self, today: Day = None, *, outcome: Words = (), limit: int | None = None, **asked: Unpack[Asked]
    ) -> tuple[Promise, ...]:
        """Gives the plans that were known on a day, by default today, and what became of them."""
        outcomes = {_one_of(Outcome, word) for word in _several(outcome)}
        day = _last(today) or date.today()  # noqa: DTZ011 the day where the reader is
        return tuple(islice(promises(self.index, self.filters(**asked), day, outcomes), limit))

    def search(self, words: str, *, limit: int | None = None) -> Found:
        """Gives the entities and the sentences that have all of some words."""
        return search(self.index, words, limit)

    def stats(self) -> Stats:
        """Gives the counts of the build."""
        return stats(self.index)

    def central(
        self, measure: str = Measure.PAGERANK, *, limit: int | None = None, **asked: Unpack[Asked]
    ) -> tuple[Central, ...]:
        """Gives the most central entities first."""
        return central(self.index, _one_of(Measure, measure), self.filters(**asked), limit)

    def diff(self, older: Graph) -> Difference:
        """Gives what this build has that an older one had not, and the other way round."""
        return difference(older.index, self.index)

    def whole(self) -> ClaimGraph:
        """Gives the whole graph as one value; for large builds that takes as much memory as building it."""
        return load.whole(self.index)

    def networkx(self) -> nx.MultiDiGraph[str]:
        """Gives the whole graph for networkx: ids as nodes, an edge for each triple."""
        from nhskg.export.network import to_networkx

        return to_networkx(self.whole())

    def rdflib(self) -> rdflib.Graph:
        """Gives the whole graph for rdflib: the triples of ``graph.ttl``.

        Raises:
            InputError: if that file is missing.
        """
        from nhskg.lookup.frames import to_rdflib

        return to_rdflib(self.index.folder / "graph.ttl")

    def to_pandas(self) -> pd.DataFrame:
        """Gives all claims as a table for pandas, with the names of what they are about.

        Raises:
            UsageError: if pandas is not installed; it is no part of nhskg.
        """
        from nhskg.lookup.frames import to_pandas

        return to_pandas(self)

    def _number(self, name: str) -> int:
        return names.find_entity(self.index, name)

    def _speaker(self, name: str) -> int:
        return 0 if name == DOCUMENT_VOICE else self._number(name)


def _several(words: Words) -> Iterable[str]:
    return (words,) if isinstance(words, str) else words


def _one_of(choices: type[Choice], word: str) -> Choice:
    try:
        return choices(word)
    except ValueError as error:
        raise UsageError(f"{word}: must be one of {', '.join(choices)}") from error


def _first(day: Day) -> date | None:
    return _day(day, first_day)


def _last(day: Day) -> date | None:
    return _day(day, last_day)


def _day(day: Day, which: Callable[[str], date]) -> date | None:
    if not isinstance(day, str):
        return day
    try:
        return which(day)
    except ValueError as error:
        raise UsageError(str(error)) from error
