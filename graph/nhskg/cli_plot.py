"""The command ``nhskg plot``: it parses, reads a build, and has the figures drawn."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from nhskg.cli_options import BuildFolder, open_graph
from nhskg.export.figure_names import Figure


def plot(
    figures: Annotated[list[Figure] | None, typer.Argument(help="Which figures; all, if none is named.")] = None,
    graph: BuildFolder = Path("out"),
    out: Annotated[
        Path | None, typer.Option("--out", "-o", help="Folder for the figures; by default the build's.")
    ] = None,
    body: Annotated[str, typer.Option(help="Name, ODS code or id of the timeline's body; else the most claimed.")] = "",
) -> None:
    """Draw static figures (SVG) of a build: the network, claims over time, who criticised whom, a body's timeline.

    Example: nhskg plot timeline --body "NHS Supply Chain"
    """
    from nhskg.errors import InputError
    from nhskg.export.figures import write_figure

    opened = open_graph(graph)
    claim_graph = opened.whole()
    identifier = opened.find(body).id if body else ""
    folder = out or graph
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for figure in figures or list(Figure):
            path = folder / f"{figure}.svg"
            write_figure(claim_graph, figure, path, identifier)
            typer.echo(str(path))
    except OSError as error:
        raise InputError(f"{folder}: cannot write figures there ({error.strerror or error})") from error
