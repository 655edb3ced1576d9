"""What changed from one build to the next."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from operator import attrgetter

from nhskg.lookup import load
from nhskg.lookup.format import STATUS_BITS
from nhskg.lookup.index import Index
from nhskg.model import Claim, Document, Entity, Status
from nhskg.registered import RegisterEntry

PAIRED = "ATTACH DATABASE ? AS old"


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """A triple whose claims have other statuses than before.

    Attributes:
        before, now: the statuses, in order.
        is_disputed: whether claims on it contradict each other now.
        claims: the claims that are new.
    """

    subject: str
    predicate: str
    object: str
    before: tuple[Status, ...]
    now: tuple[Status, ...]
    is_disputed: bool
    claims: tuple[Claim, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """What the newer build has that the older had not, and the other way round.

    A claim is the same if document, triple, status and speaker are: a text in which something was inserted before it does not
    make it new.

    Attributes:
        turns: triples that both have, with other statuses now: a plan that came true, a claim now denied.
    """

    documents_added: tuple[Document, ...]
    documents_removed: tuple[Document, ...]
    documents_changed: tuple[Document, ...]
    entities_added: tuple[Entity, ...]
    entities_removed: tuple[Entity, ...]
    claims_added: tuple[Claim, ...]
    claims_removed: tuple[Claim, ...]
    turns: tuple[Turn, ...]
    structure_added: tuple[RegisterEntry, ...]
    structure_removed: tuple[RegisterEntry, ...]

    @property
    def is_empty(self) -> bool:
        return not any(getattr(self, field) for field in self.__slots__)


def difference(old: Index, new: Index) -> Difference:
    """Gives what changed between two builds."""
    gone, come = _claims(old, new), _claims(new, old)
    still = {_key(claim) for claim in gone} & {_key(claim) for claim in come}
    added = tuple(claim for claim in come if _key(claim) not in still)
    removed = tuple(claim for claim in gone if _key(claim) not in still)
    changed = {
        row[0]
        for row in _across(
            new, old, "SELECT n.id FROM document n JOIN old.document o USING (id) WHERE n.text != o.text"
        )
    }
    return Difference(
        documents_added=tuple(_documents(new, _only(new, old, "document"))),
        documents_removed=tuple(_documents(old, _only(old, new, "document"))),
        documents_changed=tuple(_documents(new, changed)),
        entities_added=tuple(_entities(new, _only(new, old, "entity"))),
        entities_removed=tuple(_entities(old, _only(old, new, "entity"))),
        claims_added=added,
        claims_removed=removed,
        turns=tuple(_turns(old, new, added)),
        structure_added=tuple(_structure(new, old)),
        structure_removed=tuple(_structure(old, new)),
    )


def _key(claim: Claim) -> tuple[str, str, str, str, Status, str | None]:
    return claim.evidence.document, claim.subject, claim.predicate, claim.object, claim.status, claim.speaker


def _across(index: Index, other: Index, sql: str) -> Iterator[tuple[str, ...]]:
    """Gives the rows of a query over an index and another one, which it calls ``old``."""
    attached = {row[1] for row in index.rows("PRAGMA database_list")}
    if "old" not in attached:
        index.connection.execute(PAIRED, (f"{other.path.absolute().as_uri()}?mode=ro&immutable=1",))
    yield from index.rows(sql)


def _only(index: Index, other: Index, table: str) -> list[str]:
    """The ids that a table has in one index and not in another; of entities, those that documents mention."""
    mentioned = " WHERE mentioned" if table == "entity" else ""
    sql = f"SELECT id FROM main.{table}{mentioned} EXCEPT SELECT id FROM old.{table}{mentioned} ORDER BY id"
    return [row[0] for row in _across(index, other, sql)]


def _claims(index: Index, other: Index) -> list[Claim]:
    ids = _across(index, other, "SELECT id FROM main.claim EXCEPT SELECT id FROM old.claim")
    found = [claim for (identifier,) in ids for claim in load.claims(index, "claim.id = ?", (identifier,))]
    return sorted(found, key=lambda c: (str(c.published or ""), c.evidence.document, c.evidence.span.start, c.id))


def _documents(index: Index, ids: set[str] | list[str]) -> Iterator[Document]:
    for identifier in sorted(ids):
        yield from map(load.document, index.rows(f"{load.DOCUMENT} WHERE id = ?", (identifier,)))


def _entities(index: Index, ids: list[str]) -> list[Entity]:
    found = [load.entity(row) for i in ids for row in index.rows(f"{load.ENTITY} WHERE id = ?", (i,))]
    return sorted(found, key=attrgetter("kind", "name", "id"))


def _structure(index: Index, other: Index) -> Iterator[RegisterEntry]:
    parts = 's.id, predicate, o.id, post, start, "end"'
    joined = "JOIN {0}.entity s ON s.number = subject JOIN {0}.entity o ON o.number = object"
    sql = f"SELECT {parts} FROM {{0}}.entry {joined}"
    only = set(_across(index, other, f"{sql.format('main')} EXCEPT {sql.format('old')}"))
    if only:
        for entry in load.entries(index, "1"):
            if (entry.subject, entry.predicate, entry.object, entry.post, entry.start, entry.end) in only:
                yield entry


def _turns(old: Index, new: Index, added: tuple[Claim, ...]) -> Iterator[Turn]:
    by_triple: dict[tuple[str, str, str], list[Claim]] = {}
    for claim in added:
        by_triple.setdefault((claim.subject, claim.predicate, claim.object), []).append(claim)
    for triple, claims in sorted(by_triple.items()):
        (before, _), (now, is_disputed) = _standing(old, triple), _standing(new, triple)
        if before and before != now:
            yield Turn(
                subject=triple[0],
                predicate=triple[1],
                object=triple[2],
                before=before,
                now=now,
                is_disputed=is_disputed,
                claims=tuple(claims),
            )


def _standing(index: Index, triple: tuple[str, str, str]) -> tuple[tuple[Status, ...], bool]:
    """The statuses that the claims on a triple have, and whether they contradict each other."""
    bits, disputed = index.row(
        "SELECT statuses, disputed FROM statement WHERE subject = (SELECT number FROM entity WHERE id = ?) "
        "AND predicate = ? AND object = (SELECT number FROM entity WHERE id = ?)",
        triple,
    ) or (0, 0)
    return tuple(status for status in Status if bits & STATUS_BITS[status]), bool(disputed)
