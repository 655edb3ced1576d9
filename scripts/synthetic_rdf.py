"""A graph of claims of any size, made up: the pattern of ours, for measuring. Nothing in it is a fact."""

from __future__ import annotations

import random
from datetime import date, timedelta

from nhskg.model import Amount, Claim, ClaimGraph, Document, Entity, Evidence, Kind, Statement, Status, TextSpan
from nhskg.ontology import load_body_classes, load_predicates
from nhskg.registered import RegisterBody, RegisterEntry

TRIPLES_A_CLAIM = 20.2  # measured: a claim, its quotation, its share of statements, entities and documents
CLAIMS_A_DOCUMENT = 25
CLAIMS_AN_ENTITY = 8
STATUSES = [Status.ASSERTED] * 12 + [Status.PLANNED] * 3 + [Status.ALLEGED, Status.NEGATED, Status.HYPOTHETICAL]
WORDS = [
    "the",
    "board",
    "of",
    "which",
    "trusts",
    "said",
    "that",
    "plans",
    "for",
    "winter",
    "were",
    "to",
    "be",
    "paid",
    "from",
    "a",
    "fund",
    "in",
    "the",
    "spring",
]


def make_graph(triples: int, seed: int = 0) -> ClaimGraph:
    """Gives a graph of about so many triples; some bodies come up much more often than others, as in real texts."""
    chance = random.Random(seed)
    claims = max(int(triples / TRIPLES_A_CLAIM), 10)
    bodies = [f"ods-{number:05}" for number in range(max(claims // CLAIMS_AN_ENTITY, 6))]
    people = [f"person-{number:05}" for number in range(len(bodies) // 4 + 2)]
    documents = [
        Document(
            id=f"paper-{number:06}",
            text="",
            title=f"Paper {number}",
            published=date(2010, 1, 1) + timedelta(days=chance.randrange(5_000)),
            source="Made up",
            url=f"https://example.org/{number}",
        )
        for number in range(claims // CLAIMS_A_DOCUMENT + 1)
    ]
    return ClaimGraph(
        documents=tuple(documents),
        entities=tuple(_entities(bodies, people)),
        statements=_statements(chance, claims, documents, bodies, people),
        structure=tuple(_structure(chance, bodies, people)),
        bodies=tuple(
            RegisterBody(id=body, kind=kind, opened="2013-04-01", source="made up")
            for body, kind in zip(bodies, sorted(load_body_classes()) * len(bodies), strict=False)
        ),
    )


def _entities(bodies: list[str], people: list[str]) -> list[Entity]:
    entities = [
        Entity(
            id=body,
            kind=Kind.ORGANISATION,
            name=f"Body {body[4:]} NHS Trust",
            aliases=(f"Body {body[4:]}", f"B{body[4:]}"),
            ods_code=body[4:],
            registered=True,
        )
        for body in bodies
    ]
    entities += [Entity(id=person, kind=Kind.PERSON, name=f"Person {person[7:]}") for person in people]
    return sorted(entities, key=lambda entity: entity.id)


def _statements(
    chance: random.Random, claims: int, documents: list[Document], bodies: list[str], people: list[str]
) -> tuple[Statement, ...]:
    predicates = sorted(load_predicates())
    grouped: dict[tuple[str, str, str], list[Claim]] = {}
    for number in range(claims):
        document = documents[number // CLAIMS_A_DOCUMENT]
        subject = _often_the_same(chance, bodies if chance.random() < 0.8 else people)
        predicate = chance.choice(predicates)
        object_ = _often_the_same(chance, bodies)
        start = number % CLAIMS_A_DOCUMENT * 200
        quote = " ".join(chance.choices(WORDS, k=25))
        claim = Claim(
            subject=subject,
            predicate=predicate,
            object=object_,
            status=chance.choice(STATUSES),
            speaker=_often_the_same(chance, people) if chance.random() < 0.25 else None,
            evidence=Evidence(
                document=document.id, span=TextSpan(start, start + len(quote), quote), rule=f"{predicate}/verb/1"
            ),
            confidence=0.75,
            published=document.published,
            amount=Amount(text=f"£{number % 90 + 1}m", value=(number % 90 + 1) * 1e6)
            if chance.random() < 0.1
            else None,
        )
        grouped.setdefault((subject, predicate, object_), []).append(claim)
    return tuple(
        Statement(subject=s, predicate=p, object=o, claims=tuple(same)) for (s, p, o), same in sorted(grouped.items())
    )


def _structure(chance: random.Random, bodies: list[str], people: list[str]) -> list[RegisterEntry]:
    entries = []
    for line, body in enumerate(bodies[1:], start=2):
        predicate = chance.choice(["part_of", "member_of", "covers", "succeeds"])
        entries.append(
            RegisterEntry(
                subject=body,
                predicate=predicate,
                object=bodies[(line - 2) // 4],
                start=f"20{chance.randrange(10, 24)}-04-01",
                end="",
                source="made up",
                file="relations.csv",
                line=line,
            )
        )
    for line, person in enumerate(people, start=2):
        year = chance.randrange(2010, 2022)
        entries.append(
            RegisterEntry(
                subject=person,
                predicate="holds_post",
                object=_often_the_same(chance, bodies),
                start=f"{year}-05-01",
                end=f"{year + 3}-04-30",
                source="made up",
                file="office_holders.csv",
                line=line,
                post="Chair",
            )
        )
    return entries


def _often_the_same(chance: random.Random, names: list[str]) -> str:
    """One of the names; the first ones far more often."""
    return names[int(len(names) * chance.random() ** 3)]
