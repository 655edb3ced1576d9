"""Writes the look-up index of a build from its JSON Lines files. The same files give the same bytes with the same SQLite."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping
from importlib.resources import files
from pathlib import Path
from typing import Any

from nhskg.errors import InputError
from nhskg.export import jsonl
from nhskg.finding import name_key
from nhskg.lookup.centrality import write_centrality
from nhskg.lookup.format import APPLICATION, FORMAT, INDEX
from nhskg.model import GUESSED, Status
from nhskg.ontology import load_predicates
from nhskg.register.tables import BODIES, NAMES, PROGRAMMES, Tables

OLDEST_SQLITE = (3, 34, 0)  # from which on names can be found by groups of three letters

STAGES = """
CREATE TEMP TABLE staged (
    id TEXT, document INTEGER, subject INTEGER, predicate TEXT, object INTEGER, status TEXT, speaker INTEGER,
    evidence TEXT, start INTEGER, "end" INTEGER, published TEXT, period TEXT, valid_from TEXT, valid_to TEXT,
    former INTEGER, disputed INTEGER, amount TEXT, confidence REAL, mention TEXT, rule TEXT, corrections TEXT
);
"""
FILL = """
INSERT INTO quotation (document, start, "end", text)
    SELECT document, start, "end", evidence FROM staged GROUP BY document, start, "end" ORDER BY document, start, "end";
CREATE UNIQUE INDEX temp.place ON staged (document, start, id);
INSERT INTO statement (subject, predicate, object, claims, statuses, disputed, first, last)
    SELECT subject, predicate, object, count(*), {statuses}, max(disputed), min(published), max(published) FROM staged
    GROUP BY subject, predicate, object ORDER BY subject, predicate, object;
CREATE UNIQUE INDEX triple ON statement (subject, predicate, object);
CREATE UNIQUE INDEX quoted ON quotation (document, start, "end");
INSERT INTO claim (id, statement, predicate, status, speaker, quotation, published, period, valid_from, valid_to, moment,
        former, disputed, amount, confidence, mention, rule, corrections)
    SELECT staged.id, s.number, predicate, status, speaker, q.number, published, period, valid_from, valid_to,
        coalesce(valid_from, valid_to, published), former,
        staged.disputed, amount, confidence, mention, rule, corrections
    FROM staged
    JOIN statement s USING (subject, predicate, object)
    JOIN quotation q USING (document, start, "end")
    ORDER BY document, start, staged.id;
DROP INDEX triple;
DROP INDEX quoted;
INSERT INTO claim_count
    SELECT subject, 1, predicate, status, count(*) FROM staged GROUP BY subject, predicate, status ORDER BY 1, 3, 4;
INSERT INTO claim_count
    SELECT object, 0, predicate, status, count(*) FROM staged WHERE object != subject
    GROUP BY object, predicate, status ORDER BY 1, 3, 4;
CREATE TEMP TABLE part AS
    SELECT subject AS entity, document, published FROM staged
    UNION ALL SELECT object, document, published FROM staged WHERE object != subject;
UPDATE entity SET claims = c.claims, documents = c.documents, first = c.first, last = c.last
    FROM (
        SELECT entity, count(*) AS claims, count(DISTINCT document) AS documents, min(published) AS first,
            max(published) AS last
        FROM part GROUP BY entity
    ) AS c WHERE c.entity = entity.number;
DROP TABLE temp.part;
DROP TABLE temp.staged;
INSERT INTO total SELECT 'documents', '', count(*) FROM document;
INSERT INTO total SELECT 'statements', '', count(*) FROM statement;
INSERT INTO total SELECT 'disputed', '', count(*) FROM statement WHERE disputed;
INSERT INTO total SELECT 'claims', predicate, count(*) FROM claim GROUP BY predicate;
INSERT INTO total SELECT 'statuses', status, count(*) FROM claim GROUP BY status;
INSERT INTO total SELECT 'entities', kind, count(*) FROM entity WHERE mentioned GROUP BY kind;
INSERT INTO total SELECT 'context', kind, count(*) FROM entity WHERE NOT mentioned GROUP BY kind;
INSERT INTO total SELECT 'structure', predicate, count(*) FROM entry GROUP BY predicate;
"""
ANSWERS = """
UPDATE claim SET answer = (
    SELECT a.number FROM claim a
    WHERE a.statement = claim.statement AND a.status IN ('asserted', 'negated') AND a.published > claim.published
    ORDER BY a.number LIMIT 1
) WHERE status = 'planned';
"""
WORDS = "".join(
    f"INSERT INTO {table} ({table}) VALUES ('rebuild'); INSERT INTO {table} ({table}) VALUES ('optimize');\n"
    for table in ("name_words", "name_pieces", "quotation_words")
)


def write_index(folder: Path, tables: Tables, path: Path | None = None) -> None:
    """Writes the look-up index of a build.

    Args:
        folder: where the JSON Lines files are.
        tables: the register that the build used; it has the lives and the earlier names of bodies.
        path: the file to write; by default ``graph.sqlite`` beside the JSON Lines files.

    Raises:
        InputError: if one of the files is missing or damaged, or Python has too old an SQLite.
    """
    if sqlite3.sqlite_version_info < OLDEST_SQLITE:
        needed = ".".join(map(str, OLDEST_SQLITE))
        raise InputError(
            f"this Python has SQLite {sqlite3.sqlite_version}; nhskg needs {needed} or later: use a newer Python"
        )
    path = path or folder / INDEX
    path.unlink(missing_ok=True)
    connection = sqlite3.connect(path)
    try:
        # Nothing needs to be undone: a build that fails throws the whole file away.
        connection.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -65536;")
        connection.executescript(f"PRAGMA application_id = {APPLICATION}; PRAGMA user_version = {FORMAT};")
        connection.executescript(_sql("schema.sql"))
        documents = _write_documents(connection, folder)
        entities = _write_entities(connection, folder, tables)
        _write_entries(connection, folder, entities)
        _write_claims(connection, folder, documents, entities)
        connection.executemany(
            "INSERT INTO relation VALUES (?, ?, ?)",
            [(p.name, p.label, p.inverse_label) for p in load_predicates().values()],
        )
        connection.executescript(_sql("indexes.sql") + ANSWERS)
        write_centrality(connection)
        connection.executescript(WORDS + "ANALYZE;")
        connection.commit()
    finally:
        connection.close()


def _sql(file: str) -> str:
    return files("nhskg.lookup").joinpath(file).read_text(encoding="utf-8")


def _write_documents(connection: sqlite3.Connection, folder: Path) -> dict[str, int]:
    """Writes the documents in order of date, and gives their numbers."""
    order = sorted((row["published"] or "", row["document"]) for row in jsonl.read_rows(folder / jsonl.DOCUMENTS))
    numbers = {identifier: number for number, (_, identifier) in enumerate(order, start=1)}
    connection.executemany(
        f"INSERT INTO document VALUES ({', '.join('?' * 12)})",
        (
            (
                numbers[row["document"]],
                row["document"],
                row["title"],
                row["published"],
                row["found"].get("published", "").startswith(GUESSED),
                row["author"],
                row["source"],
                row["url"],
                *(json.dumps(row[key], ensure_ascii=False) for key in ("found", "pages", "copies")),
                row["text"],
            )
            for row in jsonl.read_rows(folder / jsonl.DOCUMENTS)
        ),
    )
    return numbers


def _write_entities(connection: sqlite3.Connection, folder: Path, tables: Tables) -> dict[str, int]:
    """Writes the entities, what they may be called and how long they lived, and gives their numbers."""
    rows: dict[str, dict[str, Any]] = {}
    names: dict[str, dict[str, str]] = {}
    for row in jsonl.read_rows(folder / jsonl.ENTITIES):
        rows.setdefault(row["id"], row)
        for name in (*_names(row), *_own_mentions(row)):
            names.setdefault(row["id"], {}).setdefault(name_key(name), name)
    mentioned = set(rows)
    # A name that documents use means what they mention, whatever else the register calls so.
    taken = {key for keys in names.values() for key in keys}
    for row in jsonl.read_rows(folder / jsonl.CONTEXT):
        rows.setdefault(row["id"], row)
        names[row["id"]] = {key: name for name in _names(row) if (key := name_key(name)) not in taken}
    for row in tables.get(NAMES, []):
        if row["id"] in rows and (key := name_key(row["name"])) not in taken:
            names[row["id"]].setdefault(key, row["name"])
    numbers = {identifier: number for number, identifier in enumerate(sorted(rows), start=1)}
    connection.executemany(
        "INSERT INTO entity (id, name, kind, ods_code, registered, mentioned, aliases, candidates, corrections) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (_entity(rows[identifier], identifier in mentioned) for identifier in numbers),
    )
    connection.executemany(
        "INSERT INTO name (key, name, entity) VALUES (?, ?, ?)",
        ((key, name, number) for identifier, number in numbers.items() for key, name in names[identifier].items()),
    )
    connection.executemany("INSERT INTO life VALUES (?, ?, ?, ?)", _lives(numbers, tables))
    connection.executemany(
        "INSERT INTO earlier_name VALUES (?, ?, ?, ?)",
        (
            (numbers[row["id"]], row["name"], row["from"], row["to"])
            for row in tables.get(NAMES, [])
            if row["id"] in numbers
        ),
    )
    return numbers


def _names(row: Mapping[str, Any]) -> list[str]:
    return [name for name in (row["name"], row["id"], row["ods_code"], *row["aliases"]) if name]


def _own_mentions(row: Mapping[str, Any]) -> list[str]:
    """The mentions that are names; "the agency" means something else in every document."""
    return [mention for mention in row["mentions"] if any(c.isupper() for c in mention[1:]) or row["kind"] == "group"]


def _entity(row: Mapping[str, Any], mentioned: bool) -> tuple[object, ...]:
    lists = (json.dumps(row.get(key, []), ensure_ascii=False) for key in ("aliases", "candidates"))
    return row["id"], row["name"], row["kind"], row["ods_code"], row["registered"], mentioned, *lists, _corrections(row)


def _corrections(row: Mapping[str, Any]) -> str | None:
    return json.dumps(row["corrections"], ensure_ascii=False) if row.get("corrections") else None


def _lives(numbers: Mapping[str, int], tables: Tables) -> Iterator[tuple[object, ...]]:
    for file in (BODIES, PROGRAMMES):
        for row in tables.get(file, []):
            if row["id"] in numbers:
                yield numbers[row["id"]], row["kind"], row["opened"], row["closed"]


def _write_entries(connection: sqlite3.Connection, folder: Path, entities: Mapping[str, int]) -> None:
    connection.executemany(
        "INSERT INTO entry VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            (
                number,
                entities[row["subject"]],
                row["predicate"],
                entities[row["object"]],
                row["post"],
                row["valid_from"] or "",
                row["valid_to"] or "",
                row["note"],
                row["source"],
                row["file"],
                row["line"],
            )
            for number, row in enumerate(jsonl.read_rows(folder / jsonl.STRUCTURE), start=1)
        ),
    )


def _write_claims(
    connection: sqlite3.Connection, folder: Path, documents: Mapping[str, int], entities: Mapping[str, int]
) -> None:
    connection.executescript(STAGES)
    places = ", ".join("?" * 21)
    connection.executemany(
        f"INSERT INTO staged VALUES ({places})",
        (
            (
                row["id"],
                documents[row["document"]],
                entities[row["subject"]],
                row["predicate"],
                entities[row["object"]],
                row["status"],
                entities[row["speaker"]] if row["speaker"] else None,
                row["evidence"],
                row["start"],
                row["end"],
                row["published"],
                row["period"],
                row["valid_from"],
                row["valid_to"],
                row["former"],
                row["disputed"],
                json.dumps(row["amount"], ensure_ascii=False) if row["amount"] else None,
                row["confidence"],
                row["mention"],
                row["rule"],
                _corrections(row),
            )
            for row in jsonl.read_rows(folder / jsonl.CLAIMS)
        ),
    )
    connection.commit()
    statuses = " + ".join(f"max(status = '{status}') * {1 << bit}" for bit, status in enumerate(Status))
    connection.executescript(FILL.format(statuses=statuses))
