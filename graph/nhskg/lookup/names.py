"""Which entity or relation of a build is meant by what somebody typed."""

from __future__ import annotations

import re
import string
from collections.abc import Iterator
from itertools import accumulate, chain

from nhskg.finding import NEAREST, ambiguous, name_key, nearest, not_found
from nhskg.lookup.index import Index, Row

WORD = re.compile(r"\w+")
SHORT = 12
"""Up to so many letters, a slip is sought by trying all that are one letter off."""
COMMON = 20_000
"""A name's rarest groups of three letters are what candidates are sought by, as long as no more names have them."""
CANDIDATES = 200
WHERE = "the graph"


def find_entity(index: Index, name: str) -> int:
    """Gives the number of the entity that a name, alias, ODS code or id means.

    Raises:
        NotFound: if none has that name; the message has the nearest ones.
        Ambiguous: if several have; the message lists them.
    """
    key = name_key(name)
    found = index.value("SELECT number FROM entity WHERE id = ?", (name,))
    if found:
        return int(found)
    rows = list(
        index.rows(
            "SELECT e.number, e.id, e.name, e.kind, e.claims, coalesce(l.opened, ''), coalesce(l.closed, '') "
            "FROM name JOIN entity e ON e.number = name.entity LEFT JOIN life l ON l.entity = e.number "
            "WHERE name.key = ? ORDER BY e.claims DESC, e.id",
            (key,),
        )
    )
    if not rows:
        raise not_found(name, WHERE, near_names(index, key))
    if len(rows) > 1:
        named = [row for row in rows if name_key(row[2]) == key]
        rows = named if len(named) == 1 else rows
    if len(rows) > 1:
        raise ambiguous(name, (_choice(row) for row in rows))
    return int(rows[0][0])


def _choice(row: tuple[str, ...]) -> str:
    _, identifier, name, kind, claims, opened, closed = row
    life = f", {opened or '?'} to {closed}" if closed else f", from {opened}" if opened else ""
    return f"{name} ({identifier}): {kind}{life}, {claims} claim{'' if str(claims) == '1' else 's'}"


def near_names(index: Index, key: str) -> list[str]:
    """Gives the names of entities that have all the words of something, then those that are spelt much like it."""
    found = dict.fromkeys(_with_words(index, key))
    keys = {row[0] for row in chain(_one_letter_off(index, key), _by_pieces(index, key))}
    for near in nearest(key, sorted(keys)):
        for name, called in index.rows(
            "SELECT e.name, name.name FROM name JOIN entity e ON e.number = name.entity WHERE key = ? "
            "ORDER BY e.claims DESC, e.id",
            (near,),
        ):
            if name not in found:
                found[name if name_key(name) == near else f"{name} ({called})"] = None
    return list(found)


def find_document(index: Index, identifier: str) -> int:
    """Gives the number of the document with an id.

    Raises:
        NotFound: if there is none; the message has the nearest ones.
    """
    number = index.value("SELECT number FROM document WHERE id = ?", (identifier,))
    if number is None:
        ids = [row[0] for row in index.rows("SELECT id FROM document")]
        holding = [known for known in ids if identifier.lower() in known.lower()]
        raise not_found(identifier, "the documents", holding or nearest(identifier, ids))
    return int(number)


def find_relation(index: Index, words: str) -> str:
    """Gives the predicate that is called so: ``works_with``, "works with".

    Raises:
        NotFound: if there is none; the message has the nearest ones.
    """
    labels = {
        name_key(known): name
        for name, label in index.rows("SELECT name, label FROM relation ORDER BY name")
        for known in (name, name.replace("_", " "), label)
    }
    key = name_key(words)
    if key not in labels:
        raise not_found(words, "the relations", (labels[near] for near in nearest(key, labels)))
    return str(labels[key])


def _with_words(index: Index, key: str) -> Iterator[str]:
    words = WORD.findall(key)
    if words:
        rows = index.rows(
            "SELECT e.name FROM name_words JOIN name ON name.number = name_words.rowid "
            "JOIN entity e ON e.number = name.entity WHERE name_words MATCH ? ORDER BY e.claims DESC, e.id LIMIT ?",
            (" ".join(f'"{word}"' for word in words), NEAREST),
        )
        yield from (row[0] for row in rows)


def _one_letter_off(index: Index, key: str) -> Iterator[Row]:
    if len(key) > SHORT:
        return
    letters = string.ascii_lowercase + string.digits + " -'"
    cuts = [(key[:i], key[i:]) for i in range(len(key) + 1)]
    tries = {
        *(a + b[1:] for a, b in cuts if b),
        *(a + b[1] + b[0] + b[2:] for a, b in cuts if len(b) > 1),
        *(a + c + b[1:] for a, b in cuts if b for c in letters),
        *(a + c + b for a, b in cuts for c in letters),
    }
    for attempt in sorted(tries):
        yield from index.rows("SELECT DISTINCT key FROM name WHERE key = ?", (attempt,))


def _by_pieces(index: Index, key: str) -> Iterator[Row]:
    """Names that share some of the rarest groups of three letters."""
    pieces = sorted({key[i : i + 3] for i in range(len(key) - 2)})
    index.connection.execute(
        "CREATE VIRTUAL TABLE IF NOT EXISTS temp.piece_counts USING fts5vocab('main', 'name_pieces', 'row')"
    )
    counts = [
        (row[0], piece)
        for piece in pieces
        for row in index.rows("SELECT doc FROM temp.piece_counts WHERE term = ?", (piece,))
    ]
    known = accumulate(sorted(counts), lambda before, this: (before[0] + this[0], this[1]))
    rare = [piece for total, piece in known if total <= COMMON]
    if rare:
        wanted = " OR ".join('"' + piece.replace('"', '""') + '"' for piece in rare)
        yield from index.rows(
            "SELECT DISTINCT name.key FROM name_pieces JOIN name ON name.number = name_pieces.rowid "
            "WHERE name_pieces MATCH ? ORDER BY name_pieces.rank, name.key LIMIT ?",
            (wanted, CANDIDATES),
        )
