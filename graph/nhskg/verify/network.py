"""``graph.graphml``, element by element: entities, statements with their counts and quotes, lines of the register."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree as ET

from nhskg.verify.findings import NOT_THERE, Findings
from nhskg.verify.ledger import Ledger

GRAPHML = "graph.graphml"
NAMESPACE = "{http://graphml.graphdrawing.org/xmlns}"


def check_graphml(folder: Path, ledger: Ledger, findings: Findings) -> None:
    """Notes what in the GraphML does not fit."""
    nodes, statements, entries = 0, set(), set()
    quotes = ledger.quotes
    try:
        for element in _elements(folder / GRAPHML):
            data = {part.get("key", ""): part.text or "" for part in element}
            if element.tag == f"{NAMESPACE}node":
                nodes += 1
                if element.get("id", "") not in ledger.entities:
                    findings.add(GRAPHML, "node that is no entity of the build", element.get("id", ""))
                continue
            triple = element.get("source", ""), data.get("predicate", ""), element.get("target", "")
            key, shown = hash(triple), " ".join(triple)
            if data.get("status") == "register":
                entries.add(key)
                if key not in ledger.entries_of:
                    findings.add(GRAPHML, "edge with no line of the register behind it", shown)
                continue
            statements.add(key)
            if data.get("claims") != str(ledger.statements.get(key, 0)):
                findings.add(GRAPHML, "edge with another number of claims than claims.jsonl", shown)
            elif hash((*triple, data.get("quote", ""))) not in quotes:
                findings.add(GRAPHML, "edge with a quote that no claim has", shown)
            if (data.get("settled", "").lower() == "true") != (key in ledger.facts):
                findings.add(GRAPHML, "edge settled with no asserted claim behind it, or the other way", shown)
    except FileNotFoundError:
        findings.add(GRAPHML, NOT_THERE)
        return
    except (OSError, ET.ParseError) as error:
        findings.damaged(GRAPHML, error)
        return
    for what, number, expected in (
        ("entities", nodes, len(ledger.entities)),
        ("statements", len(statements), len(ledger.statements)),
        ("triples of the register", len(entries), len(ledger.entries_of)),
    ):
        if number != expected:
            findings.add(GRAPHML, f"another number of {what}", f"{number}, not {expected}")
    findings.checked.append(f"{GRAPHML}: {nodes:,} nodes, {len(statements) + len(entries):,} edges")


def _elements(path: Path) -> Iterator[ET.Element]:
    """The nodes and edges, each forgotten before the next."""
    with path.open("rb") as file:
        parents: list[ET.Element] = []
        # Expat itself stops entities that unfold to more than they should, since its version 2.4.1.
        for event, element in ET.iterparse(file, events=("start", "end")):  # noqa: S314  # a build's own file
            if event == "start":
                parents.append(element)
                continue
            parents.pop()
            if element.tag in (f"{NAMESPACE}node", f"{NAMESPACE}edge"):
                yield element
                if parents:
                    parents[-1].remove(element)
