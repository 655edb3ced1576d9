"""What the page knows, as columns that JSON can hold: each list has one value for each entity, statement, claim or entry.

There are two parts. ``graph_columns`` is all that drawing, searching and filtering need; ``word_columns`` has the words,
which are most of the bytes and are unpacked after the first picture. Entities, documents and statements are numbers:
their places in the lists.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from itertools import islice
from urllib.parse import urlsplit

from nhskg.export.lines import LINES, Link, line_of
from nhskg.export.marks import Mentions, marks_of
from nhskg.model import Amount, ClaimGraph, Entity, Kind, Period
from nhskg.register.dates import period
from nhskg.structure import in_words

KINDS = list(Kind)
LINE_NUMBERS = {name: number for number, name in enumerate(LINES)}


def graph_columns(claim_graph: ClaimGraph, links: Sequence[Link], groups: Sequence[Sequence[str]]) -> dict[str, object]:
    """Gives entities, documents, statements with the figures of their claims, register entries with their dates."""
    entities = entities_of(claim_graph)
    numbers = {entity.id: number for number, entity in enumerate(entities)}
    documents = {document.id: number for number, document in enumerate(claim_graph.documents)}
    relations = sorted({link.predicate for link in links})
    claims = [claim for link in links for claim in link.claims]
    entries = [entry for link in links for entry in link.entries]
    disputed = {claim.id for statement in claim_graph.statements for claim in statement.disputed}
    bodies = {body.id: body for body in claim_graph.bodies}
    community = {identifier: number for number, group in enumerate(groups) for identifier in group}
    return {
        "kinds": [kind.value for kind in KINDS],
        "lines": list(LINES),
        "meanings": [line.meaning for line in LINES.values()],
        "dashes": [list(line.dashes) for line in LINES.values()],
        "relations": [relation.replace("_", " ") for relation in relations],
        "communities": _names(groups, links, entities),
        "entities": {
            "id": [entity.id for entity in entities],
            "name": [entity.name for entity in entities],
            "kind": [KINDS.index(entity.kind) for entity in entities],
            "aliases": [list(entity.aliases) for entity in entities],
            "ods": [entity.ods_code for entity in entities],
            "registered": [int(entity.registered) for entity in entities],
            "candidates": [list(entity.candidates) for entity in entities],
            "mentioned": [1] * len(claim_graph.entities) + [0] * len(claim_graph.context),
            "body": [bodies[e.id].kind.replace("_", " ") if e.id in bodies else "" for e in entities],
            "opened": [bodies[e.id].opened if e.id in bodies else "" for e in entities],
            "closed": [bodies[e.id].closed if e.id in bodies else "" for e in entities],
            "community": [community.get(entity.id, -1) for entity in entities],
        },
        "documents": {
            "id": [document.id for document in claim_graph.documents],
            "title": [document.title or document.id for document in claim_graph.documents],
            "source": [document.source for document in claim_graph.documents],
            "date": [_iso(document.published) for document in claim_graph.documents],
            "guessed": [int(document.is_date_guessed) for document in claim_graph.documents],
            "url": [web_address(document.url) for document in claim_graph.documents],
        },
        "statements": {
            "subject": [numbers[link.subject] for link in links],
            "relation": [relations.index(link.predicate) for link in links],
            "object": [numbers[link.object] for link in links],
            "claims": [len(link.claims) for link in links],
            "entries": [len(link.entries) for link in links],
        },
        "claims": {
            "line": [LINE_NUMBERS[line_of(claim)] for claim in claims],
            "speaker": [numbers.get(claim.speaker, -1) if claim.speaker else -1 for claim in claims],
            "document": [documents.get(claim.evidence.document, -1) for claim in claims],
            "date": [_iso(claim.published) for claim in claims],
            "disputed": [int(claim.id in disputed) for claim in claims],
            "confidence": [round(claim.confidence, 2) for claim in claims],
        },
        "entries": {
            "start": [entry.start for entry in entries],
            "end": [entry.end for entry in entries],
            "post": [entry.post for entry in entries],
        },
    }


def word_columns(claim_graph: ClaimGraph, links: Sequence[Link], mentions: Mentions) -> dict[str, object]:
    """Gives the sentences, each once, with what is to be highlighted in them, and the words of the register."""
    entities = {entity.id: entity for entity in entities_of(claim_graph)}
    claims = [claim for link in links for claim in link.claims]
    entries = [entry for link in links for entry in link.entries]
    once = dict.fromkeys(claim.evidence.span.exact for claim in claims)
    sentences = {sentence: number for number, sentence in enumerate(once)}
    return {
        "sentences": list(sentences),
        "claims": {
            "id": [claim.id for claim in claims],
            "sentence": [sentences[claim.evidence.span.exact] for claim in claims],
            "start": [claim.evidence.span.start for claim in claims],
            "marks": [marks_of(claim, entities, mentions) for claim in claims],
            "amount": [amount_in_words(claim.amount) for claim in claims],
            "period": [period_in_words(claim.period) for claim in claims],
            "former": [int(claim.is_former) for claim in claims],
            "corrected": [". ".join(correction.line for correction in claim.corrections) for claim in claims],
        },
        "entries": {
            "words": [in_words(entry) or "undated" for entry in entries],
            "note": [entry.note for entry in entries],
            "source": [f"{entry.source} ({entry.file}, line {entry.line})" for entry in entries],
        },
    }


def entities_of(claim_graph: ClaimGraph) -> tuple[Entity, ...]:
    """Gives the entities in the order of their numbers: those of documents, then those that only the register brings."""
    return claim_graph.entities + claim_graph.context


def plain_rows(claim_graph: ClaimGraph, most: int) -> list[tuple[str, ...]]:
    """Gives the first claims as rows of a table, for browsers that run no scripts."""
    names = {entity.id: entity.name for entity in entities_of(claim_graph)}
    titles = {document.id: document.title or document.id for document in claim_graph.documents}
    claims = (claim for statement in claim_graph.statements for claim in statement.claims)
    return [
        (
            names[claim.subject],
            claim.predicate.replace("_", " "),
            names[claim.object],
            LINES[line_of(claim)].meaning,
            names.get(claim.speaker or "", ""),
            _iso(claim.published),
            claim.evidence.span.exact,
            titles.get(claim.evidence.document, ""),
        )
        for claim in islice(claims, most)
    ]


def _names(groups: Sequence[Sequence[str]], links: Sequence[Link], entities: Sequence[Entity]) -> list[str]:
    """Names each community by its three most linked members."""
    degree = Counter(end for link in links for end in {link.subject, link.object})
    names = {entity.id: entity.name for entity in entities}
    return [", ".join(names[i] for i in sorted(group, key=lambda i: (-degree[i], i))[:3]) for group in groups]


def amount_in_words(amount: Amount | None) -> str:
    """Says what an amount is: the words, their value, and how they are meant.

    >>> amount_in_words(Amount(text="a further £37m", value=37e6, bound="up to", per="year", is_additional=True))
    'a further £37m (up to 37,000,000 GBP more a year)'
    """
    if not amount:
        return ""
    value = f"{amount.value:,.0f}" if amount.maximum is None else f"{amount.value:,.0f} to {amount.maximum:,.0f}"
    more, rate = " more" if amount.is_additional else "", f" a {amount.per}" if amount.per else ""
    return f"{amount.text} ({f'{amount.bound} '.lstrip()}{value} {amount.currency}{more}{rate})"


def period_in_words(told: Period | None) -> str:
    """Says when a claim holds: the words, and what they mean.

    >>> period_in_words(Period(text="since April 2019", start="2019-04"))
    'since April 2019 (from 2019-04)'
    """
    meaning = period(told.start, told.end) if told else ""
    return f"{told.text} ({meaning})" if told and meaning else told.text if told else ""


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""


def web_address(url: str) -> str:
    """Gives the address back if it is one of the web, so that no link can run a script or open a file.

    >>> web_address("https://example.org/a"), web_address("javascript:alert(1)"), web_address("file:///etc/passwd")
    ('https://example.org/a', '', '')
    """
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    return url if parts.scheme in {"http", "https"} and parts.netloc else ""
