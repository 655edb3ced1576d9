"""Claims, lines of the register and sources, put into words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from nhskg.lookup.graph import Graph
from nhskg.model import Amount, Claim, ClaimGraph, Document, Entity
from nhskg.register.dates import when_it_held
from nhskg.registered import RegisterEntry

Triple = tuple[str, str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Edge:
    """A triple with all that is to be shown of it."""

    subject: str
    predicate: str
    object: str
    claims: tuple[Claim, ...] = ()
    entries: tuple[RegisterEntry, ...] = ()


def edges_of(claim_graph: ClaimGraph) -> list[Edge]:
    """Gives the triples of a graph, in order, with their claims and lines of the register."""
    claims = {(s.subject, s.predicate, s.object): s.claims for s in claim_graph.statements}
    entries: dict[Triple, list[RegisterEntry]] = {}
    for entry in claim_graph.structure:
        entries.setdefault((entry.subject, entry.predicate, entry.object), []).append(entry)
    return [
        Edge(
            subject=triple[0],
            predicate=triple[1],
            object=triple[2],
            claims=claims.get(triple, ()),
            entries=tuple(entries.get(triple, ())),
        )
        for triple in sorted({*claims, *entries})
    ]


def relation(predicate: str) -> str:
    """Puts a predicate into words.

    >>> relation("works_with")
    'works with'
    """
    return predicate.replace("_", " ")


def triple(graph: Graph, edge: Edge | Claim | RegisterEntry, joined: str = " — {} → ") -> str:
    """Puts a triple into words: "NHS England — funds → Trusts"."""
    between = joined.format(relation(edge.predicate))
    return f"{graph.entity(edge.subject).name}{between}{graph.entity(edge.object).name}"


def sentence(graph: Graph, edge: Edge) -> str:
    """Puts a triple and who says so when into one line."""
    return f"{triple(graph, edge)} [{said(graph, edge)}]"


def said(graph: Graph, edge: Edge) -> str:
    """Puts into words who says so, with what status and when."""
    parts = dict.fromkeys([claim_words(graph, claim) for claim in edge.claims])
    parts.update(dict.fromkeys(entry_words(entry) for entry in edge.entries))
    disputed = any(graph.is_disputed(claim) for claim in edge.claims)
    return ("disputed: " if disputed else "") + "; ".join(parts)


def claim_words(graph: Graph, claim: Claim, *, with_date: bool = True) -> str:
    """Puts the status of a claim into words, with its speaker, date, amount and period."""
    says = f", says {graph.entity(claim.speaker).name}" if claim.speaker else ""
    when = f" {date_words(claim)}" if with_date and claim.published else ""
    parts = [f"{claim.status}{says}{when}"]
    if claim.is_former:
        parts.append("formerly")
    if claim.amount:
        parts.append(amount_words(claim.amount))
    if claim.period:
        parts.append(claim.period.text or when_it_held(claim.predicate, claim.period.start, claim.period.end))
    parts += dict.fromkeys(f"corrected by {correction.by} on {correction.on}" for correction in claim.corrections)
    return ", ".join(parts)


def date_words(what: Claim | Document) -> str:
    """Gives the date of a document or of a claim in it, and says if nobody states it.

    >>> date_words(Document(id="a", text="", published=date(2016, 5, 1), found=(("published", "guessed from the register"),)))
    '2016-05-01 (guessed)'
    """
    return f"{what.published or ''}{' (guessed)' if what.is_date_guessed else ''}"


def amount_words(amount: Amount) -> str:
    """Puts an amount into words.

    >>> amount_words(Amount(text="£2m", value=2e6, bound="up to", per="year"))
    'up to £2m a year'
    """
    more = "a further " if amount.is_additional and "further" not in amount.text else ""
    bound = f"{amount.bound} " if amount.bound and amount.bound not in amount.text else ""
    per = f" a {amount.per}" if amount.per and amount.per not in amount.text else ""
    return f"{bound}{more}{amount.text}{per}"


def entry_words(entry: RegisterEntry) -> str:
    """Puts into words that the register says so, of which post, and when it held."""
    when = when_it_held(entry.predicate, entry.start, entry.end)
    return ", ".join(filter(None, ("register", entry.post, when)))


def entity_words(entity: Entity) -> str:
    """Says who or what an entity is: "NHS Kernow CCG (organisation, ODS 11N)"."""
    code = f", ODS {entity.ods_code}" if entity.ods_code else ""
    return f"{entity.name} ({entity.kind}{code})"


def quote(text: str) -> str:
    """Gives words in quotation marks, on one line."""
    return f"“{' '.join(text.split())}”"


def source(document: Document) -> str:
    """Says where words stand, as one cites it: title, source, date, address."""
    date_ = f"{day(document.published)}{' (guessed)' if document.is_date_guessed else ''}"
    parts = (document.title or document.id, document.source, date_, document.url)
    return ", ".join(filter(None, parts))


def day(when: date | None) -> str:
    """Gives a date as one writes it in prose.

    >>> day(date(2022, 11, 4))
    '4 November 2022'
    """
    return f"{when.day} {MONTHS[when.month - 1]} {when.year}" if when else ""


# Not from the locale, so that the same build gives the same words everywhere.
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"
)  # fmt: skip


def cited(graph: Graph, claims: Iterable[Claim]) -> list[str]:
    """Gives the quotations behind claims, each once, with their sources."""
    return list(
        dict.fromkeys(
            f"{quote(claim.evidence.span.exact)} ({source(graph.document(claim.evidence.document))})"
            for claim in claims
        )
    )


def counted(number: int, one: str, several: str = "") -> str:
    """Gives a number with its noun.

    >>> counted(1, "claim"), counted(1200, "body", "bodies")
    ('1 claim', '1,200 bodies')
    """
    return f"{number:,} {one if number == 1 else several or one + 's'}"


def listed(words: Sequence[str]) -> str:
    """Gives words as a list in prose.

    >>> listed(["a", "b", "c"])
    'a, b and c'
    """
    return " and ".join(filter(None, (", ".join(words[:-1]), words[-1]))) if words else ""
