"""The command line: it parses arguments, calls the stages, and prints. Data go to stdout, talk to stderr."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from nhskg import __version__
from nhskg.cli_register import RegisterFolder, register_app
from nhskg.errors import NhskgError
from nhskg.structure import Scope

app = typer.Typer(
    name="nhskg",
    help="Turns documents about the English health service into a graph of claims: who did what to whom, in whose "
    "words, with what status. Start with: nhskg build FOLDER",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)

app.add_typer(register_app)

BuildFolder = Annotated[Path, typer.Option("--graph", "-g", envvar="NHSKG_GRAPH", help="Folder that a build wrote.")]


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"nhskg {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and stop.")
    ] = False,
) -> None:
    pass


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
    fetch: Annotated[bool, typer.Option("--fetch", help="Fetch web addresses among the paths.")] = False,
    guess_dates: Annotated[
        bool, typer.Option("--guess-dates", help="Date what states no date by the office holders and bodies it names.")
    ] = False,
    register: RegisterFolder = None,
) -> None:
    """Read documents and write their graph: graph.html, graph.ttl, claims.jsonl and more.

    Example: nhskg build seeds/documents --out out
    """
    from nhskg.pipeline import build as run
    from nhskg.register.tables import use_register

    use_register(register)
    with _Progress() as progress:
        scope = Scope.NONE if no_structure else structure
        report = run(
            paths,
            out,
            model=model,
            structure=scope,
            min_confidence=min_confidence,
            fetch=fetch,
            guess_dates=guess_dates,
            progress=progress,
        )
    for warning in report.warnings:
        _say(f"warning: {warning}")
    _say(
        f"{report.documents} documents, {report.entities} entities, {report.claims} claims "
        f"in {report.statements} statements; from the register {report.structure} relations and {report.context} "
        "more bodies and people"
    )
    typer.echo(str(out / "graph.html"))


@app.command()
def neighbours(
    name: Annotated[str, typer.Argument(help="Name, alias, ODS code or id of an entity.")],
    hops: Annotated[int, typer.Option("--hops", "-n", min=1, max=6, help="How many steps to go.")] = 1,
    graph: BuildFolder = Path("out"),
) -> None:
    """Show what is connected to a body, person, fund or programme, and how.

    Example: nhskg neighbours "NHS Supply Chain" --hops 1
    """
    from nhskg.lookup import Lookup

    for line in Lookup.open(graph).describe(name, hops):
        typer.echo(line)


@app.command()
def query(
    sparql: Annotated[str, typer.Argument(help="A SPARQL query, or the name of a file that holds one.")],
    graph: BuildFolder = Path("out"),
) -> None:
    """Ask the graph in SPARQL; prefixes nhs:, id:, rdf:, skos:, org:, prov:, oa: and dcterms: are known.

    Example: nhskg query "SELECT ?who ?whom WHERE { ?who nhs:criticised ?whom }"
    """
    from nhskg.query import run_query

    for row in run_query(sparql, graph):
        typer.echo("\t".join(row))


@app.command()
def validate(
    graph: BuildFolder = Path("out"),
    file: Annotated[Path | None, typer.Option(help="A Turtle file; by default the build's graph.ttl.")] = None,
) -> None:
    """Check the graph against the SHACL shapes in ontology/shapes.ttl.

    Example: nhskg validate --graph out
    """
    from nhskg.validate import validate as check

    report = check(file or graph / "graph.ttl")
    for problem in report.problems:
        typer.echo(problem)
    typer.echo("conforms" if report.conforms else f"does not conform: {len(report.problems)} problems")
    raise typer.Exit(0 if report.conforms else 1)


class _Progress:
    """A progress bar on stderr, where that is a terminal."""

    def __enter__(self) -> Callable[[int, int], None]:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

        self.bar = Progress(
            TextColumn("reading"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeRemainingColumn(),
            console=Console(stderr=True),
            transient=True,
            disable=not sys.stderr.isatty(),
        )
        self.bar.start()
        task = self.bar.add_task("reading", total=None)

        def advance(done: int, total: int) -> None:
            self.bar.update(task, completed=done, total=total)

        return advance

    def __exit__(self, *_: object) -> None:
        self.bar.stop()


def _say(message: str) -> None:
    typer.echo(message, err=True)


def main() -> None:
    """Runs the command line; an error that nhskg foresees is one line and an exit code, never a traceback."""
    try:
        app()
    except NhskgError as error:
        _say(f"nhskg: {error}")
        sys.exit(error.exit_code)


if __name__ == "__main__":
    main()
