"""What a check found, in the terms of SHACL's results (https://www.w3.org/TR/shacl/#results-validation-result)."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

SHOWN = 5


class Severity(StrEnum):
    """How grave it is; only violations keep a graph from conforming."""

    VIOLATION = "violation"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, slots=True, order=True)
class Result:
    """One node that is not as a shape says; names are shortened with the graph's prefixes."""

    severity: Severity
    message: str
    node: str
    value: str = ""

    def __str__(self) -> str:
        return f"{self.severity}: {self.node} {self.message}{f' ({self.value})' if self.value else ''}"


@dataclass(frozen=True, slots=True)
class ValidationReport:
    """What was checked, and the results, sorted.

    Attributes:
        triples: how many there are in the graph.
        nodes: how many nodes were held against the shapes, of how many.
        is_whole: whether the checks that see the whole graph were made.
    """

    results: tuple[Result, ...]
    triples: int
    nodes: tuple[int, int]
    is_whole: bool = True

    @property
    def conforms(self) -> bool:
        return all(result.severity is not Severity.VIOLATION for result in self.results)

    @property
    def problems(self) -> tuple[str, ...]:
        """A line for each result."""
        return tuple(map(str, self.results))

    @property
    def checked(self) -> str:
        """Says what was looked at."""
        done, of = self.nodes
        if not of:
            return f"{self.triples:,} triples, none of them about a claim, body or document as nhskg has them"
        nodes = f"all {of:,}" if done == of else f"{done:,} of {of:,}"
        relations = (
            "all relations against their claims" if self.is_whole else "no more, since it is large (nhskg validate)"
        )
        return f"{self.triples:,} triples, {nodes} nodes against the shapes, {relations}"

    def lines(self, shown: int = SHOWN) -> Iterator[str]:
        """The report as people read it: each message with the first nodes that it is about, then the verdict."""
        grouped: defaultdict[tuple[Severity, str], list[Result]] = defaultdict(list)
        for result in self.results:
            grouped[result.severity, result.message].append(result)
        for (severity, message), same in sorted(grouped.items()):
            yield f"{severity} ({len(same)}): {message}"
            for result in same[:shown]:
                yield f"  {result.node}{f'  {result.value}' if result.value not in {'', result.node} else ''}"
            if len(same) > shown:
                yield f"  … and {len(same) - shown} more; --all shows them"
        counts = Counter(result.severity for result in self.results)
        found = ", ".join(f"{counts[severity]} {severity}s" for severity in Severity if counts[severity])
        yield f"{'conforms' if self.conforms else 'does not conform'}{f': {found}' if found else ''}"
