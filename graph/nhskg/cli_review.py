"""The command by which people decide what a program cannot."""

from __future__ import annotations

import getpass
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from nhskg.cli_options import BuildFolder, open_graph
from nhskg.errors import InputError, UsageError
from nhskg.finding import NotFound
from nhskg.review.kinds import Why
from nhskg.talk import talk

if TYPE_CHECKING:
    from nhskg.lookup.graph import Graph
    from nhskg.review.rows import Signature

OUT = Path("out")


def review(
    folder: Annotated[
        Path | None, typer.Argument(help="The folder of documents; corrections.csv in it keeps what you decide.")
    ] = None,
    corrections: Annotated[Path | None, typer.Option("--corrections", help="Another file that keeps it.")] = None,
    csv: Annotated[Path | None, typer.Option("--csv", help="Write what is to be decided as a table to edit.")] = None,
    edited: Annotated[Path | None, typer.Option("--import", help="Take the decisions of an edited table.")] = None,
    name: Annotated[str, typer.Option("--name", help="Who decides; else git's user.name, else who is logged in.")] = "",
    only: Annotated[list[Why] | None, typer.Option("--only", help="What to look at. Repeatable.")] = None,
    below: Annotated[float, typer.Option(min=0, max=1, help="Claims of less confidence are doubtful.")] = 0.5,
    limit: Annotated[int, typer.Option("--limit", "-l", min=0, help="At most so many, 0 for all.")] = 0,
    graph: BuildFolder = OUT,
) -> None:
    """Decide what is doubtful in a build: contradictions, entities that may be one, unresolved names, doubtful claims.

    One after the other in the terminal, or in a spreadsheet with --csv and then --import. What you decide applies at every
    later build of the folder.

    Example: nhskg review seeds/documents --csv review.csv
    """
    from nhskg.corrections import FILE, read_corrections
    from nhskg.corrections.table import write_table
    from nhskg.render.words import counted
    from nhskg.review.items import items
    from nhskg.review.rows import SHEET, sheet
    from nhskg.review.session import Session

    path = corrections or (folder / FILE if folder else None)
    if path is None:
        raise UsageError("give the folder of documents, or --corrections FILE: decisions are kept there")
    if not path.parent.is_dir():
        raise UsageError(f"{path.parent}: no such folder; give that of the documents that the build has read")
    opened = open_graph(graph)
    if edited:
        _import(edited, path, _signature(name), opened)
        return
    known = read_corrections([], [path] if path.is_file() else [])
    for complaint in known.complaints:
        talk.say(f"warning: {complaint}")
    found = list(items(opened, known.decisions, below, only or tuple(Why)))
    found = found[: limit or None]
    if not found:
        raise NotFound("nothing to decide; --below shows claims of more confidence")
    if csv:
        where = folder if corrections is None else f"--corrections {corrections}"
        write_table(csv, sheet(opened, found), SHEET)
        talk.say(
            f"{counted(len(found), 'thing')} to decide; fill in the column action, then: nhskg review {where} --import {csv}"
        )
        typer.echo(str(csv))
        return
    signature = _signature(name)
    talk.say(f"decisions are kept in {path}")
    kept = Session(opened, path, signature, _ask, typer.echo).run(found)
    talk.say(f"{counted(kept, 'decision')} kept in {path}; they apply at the next nhskg build")


def _import(edited: Path, path: Path, signature: Signature, graph: Graph) -> None:
    """Takes all decisions of an edited table, or none if one is not understood."""
    from nhskg.corrections.table import append, read_table
    from nhskg.render.words import counted
    from nhskg.review.rows import decided_rows

    rows, wrong = decided_rows(read_table(edited), signature, graph)
    if wrong:
        listed = "".join(f"\n  {line}" for line in wrong)
        raise InputError(f"{edited}: nothing taken, since some rows are not understood; mend them{listed}")
    before = read_table(path).rows if path.is_file() else ()
    # The same decision twice says nothing more, on whichever day.
    known = {_content(row) for row in before}
    new = list({content: row for row in rows if (content := _content(row)) not in known}.values())
    if not rows:
        raise NotFound(f"{edited}: no row has an action, so nothing is decided")
    if new:
        append(path, new)
    old = f", {len(rows) - len(new)} were there already" if len(new) < len(rows) else ""
    talk.say(f"{counted(len(new), 'decision')} kept in {path}{old}; they apply at the next nhskg build")


def _content(row: object) -> tuple[tuple[str, str], ...]:
    from nhskg.corrections.table import COLUMNS

    cells = dict(row)  # type: ignore[call-overload]  # a mapping
    return tuple((name, " ".join(cells.get(name, "").split())) for name in COLUMNS if name not in ("date", "reason"))


def _signature(name: str) -> Signature:
    """Who decides. A name that was not given is said, so that nobody signs as somebody else unawares."""
    from nhskg.review.rows import Signature

    signed = " ".join(name.split())
    if not signed:
        signed, found = _found_name()
        talk.say(f"signed as {signed} ({found}); --name gives another name")
    return Signature(signed, date.today())  # noqa: DTZ011 the day where the person is


def _found_name() -> tuple[str, str]:
    try:
        done = subprocess.run(["git", "config", "user.name"], capture_output=True, text=True, check=False, timeout=10)  # noqa: S607 whichever git is installed
        if done.stdout.strip():
            return " ".join(done.stdout.split()), "git's user.name"
    except (OSError, subprocess.SubprocessError):
        pass
    try:
        return getpass.getuser(), "who is logged in"
    except (OSError, KeyError, ImportError) as error:
        raise UsageError("nobody signs; give --name NAME") from error


def _ask(prompt: str) -> str | None:
    """Asks on a terminal, and takes the next line of what is piped in elsewhere."""
    if sys.stdin.isatty():
        typer.echo(prompt, nl=False)
    line = sys.stdin.readline()
    return line.rstrip("\r\n") if line else None
