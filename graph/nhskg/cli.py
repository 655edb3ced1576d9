"""The command line: it parses arguments, calls the stages, and prints. Data go to stdout, talk to stderr."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from nhskg import __version__, cli_lookup, cli_overview
from nhskg.cli_plot import plot
from nhskg.cli_rdf import rdf_app
from nhskg.cli_register import RegisterFolder, register_app
from nhskg.cli_review import review
from nhskg.errors import NhskgError, UsageError
from nhskg.export.formats import Format
from nhskg.reading import DOCUMENT_TIMEOUT
from nhskg.structure import Scope
from nhskg.talk import Level, talk
from nhskg.vocab import ID

if TYPE_CHECKING:
    from nhskg.pipeline import Engine

app = typer.Typer(
    name="nhskg",
    help="Turns documents about the English health service into a graph of claims: who did what to whom, in whose "
    "words, with what status. Start with: nhskg build FOLDER",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,  # plain help comes in half the time
)
JOBS = min(4, os.cpu_count() or 1)
"""Each process holds the language model, some 300 MB, so no more than four unless asked."""
STOPPED = 130
"""The exit code of what Ctrl-C ended, as shells have it."""


class Where(StrEnum):
    """Where a build reads documents."""

    LOCAL = "local"
    SPARK = "spark"


TALK = {"--quiet", "-q", "--verbose", "-v"}


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"nhskg {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[  # noqa: ARG001 its callback does it all
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and stop.")
    ] = False,
    quiet: Annotated[
        bool, typer.Option("--quiet", "-q", help="Say nothing but errors beside the answer. Before or after a command.")
    ] = False,
    verbose: Annotated[
        bool, typer.Option("--verbose", "-v", help="Say what is read and how long it takes. Before or after a command.")
    ] = False,
) -> None:
    if quiet or verbose:
        talk.level = Level.QUIET if quiet else Level.VERBOSE


@app.command()
def build(
    paths: Annotated[
        list[str],
        typer.Argument(
            help="Files (text, Markdown, HTML, PDF, Word, e-mail, CSV, JSON, feeds, zips of them), folders, globs, or -."
        ),
    ],
    out: Annotated[Path, typer.Option("--out", "-o", help="Folder for the graph.")] = Path("out"),
    model: Annotated[str, typer.Option(help="Another installed spaCy pipeline, by name or folder.")] = "",
    structure: Annotated[
        Scope, typer.Option(help="What the register adds: what is near the bodies in the documents, all, or none.")
    ] = Scope.NEAR,
    no_structure: Annotated[bool, typer.Option("--no-structure", help="The same as --structure none.")] = False,
    min_confidence: Annotated[
        float,
        typer.Option(
            min=0, max=1, help="Leave out claims of less confidence: the share of such claims that are right."
        ),
    ] = 0.0,
    with_sparql: Annotated[
        bool, typer.Option("--with-sparql", help="Let graph.html answer SPARQL even if that makes it large.")
    ] = False,
    fetch: Annotated[bool, typer.Option("--fetch", help="Fetch web addresses among the paths.")] = False,
    guess_dates: Annotated[
        bool, typer.Option("--guess-dates", help="Date what states no date by the office holders and bodies it names.")
    ] = False,
    corrections: Annotated[
        list[Path] | None,
        typer.Option("--corrections", help="A file of corrections, beside those in the folders. Repeatable."),
    ] = None,
    register: RegisterFolder = None,
    base: Annotated[str, typer.Option(envvar="NHSKG_BASE", help="What the graph's IRIs begin with.")] = ID,
    also: Annotated[
        list[Format] | None, typer.Option("--format", help="Write the graph in this RDF format too, beside Turtle.")
    ] = None,
    jobs: Annotated[int, typer.Option("--jobs", "-j", min=1, help="Processes that read documents.")] = JOBS,
    document_timeout: Annotated[
        float, typer.Option(min=1, help="Seconds for one document; one that takes longer is left out and named.")
    ] = DOCUMENT_TIMEOUT,
    fresh: Annotated[
        bool, typer.Option("--fresh", help="Read all documents anew, also those that a build has read before.")
    ] = False,
    engine: Annotated[
        Where, typer.Option(help="Where documents are read: here, or on Spark's machines (pip install 'nhskg[spark]').")
    ] = Where.LOCAL,
    master: Annotated[
        str,
        typer.Option(help="Spark's cluster: spark://HOST:PORT, yarn, local[4]; by default what Spark is set up for."),
    ] = "",
    tables: Annotated[
        str, typer.Option(help="Where Spark keeps its tables, for all its machines to reach; by default OUT/spark.")
    ] = "",
) -> None:
    """Read documents and write their graph: graph.html, graph.ttl, claims.jsonl and more.

    Example: nhskg build seeds/documents --out out
    """
    from nhskg.pipeline import build as run
    from nhskg.register.tables import use_register

    if engine is Where.LOCAL and (master or tables):
        raise UsageError("--master and --tables are for Spark; give --engine spark too")
    use_register(register)
    talk.detail(f"reading {' '.join(paths)}")
    goes_on = "" if engine is Where.SPARK else ", and the next build goes on from what was read"
    with _stopped(f"{out} is as it was{goes_on}"), _Progress() as progress:
        scope = Scope.NONE if no_structure else structure
        report = run(
            paths,
            out,
            model=model,
            structure=scope,
            min_confidence=min_confidence,
            fetch=fetch,
            guess_dates=guess_dates,
            corrections=corrections or (),
            with_sparql=with_sparql,
            base=base,
            formats=also or (),
            jobs=jobs,
            document_timeout=document_timeout,
            fresh=fresh,
            engine=_spark(master, tables, document_timeout) if engine is Where.SPARK else None,
            progress=progress,
        )
    for warning in report.warnings:
        talk.say(f"warning: {warning}")
    talk.say(
        f"{report.documents} documents, {report.entities} entities, {report.claims} claims "
        f"in {report.statements} statements; from the register {report.structure} relations and {report.context} "
        "more bodies and people"
    )
    if report.corrections.files:
        counts = ", ".join(f"{action} {number}" for action, number in report.corrections.counts().items())
        talk.say(f"corrections applied from {', '.join(report.corrections.files)}: {counts or 'none'}")
    talk.say(f"checked: {report.checked}")
    if report.is_large:
        talk.say("a large graph: what look-ups and SPARQL are answered from is made when something is first asked")
    talk.detail("written")
    typer.echo(str(out / "graph.html"))


def _spark(master: str, tables: str, document_timeout: float) -> Engine:
    import functools

    from nhskg.spark.engine import on_spark

    return functools.partial(on_spark, master=master, work_folder=tables, document_timeout=document_timeout)


for look_up in (
    cli_lookup.neighbours,
    cli_lookup.show,
    cli_lookup.path,
    cli_lookup.timeline,
    cli_lookup.evidence,
    cli_lookup.claims,
    cli_lookup.disputed,
    cli_lookup.promises,
    cli_overview.search,
    cli_overview.stats,
    cli_overview.central,
    cli_overview.diff,
    cli_overview.verify,
):
    app.command()(look_up)
app.command()(plot)
app.command()(review)


@contextlib.contextmanager
def _stopped(state: str) -> Iterator[None]:
    """Says what became of a build that Ctrl-C ends."""
    try:
        yield
    except KeyboardInterrupt:
        talk.say(f"stopped; {state}")
        raise typer.Exit(STOPPED) from None


class _Progress:
    """A progress bar on stderr, where that is a terminal."""

    def __enter__(self) -> Callable[[int, int], None]:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

        self.bar = Progress(
            TextColumn("reading"),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("{task.fields[rate]}"),
            TimeRemainingColumn(),
            console=Console(stderr=True),
            transient=True,
            disable=not sys.stderr.isatty() or talk.level is Level.QUIET,
        )
        self.bar.start()
        task = self.bar.add_task("reading", total=None, rate="")

        def advance(done: int, total: int) -> None:
            speed = self.bar.tasks[task].speed
            self.bar.update(task, completed=done, total=total, rate=f"{speed:.1f} a second," if speed else "")

        return advance

    def __exit__(self, *_: object) -> None:
        self.bar.stop()


app.add_typer(rdf_app)
app.add_typer(register_app)


def main() -> None:
    """Runs the command line; an error that nhskg foresees is one line and an exit code, never a traceback."""
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(AttributeError):  # a stream that somebody put there may be of another kind
            stream.reconfigure(encoding="utf-8")  # type: ignore[union-attr]  # where pipes have another: Windows
    try:
        app(args=_with_talk_first(sys.argv[1:]))
    except NhskgError as error:
        typer.echo(f"nhskg: {error}", err=True)
        sys.exit(error.exit_code)


def _with_talk_first(arguments: Sequence[str]) -> list[str]:
    """Moves --quiet and --verbose, which may stand after a command as well, to where they are read."""
    end = arguments.index("--") if "--" in arguments else len(arguments)
    moved = [argument for argument in arguments[:end] if argument in TALK]
    return [*moved, *(argument for argument in arguments[:end] if argument not in TALK), *arguments[end:]]


if __name__ == "__main__":
    main()
