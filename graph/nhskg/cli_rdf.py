"""The commands about the graph as RDF: they parse arguments, call the stages, and print."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from nhskg.cli_options import BuildFolder
from nhskg.errors import InputError, TooSlow, UsageError
from nhskg.export.formats import Format
from nhskg.query.answer import Answer, Form, Output
from nhskg.query.engines import Engine
from nhskg.store import prepare_store
from nhskg.talk import talk

rdf_app = typer.Typer()

TIMEOUT = 30.0
WORKERS = 2


@rdf_app.command()
def query(
    sparql: Annotated[str, typer.Argument(help="A SPARQL query, or the name of a file that holds one.")] = "",
    named: Annotated[str, typer.Option("--named", "-n", help="Ask one of the questions that --list shows.")] = "",
    param: Annotated[
        list[str] | None, typer.Option("--param", "-p", help="A value for the named question: body=NHSSC")
    ] = None,
    listed: Annotated[bool, typer.Option("--list", help="Show the named questions and their parameters.")] = False,
    show: Annotated[bool, typer.Option("--show", help="Print the query with its prefixes; do not ask it.")] = False,
    form: Annotated[Output, typer.Option("--format", "-f", help="How to print the answer.")] = Output.TABLE,
    engine: Annotated[Engine, typer.Option(help="Who answers; rdflib is slow and there to check.")] = Engine.OXIGRAPH,
    timeout: Annotated[float, typer.Option(min=0, help="Seconds to wait for an answer; 0 is no limit.")] = TIMEOUT,
    graph: BuildFolder = Path("out"),
) -> None:
    """Ask the graph in SPARQL; prefixes nhs:, id:, rdf:, skos:, org:, prov:, oa:, dcterms: and more are known.

    Example: nhskg query "SELECT ?who ?whom WHERE { ?who nhs:criticised ?whom }"

    Example: nhskg query --named criticism --param "body=NHS Supply Chain" --format md
    """
    from nhskg.query import answer, query_text
    from nhskg.query.named import named_queries, named_query
    from nhskg.query.timed import within

    if listed:
        for question in named_queries().values():
            typer.echo(f"{question.name}: {question.title}")
            for name, (default, what) in question.parameters.items():
                typer.echo(f"  --param {name}=…  {what}; default {default}")
        return
    if bool(sparql) == bool(named):
        raise UsageError("give a query, or --named NAME for one of those that nhskg query --list shows")
    if param and not named:
        raise UsageError("--param is for --named questions; write values into the query itself")

    def ask() -> Answer | str:
        text = query_text(sparql) if sparql else named_query(named).filled(_values(param or []), _asking(graph, engine))
        if show:
            return _with_prefixes(text, graph)
        return answer(text, graph, engine)

    if engine is Engine.OXIGRAPH and not show:
        prepare_store(graph, talk.say)  # does not count as answering
    try:
        found = within(timeout, ask)
    except TooSlow as error:
        typer.echo(f"nhskg: {error}", err=True)
        sys.stderr.flush()
        os._exit(error.exit_code)  # the engine is still at work and cannot be stopped otherwise
    if isinstance(found, str):
        typer.echo(found)
        return
    if form is Output.TURTLE and found.form is not Form.CONSTRUCT:
        raise UsageError("--format turtle is for CONSTRUCT and DESCRIBE, which give triples")
    for line in found.lines(form):
        typer.echo(line)
    if not found.rows:
        talk.say("no rows")


def _values(params: list[str]) -> dict[str, str]:
    values = {}
    for param in params:
        name, is_given, value = param.partition("=")
        if not is_given:
            raise UsageError(f"{param}: write --param {name}=VALUE")
        values[name] = value
    return values


def _asking(graph: Path, engine: Engine) -> Callable[[str], Answer]:
    from nhskg.query import answer

    return lambda sparql: answer(sparql, graph, engine)


def _with_prefixes(sparql: str, graph: Path) -> str:
    from nhskg.parts import TURTLE, parts_of
    from nhskg.vocab import PREFIXES, prefixes_of

    turtle = graph / TURTLE
    known = prefixes_of(turtle) if parts_of(turtle)[0].exists() else PREFIXES
    used = [item for item in known.items() if f"{item[0]}:" in sparql]
    return "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in used) + sparql.rstrip("\n")


@rdf_app.command()
def export(
    form: Annotated[Format, typer.Option("--format", "-f", help="TriG and N-Quads have a named graph per document.")],
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="File to write; default: beside graph.ttl.")
    ] = None,
    graph: BuildFolder = Path("out"),
) -> None:
    """Write the graph in another RDF format: trig, nt, nq, jsonld or rdfxml.

    Example: nhskg export --format trig
    """
    from nhskg.export.formats import write_format
    from nhskg.parts import TURTLE

    path = output or graph / f"graph.{form.suffix}"
    write_format(graph / TURTLE, form, path)
    typer.echo(str(path))


@rdf_app.command()
def validate(
    file: Annotated[Path | None, typer.Argument(help="A Turtle file; by default the build's graph.ttl.")] = None,
    graph: BuildFolder = Path("out"),
    every: Annotated[
        bool, typer.Option("--all", help="Name every node that is not in order, not five of a sort.")
    ] = False,
    quick: Annotated[bool, typer.Option("--quick", help="Check a sample of the nodes, as a build does.")] = False,
) -> None:
    """Check a graph against the SHACL shapes in ontology/shapes.ttl.

    Example: nhskg validate --graph out
    """
    from nhskg.parts import TURTLE
    from nhskg.validate import SAMPLE
    from nhskg.validate import validate as check
    from nhskg.validate.report import SHOWN

    report = check(file or graph / TURTLE, SAMPLE if quick else 0)
    talk.say(f"checked: {report.checked}")
    for line in report.lines(len(report.results) if every else SHOWN):
        typer.echo(line)
    raise typer.Exit(0 if report.conforms else 1)


@rdf_app.command()
def ontology(
    output: Annotated[Path, typer.Option("--output", "-o", help="File to write.")] = Path("ontology.html"),
) -> None:
    """Write a page that explains the terms of the graph: definitions, examples, what they link.

    Example: nhskg ontology --output ontology.html
    """
    from nhskg.export.reference import ontology_page

    try:
        output.write_text(ontology_page(), encoding="utf-8", newline="\n")
    except OSError as error:
        raise InputError(f"{output}: cannot write there ({error.strerror or error})") from error
    typer.echo(str(output))


@rdf_app.command()
def serve(
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port; 0 takes one that is free.")] = 8765,
    timeout: Annotated[float, typer.Option(min=0.1, help="Seconds that a query may take.")] = TIMEOUT,
    workers: Annotated[int, typer.Option(min=1, help="How many queries are answered at once.")] = WORKERS,
    cors: Annotated[
        list[str] | None, typer.Option(help="A site whose pages may read from the endpoint; * for all.")
    ] = None,
    graph: BuildFolder = Path("out"),
) -> None:
    """Serve the graph to programs and to a page on this machine: a read-only SPARQL endpoint.

    Example: nhskg serve --port 8765
    """
    try:
        from nhskg.serve.run import serve as run
    except ImportError as error:
        raise InputError(f"{error.name} is not installed; run: pip install 'nhskg[serve]'") from error

    run(graph, port=port, timeout=timeout, workers=workers, origins=cors or [], ready=typer.echo)


@rdf_app.command()
def push(
    url: Annotated[
        str, typer.Argument(help="The store's Graph Store endpoint, such as http://localhost:3030/nhs/data.")
    ],
    named: Annotated[str, typer.Option("--to-graph", help="IRI of the graph there; else the default graph.")] = "",
    replace: Annotated[bool, typer.Option("--replace", help="Put it in the place of what is in that graph.")] = False,
    chunk: Annotated[int, typer.Option(min=1, help="Triples in one request.")] = 20_000,
    user: Annotated[str, typer.Option(help="User name, for Basic or Digest authentication.")] = "",
    password: Annotated[str, typer.Option(envvar="NHSKG_PASSWORD", help="Its password.")] = "",
    graph: BuildFolder = Path("out"),
) -> None:
    """Send the graph to a triple store; if it breaks off, the same command goes on from there.

    Example: nhskg push http://localhost:3030/nhs/data --replace
    """
    from nhskg.parts import TURTLE
    from nhskg.push import Target
    from nhskg.push import push as send

    target = Target(url=url, graph=named, user=user, password=password)
    done = send(
        graph / TURTLE,
        target,
        chunk=chunk,
        replace=replace,
        told=lambda there, _: talk.say(f"{there:,} triples"),
    )
    typer.echo(f"{done:,} triples are in {named or 'the default graph'} of {url}")
