"""The commands that tell of a build as a whole, or of two."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from nhskg.cli_options import BuildFolder, Form, Limit, answer_with, at_most, cut, one_more, open_graph, say_cut
from nhskg.lookup.filters import Measure
from nhskg.model import Kind
from nhskg.render.formats import Format
from nhskg.talk import talk

OUT = Path("out")


def search(
    words: Annotated[
        list[str], typer.Argument(help='Words; "…" inside quotation marks as it stands, discharg* by its beginning.')
    ],
    limit: Limit = None,
    form: Form = Format.TABLE,
    graph: BuildFolder = OUT,
) -> None:
    """Find names and sentences by their words.

    They have all the words; the latest sentences come first. Only sentences that claims rest on are searched. "fund" finds "funding" too.

    Example: nhskg search winter discharge
    """
    from nhskg.render.overall import search_answer

    opened, most = open_graph(graph), at_most(limit, form)
    wanted = " ".join(words)
    found = opened.search(wanted, limit=most)
    if most is not None and most in (len(found.entities), len(found.passages)):
        say_cut(limit, most)
    answer_with(search_answer(opened, found), form, opened, f"{wanted}: in no name, and in no sentence of a claim")


def stats(form: Form = Format.TABLE, graph: BuildFolder = OUT) -> None:
    """Count what is in a build.

    Example: nhskg stats
    """
    from nhskg.render.overall import stats_answer

    opened = open_graph(graph)
    answer_with(stats_answer(opened, opened.stats()), form, opened, "nothing")


def central(
    by: Annotated[Measure, typer.Option(help="What to order by.")] = Measure.PAGERANK,
    kind: Annotated[list[Kind] | None, typer.Option(help="Only entities of this kind. Repeatable.")] = None,
    limit: Limit = None,
    form: Form = Format.TABLE,
    graph: BuildFolder = OUT,
) -> None:
    """List who is central in the claims.

    PageRank is high for those on whom many act, or of whom many speak, that are so themselves; betweenness for those that
    stand on the ways between others. What is only denied does not count.

    Example: nhskg central --by betweenness --kind organisation --limit 5
    """
    from nhskg.render.overall import central_answer

    opened, most = open_graph(graph), at_most(limit, form)
    found = opened.central(by, limit=one_more(most), kind=kind or ())
    answer_with(central_answer(cut(found, limit, most)), form, opened, "no claim is about such")


def diff(
    old: Annotated[Path, typer.Argument(help="Folder of the older build.")],
    new: Annotated[Path, typer.Argument(help="Folder of the newer build.")],
    form: Form = Format.TABLE,
) -> None:
    """Tell what changed from one build to the next.

    With --format md it is a digest to send round.

    Example: nhskg diff out-old out --format md
    """
    from nhskg.render.digest import digest_answer

    older, newer = open_graph(old), open_graph(new)
    answer_with(digest_answer(older, newer, newer.diff(older)), form, newer, "nothing")


def verify(
    graph: BuildFolder = OUT,
    every: Annotated[bool, typer.Option("--all", help="Name every place, not five of a sort.")] = False,
) -> None:
    """Prove a build: that its quotes are verbatim, that each triple has a claim or the register behind it, that files agree.

    It reads every file of the build, from the first byte to the last, and changes none. Exit code 1 if something does not fit.

    Example: nhskg verify --graph out
    """
    from nhskg.verify import SHOWN
    from nhskg.verify import verify as check

    findings = check(graph, None if every else SHOWN)
    for line in findings.checked:
        talk.say(f"read: {line}")
    for line in findings.lines():
        typer.echo(line)
    typer.echo(f"{len(findings):,} things do not fit" if len(findings) else "all of it fits")
    raise typer.Exit(1 if len(findings) else 0)
