"""Neighbourhood questions, answered from a build's JSON Lines files."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from nhskg.export import jsonl
from nhskg.finding import find_one, name_key
from nhskg.register.dates import when_it_held


class Edge(NamedTuple):
    """A triple, and in a few words who says so and when; ``claimed`` where a document does, not the register."""

    subject: str
    predicate: str
    object: str
    claimed: bool
    words: str


@dataclass(slots=True)
class Lookup:
    """The entities of a build by the names that people use, and what claims and register say of each."""

    entities: dict[str, dict[str, Any]] = field(default_factory=dict)
    by_name: dict[str, set[str]] = field(default_factory=dict)
    edges: dict[str, list[Edge]] = field(default_factory=dict)

    @classmethod
    def open(cls, folder: Path) -> Lookup:
        """Reads a build.

        Raises:
            InputError: if there is no build in the folder, or it is damaged.
        """
        found = cls()
        for row in jsonl.read_rows(folder / jsonl.ENTITIES):
            found.entities[row["id"]] = row
            for name in (row["id"], row["name"], row["ods_code"], *row["aliases"], *_own_names(row)):
                if name:
                    found.by_name.setdefault(name_key(name), set()).add(row["id"])
        # A name that documents use means what they mention, whatever else the register calls so.
        mentioned = set(found.by_name)
        for row in jsonl.read_rows(folder / jsonl.CONTEXT):
            found.entities[row["id"]] = row
            for key in {name_key(name) for name in (row["id"], row["name"], row["ods_code"], *row["aliases"]) if name}:
                if key not in mentioned:
                    found.by_name.setdefault(key, set()).add(row["id"])
        for row in jsonl.read_rows(folder / jsonl.CLAIMS):
            found._add(row, claimed=True, words=found._status(row))
        for row in jsonl.read_rows(folder / jsonl.STRUCTURE):
            when = when_it_held(row["predicate"], row["valid_from"] or "", row["valid_to"] or "")
            found._add(row, claimed=False, words=", ".join(filter(None, ("register", row["post"], when))))
        return found

    def find(self, name: str) -> str:
        """Gives the id of the entity that a name means.

        Raises:
            NotFound: if none has that name; the message has the nearest ones.
            UsageError: if several have; the message lists them.
        """
        return find_one(name, self.by_name, lambda i: self.entities[i]["name"], "the graph")

    def describe(self, name: str, hops: int) -> Iterator[str]:
        """Gives the lines of a tree: the entity, its claims, and those of its neighbours up to so many steps away."""
        start = self.find(name)
        entity = self.entities[start]
        code = f", ODS {entity['ods_code']}" if entity["ods_code"] else ""
        yield f"{entity['name']} ({entity['kind']}{code})"
        seen, frontier = {start}, [start]
        for step in range(1, hops + 1):
            following: list[str] = []
            if step > 1:
                yield f"{step} steps away"
            for identifier in frontier:
                if step > 1:
                    yield f"  {self.entities[identifier]['name']}"
                for line, other in self._lines(identifier, "  " if step == 1 else "    "):
                    yield line
                    if other not in seen:
                        seen.add(other)
                        following.append(other)
            frontier = following

    def _add(self, row: dict[str, Any], *, claimed: bool, words: str) -> None:
        edge = Edge(row["subject"], row["predicate"], row["object"], claimed, words)
        for end in {edge.subject, edge.object}:
            self.edges.setdefault(end, []).append(edge)

    def _lines(self, identifier: str, indent: str) -> Iterator[tuple[str, str]]:
        grouped: dict[tuple[str, str, str], list[Edge]] = {}
        for edge in self.edges.get(identifier, ()):
            grouped.setdefault(edge[:3], []).append(edge)

        def order(item: tuple[tuple[str, str, str], list[Edge]]) -> tuple[bool, bool, str, tuple[str, str]]:
            triple, edges = item
            return not any(edge.claimed for edge in edges), triple[0] != identifier, triple[1], self._names(triple)

        for (subject, predicate, object_), edges in sorted(grouped.items(), key=order):
            other = object_ if subject == identifier else subject
            said = "; ".join(sorted({edge.words for edge in edges}))
            words = predicate.replace("_", " ")
            yield (
                f"{indent}{self.entities[subject]['name']} — {words} → {self.entities[object_]['name']} [{said}]",
                other,
            )

    def _names(self, triple: tuple[str, str, str]) -> tuple[str, str]:
        return self.entities[triple[0]]["name"], self.entities[triple[2]]["name"]

    def _status(self, claim: dict[str, Any]) -> str:
        said_by = f", says {self.entities[claim['speaker']]['name']}" if claim["speaker"] else ""
        when = f" {claim['published']}" if claim["published"] else ""
        return f"{claim['status']}{said_by}{when}"


def _own_names(row: dict[str, Any]) -> list[str]:
    """The mentions that are names; "the agency" means something else in every document."""
    return [mention for mention in row["mentions"] if any(c.isupper() for c in mention[1:]) or row["kind"] == "group"]
