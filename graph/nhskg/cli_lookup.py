"""The commands that look something up in a build: they parse arguments, ask the graph, and write the answer."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer

from nhskg.cli_options import (
    BuildFolder,
    Ends,
    Evidence,
    Form,
    GraphForm,
    Limit,
    Name,
    Ways,
    answer_with,
    at_most,
    complete_name,
    cut,
    one_more,
    open_graph,
    say_cut,
    with_filters,
)
from nhskg.lookup.filters import Direction, Outcome, Through
from nhskg.render.formats import Format, GraphFormat

OUT = Path("out")
SAID_NOTHING = "nothing in the graph is like that"


@with_filters
def neighbours(
    name: Name,
    asked: dict[str, Any],
    hops: Annotated[int, typer.Option("--hops", "-n", min=1, max=6, help="How many steps to go.")] = 1,
    direction: Ends = Direction.BOTH,
    through: Ways = Through.BOTH,
    limit: Limit = None,
    evidence: Evidence = False,
    form: GraphForm = GraphFormat.TABLE,
    graph: BuildFolder = OUT,
) -> None:
    """Show what is connected to something, and how.

    Example: nhskg neighbours "NHS Supply Chain" --status negated --evidence
    """
    from nhskg.render.statements import neighbours_answer

    opened, most = open_graph(graph), at_most(limit, form)
    found = opened.neighbourhood(name, hops, limit=most, direction=direction, through=through, **asked)
    if found.is_cut and most is not None:
        say_cut(limit, most)
    answer = neighbours_answer(opened, found, evidence=evidence)
    answer_with(answer, form, opened, f"{found.entity.name}: {SAID_NOTHING}")


def show(name: Name, form: Form = Format.TABLE, graph: BuildFolder = OUT) -> None:
    """Show who or what something is.

    That is its life, its names, posts, predecessors and successors, and how many claims of which relation there are.

    Example: nhskg show NHSSC
    """
    from nhskg.render.about import profile_answer

    opened = open_graph(graph)
    answer_with(profile_answer(opened, opened.show(name)), form, opened, SAID_NOTHING)


@with_filters
def path(
    start: Name,
    end: Annotated[str, typer.Argument(help="The other end, likewise.", autocompletion=complete_name)],
    asked: dict[str, Any],
    through: Ways = Through.BOTH,
    limit: Annotated[int, typer.Option("--limit", "-l", min=1, help="At most so many of the shortest paths.")] = 3,
    evidence: Evidence = False,
    form: GraphForm = GraphFormat.TABLE,
    graph: BuildFolder = OUT,
) -> None:
    """Show the shortest ways from one thing to another.

    Each step comes with the words on it. What is only denied is no way.

    Example: nhskg path RCHT "NHS England" --through structure --as-of 2023-01-01
    """
    from nhskg.render.about import paths_answer

    opened = open_graph(graph)
    paths = opened.path(start, end, limit=limit, through=through, **asked)
    nothing = f"no way from {opened.find(start).name} to {opened.find(end).name} over {_over(through)}"
    answer_with(paths_answer(opened, paths, evidence=evidence), form, opened, nothing)


def _over(through: Through) -> str:
    words = {Through.CLAIMS: "claims", Through.STRUCTURE: "the register's structure"}
    return words.get(through, "claims and the register's structure")


@with_filters
def timeline(
    name: Name,
    asked: dict[str, Any],
    direction: Ends = Direction.BOTH,
    through: Ways = Through.BOTH,
    limit: Limit = None,
    evidence: Evidence = False,
    form: Form = Format.TABLE,
    graph: BuildFolder = OUT,
) -> None:
    """Show what happened and what was said, by date.

    A claim stands at the date of which its sentence speaks, else at that of its document.

    Example: nhskg timeline "NHS England" --since 2021 --until 2022
    """
    from nhskg.render.about import timeline_answer

    opened, most = open_graph(graph), at_most(limit, form)
    moments = opened.timeline(name, limit=one_more(most), direction=direction, through=through, **asked)
    entity = opened.find(name)
    answer = timeline_answer(opened, entity.name, cut(moments, limit, most), evidence=evidence)
    answer_with(answer, form, opened, f"{entity.name}: {SAID_NOTHING}, with a date")


@with_filters
def evidence(
    claim_or_name: Annotated[
        str, typer.Argument(help="The id of a claim, or a name.", metavar="CLAIM_OR_A", autocompletion=complete_name)
    ],
    asked: dict[str, Any],
    other: Annotated[
        str, typer.Argument(help="The other name.", metavar="[B]", autocompletion=complete_name, show_default=False)
    ] = "",
    form: Form = Format.TABLE,
    graph: BuildFolder = OUT,
) -> None:
    """Show the sentences that claims rest on.

    They are those of a claim, or of all claims between two things, with what stands around them.

    Example: nhskg evidence "NHS Supply Chain" "NHS England" --format md
    """
    from nhskg.render.about import passages_answer

    opened = open_graph(graph)
    passages = opened.evidence(claim_or_name, other, **asked)
    answer_with(passages_answer(opened, passages), form, opened, f"no claim between {claim_or_name} and {other}")


@with_filters
def claims(
    asked: dict[str, Any],
    subject: Annotated[str | None, typer.Option(help="Who does it.", autocompletion=complete_name)] = None,
    object_: Annotated[
        str | None, typer.Option("--object", help="To whom or what.", autocompletion=complete_name)
    ] = None,
    document: Annotated[str | None, typer.Option(help="Id of the document, as documents.jsonl has it.")] = None,
    limit: Limit = None,
    evidence: Evidence = False,
    form: GraphForm = GraphFormat.TABLE,
    graph: BuildFolder = OUT,
) -> None:
    """List claims in order of date, each with its id.

    Example: nhskg claims --relation funds --status planned --status hypothetical --evidence
    """
    from nhskg.render.statements import claims_answer

    opened, most = open_graph(graph), at_most(limit, form)
    ends = {key: end for key, end in (("subject", subject), ("object", object_), ("document", document)) if end}
    found = opened.claims(limit=one_more(most), **asked, **ends)
    answer_with(claims_answer(opened, cut(found, limit, most), evidence=evidence), form, opened, SAID_NOTHING)


@with_filters
def disputed(
    asked: dict[str, Any],
    limit: Limit = None,
    evidence: Evidence = False,
    form: GraphForm = GraphFormat.TABLE,
    graph: BuildFolder = OUT,
) -> None:
    """List what some say is so and others say is not.

    Example: nhskg disputed --evidence
    """
    from nhskg.render.statements import statements_answer

    opened, most = open_graph(graph), at_most(limit, form)
    found = opened.disputed(limit=one_more(most), **asked)
    answer_with(statements_answer(opened, cut(found, limit, most), evidence=evidence), form, opened, SAID_NOTHING)


@with_filters
def promises(
    asked: dict[str, Any],
    outcome: Annotated[list[Outcome] | None, typer.Option("--outcome", help="What became of it. Repeatable.")] = None,
    limit: Limit = None,
    evidence: Evidence = False,
    form: Form = Format.TABLE,
    graph: BuildFolder = OUT,
) -> None:
    """List plans, and what became of them.

    They come by the day when they are due, and are still due, or passed, or a later document reports them done or denies
    them. --as-of says as seen on which day; by default today.

    Example: nhskg promises --as-of 2023-03-31
    """
    from nhskg.render.overall import promises_answer

    opened, most = open_graph(graph), at_most(limit, form)
    today = asked.pop("as_of", None) or date.today()  # noqa: DTZ011 the day where the researcher is
    found = opened.promises(today, outcome=outcome or (), limit=one_more(most), **asked)
    answer_with(promises_answer(opened, cut(found, limit, most), evidence=evidence), form, opened, SAID_NOTHING)
