"""Answers about one entity, or the way between two: profile, paths, timeline, evidence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from itertools import chain

from nhskg.lookup.graph import Graph
from nhskg.lookup.passages import Passage
from nhskg.lookup.paths import Path, Step
from nhskg.lookup.profile import Profile, RelationCount
from nhskg.lookup.records import Record, claim_record, entity_record, entry_record
from nhskg.lookup.timeline import Moment
from nhskg.model import Claim, ClaimGraph, Status
from nhskg.register.dates import period, when_it_held
from nhskg.registered import RegisterEntry
from nhskg.render.answer import Answer
from nhskg.render.statements import piece
from nhskg.render.words import (
    Edge,
    cited,
    claim_words,
    counted,
    quote,
    said,
    sentence,
    source,
    triple,
)


def profile_answer(graph: Graph, profile: Profile) -> Answer:
    """Who or what an entity is."""

    def lines() -> Iterator[str]:
        yield profile.entity.name
        yield from (f"  {line}" for line in _profile_lines(graph, profile))

    def record() -> Record:
        return {
            **entity_record(profile.entity),
            "register_kind": profile.register_kind,
            "opened": profile.opened,
            "closed": profile.closed,
            "documents": profile.documents,
            "first": str(profile.first or ""),
            "last": str(profile.last or ""),
            "disputed": profile.disputed,
            "said": profile.said,
        }

    return Answer(
        lines=lines,
        records=lambda: [record()],
        markdown=lambda: chain(
            [f"**{profile.entity.name}**", ""], (f"- {line}" for line in _profile_lines(graph, profile))
        ),
        value=lambda: {
            **record(),
            "earlier_names": [asdict(name) for name in profile.earlier_names],
            "structure": [entry_record(graph, entry) for entry in profile.structure],
            "standing": [claim_record(graph, claim) for statement in profile.standing for claim in statement.claims],
            "relations": [
                {"relation": r.relation, "outwards": r.outwards, "claims": r.claims, "statuses": dict(r.statuses)}
                for r in profile.relations
            ],
        },
    )


def _profile_lines(graph: Graph, profile: Profile) -> Iterator[str]:
    entity = profile.entity
    kind = f" ({profile.register_kind.replace('_', ' ')})" if profile.register_kind else ""
    code = f", ODS code {entity.ods_code}" if entity.ods_code else ""
    yield f"{entity.kind}{kind}, id {entity.id}{code}"
    if life := period(profile.opened, profile.closed):
        yield f"open {life}"
    if entity.aliases:
        yield f"also called {'; '.join(entity.aliases)}"
    for earlier in profile.earlier_names:
        yield f"called before {earlier.name}{_comma(period(earlier.start, earlier.end))}"
    for identifier in entity.candidates:
        yield f"may be {identifier}; nothing in the documents decides"
    yield from (correction.line for correction in entity.corrections)
    for entry in profile.structure:
        yield _entry_line(graph, entity.id, entry)
    for statement in profile.standing:
        outwards = statement.subject == entity.id
        other = graph.entity(statement.object if outwards else statement.subject).name
        told = Edge(
            subject=statement.subject, predicate=statement.predicate, object=statement.object, claims=statement.claims
        )
        yield f"{graph.label(statement.predicate, outwards=outwards)} {other} [{said(graph, told)}]"
    if profile.relations:
        dates = period(str(profile.first or ""), str(profile.last or ""))
        number = sum(r.claims for r in profile.relations)
        disputed = f", {profile.disputed} disputed" if profile.disputed else ""
        yield f"{counted(number, 'claim')} in {counted(profile.documents, 'document')}{_comma(dates)}{disputed}"
    for count in profile.relations:
        yield f"  {_count_line(graph, count)}"
    if profile.said:
        yield f"speaker of {counted(profile.said, 'claim')}"


def _count_line(graph: Graph, count: RelationCount) -> str:
    label = graph.label(count.relation, outwards=count.outwards)
    others = [f"{number} {status}" for status, number in count.statuses]
    told = f" ({', '.join(others)})" if [status for status, _ in count.statuses] != [Status.ASSERTED] else ""
    return f"{label} {count.claims}{told}"


def _entry_line(graph: Graph, identifier: str, entry: RegisterEntry) -> str:
    outwards = entry.subject == identifier
    other = graph.entity(entry.object if outwards else entry.subject).name
    when = when_it_held(entry.predicate, entry.start, entry.end)
    note = f" ({entry.note})" if entry.note else ""
    if entry.post:
        return f"{entry.post}{' at' if outwards else ':'} {other}{_comma(when)}{note} [register]"
    return f"{graph.label(entry.predicate, outwards=outwards)} {other}{_comma(when)}{note} [register]"


def _comma(words: str) -> str:
    return f", {words}" if words else ""


def paths_answer(graph: Graph, paths: Sequence[Path], *, evidence: bool) -> Answer:
    """The shortest ways between two entities, with the words on each edge."""

    def lines() -> Iterator[str]:
        for number, path in enumerate(paths):
            if number:
                yield ""
            names = [graph.entity(path[0].start).name, *(graph.entity(step.end).name for step in path)]
            yield f"{counted(len(path), 'step')}: {' · '.join(names)}"
            for step in path:
                for edge in _edges(step):
                    yield f"  {sentence(graph, edge)}"
                    yield from (f"    {words}" for words in cited(graph, edge.claims if evidence else ()))

    def markdown() -> Iterator[str]:
        for line in lines():
            words = line.lstrip()
            level = (len(line) - len(words)) // 2
            yield ("", "- ", "  > ")[level] + words
            if words and not level:
                yield ""

    statements = {(s.subject, s.predicate, s.object): s for path in paths for step in path for s in step.statements}
    entries = {entry.id: entry for path in paths for step in path for entry in step.structure}
    nodes = {end for path in paths for step in path for end in (step.start, step.end)}
    drawn = piece(graph, [statements[key] for key in sorted(statements)])
    return Answer(
        lines=lines,
        records=lambda: [
            {"path": number, "step": at, **record}
            for number, path in enumerate(paths, start=1)
            for at, step in enumerate(path, start=1)
            for record in (
                *(claim_record(graph, claim) for s in step.statements for claim in s.claims),
                *({**entry_record(graph, entry), "status": "register"} for entry in step.structure),
            )
        ],
        markdown=markdown,
        claim_graph=ClaimGraph(
            documents=drawn.documents,
            entities=tuple(
                graph.entity(identifier) for identifier in sorted(nodes | {entity.id for entity in drawn.entities})
            ),
            statements=drawn.statements,
            structure=tuple(sorted(entries.values(), key=lambda e: (e.subject, e.predicate, e.object, e.line))),
        ),
        is_empty=not paths,
    )


def _edges(step: Step) -> list[Edge]:
    return [
        *(Edge(subject=s.subject, predicate=s.predicate, object=s.object, claims=s.claims) for s in step.statements),
        *(Edge(subject=e.subject, predicate=e.predicate, object=e.object, entries=(e,)) for e in step.structure),
    ]


def timeline_answer(graph: Graph, name: str, moments: Sequence[Moment], *, evidence: bool) -> Answer:
    """What happened, a date at the start of each line."""

    def lines() -> Iterator[str]:
        for moment in moments:
            yield f"{moment.date} {_moment(graph, name, moment)}"
            if evidence and isinstance(moment.what, Claim):
                yield from (f"  {words}" for words in cited(graph, [moment.what]))

    def record(moment: Moment) -> Record:
        row: Record = {"date": moment.date, "ends": moment.ends, "what": _moment(graph, name, moment)}
        if isinstance(moment.what, Claim):
            return {**row, **claim_record(graph, moment.what)}
        if isinstance(moment.what, RegisterEntry):
            return {**row, **entry_record(graph, moment.what), "status": "register"}
        return row

    return Answer(
        lines=lines,
        records=lambda: map(record, moments),
        columns=("date", "what", *(("words",) if evidence else ())),
        rows=lambda: [
            (
                moment.date,
                _moment(graph, name, moment),
                *((cited(graph, [moment.what])[0] if isinstance(moment.what, Claim) else "",) if evidence else ()),
            )
            for moment in moments
        ],
        is_prose=evidence,
        is_empty=not moments,
    )


def _moment(graph: Graph, name: str, moment: Moment) -> str:
    what = moment.what
    if isinstance(what, Claim):
        with_date = what.is_date_guessed or moment.date != str(what.published)
        return f"{triple(graph, what)} [{claim_words(graph, what, with_date=with_date)}]"
    if isinstance(what, RegisterEntry):
        ends = "no longer: " if moment.ends else ""
        return f"{ends}{triple(graph, what)} [{', '.join(filter(None, ('register', what.post)))}]"
    return f"{name} {what} [register]"


def passages_answer(graph: Graph, passages: Sequence[Passage], *, context: bool = True) -> Answer:
    """Sentences with their sources and what stands around them, ready to be cited."""

    def lines() -> Iterator[str]:
        for number, passage in enumerate(passages):
            if number and context:
                yield ""
            yield quote(passage.span.exact)
            yield f"  {source(passage.document)}"
            if context:
                yield from (f"  {where}: {text}" for where, text in _around(passage))
            for claim in passage.claims:
                yield f"  {triple(graph, claim)} [{claim_words(graph, claim, with_date=False)}] {claim.id}"

    def markdown() -> Iterator[str]:
        for number, passage in enumerate(passages):
            if number:
                yield ""
            parts = dict(_around(passage)) if context else {}
            words = f"**{' '.join(passage.span.exact.split())}**" if parts else " ".join(passage.span.exact.split())
            yield f"> {' '.join(filter(None, (parts.get('before'), words, parts.get('after'))))}"
            yield ">"
            yield f"> — {source(passage.document)}"
            yield ""
            for claim in passage.claims:
                yield f"- {triple(graph, claim, ' **{}** ')} ({claim_words(graph, claim, with_date=False)})"

    return Answer(
        lines=lines,
        records=lambda: [
            {**claim_record(graph, claim), **dict(_around(passage))} for passage in passages for claim in passage.claims
        ],
        markdown=markdown,
        is_empty=not passages,
    )


def _around(passage: Passage) -> list[tuple[str, str]]:
    around = (("before", passage.before), ("after", passage.after))
    return [(where, " ".join(text.split())) for where, text in around if text.strip()]
