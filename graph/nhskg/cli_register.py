"""The commands of ``nhskg register``: they parse arguments, call the register, and print."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from nhskg.register.tables import VARIABLE

register_app = typer.Typer(
    name="register",
    help="The register of NHS bodies: look a body up, check the data, take in what the NHS publishes.",
    no_args_is_help=True,
)


RegisterFolder = Annotated[
    Path | None,
    typer.Option("--register", envvar=VARIABLE, help="Folder of another register than the installed one."),
]


@register_app.command()
def show(
    name: Annotated[str, typer.Argument(help="Name, alias, ODS code or id of a body.")],
    on: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Only what held on that day.")] = None,
    register: RegisterFolder = None,
) -> None:
    """Show who a body is: its life, names, what it is part of, whom it followed, who held its posts.

    Example: nhskg register show RCHT --on 2019-06-01
    """
    from nhskg.register.profile import Profiles
    from nhskg.register.tables import register_folder

    for line in Profiles.open(register or register_folder()).describe(name, on.date() if on else None):
        typer.echo(line)


@register_app.command()
def check(register: RegisterFolder = None) -> None:
    """Check the register's data, and say in which file and line something is wrong.

    Example: nhskg register check --register my-register
    """
    from nhskg.register.checks import check_register, counted
    from nhskg.register.tables import register_folder

    problems = check_register(register or register_folder())
    for problem in problems:
        typer.echo(str(problem))
    if problems:
        typer.echo(counted(problems))
        raise typer.Exit(1)
    typer.echo("in order")


@register_app.command("import")
def import_(
    file: Annotated[Path, typer.Argument(help="An ODS extract such as etr.csv, or JSON of the ORD interface.")],
    register: Annotated[
        Path, typer.Option("--register", envvar=VARIABLE, help="Folder to write to; a copy is made if it is not there.")
    ] = Path("register"),
    source: Annotated[str, typer.Option(help='What new rows rest on; begins with "ODS". Default: ODS FILE.')] = "",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only report; write nothing.")] = False,
) -> None:
    """Take in what the Organisation Data Service publishes, without losing what was corrected by hand.

    Example: nhskg register import etr.csv --register my-register --source "ODS etr.csv 2026-11 (OGL)"
    """
    from nhskg.register.checks import counted
    from nhskg.register.imports import import_file

    merged, problems = import_file(file, register, source=source or f"ODS {file.name}", write=not dry_run)
    for line in merged.lines():
        typer.echo(line)
    if not dry_run:
        typer.echo(f"use it with --register {register}", err=True)
    if problems:
        to_mend = f"{counted(problems)} to mend by hand"
        if dry_run:  # nothing is written that could be checked
            for problem in problems:
                typer.echo(str(problem), err=True)
            typer.echo(f"{to_mend}; the lines are those that the import without --dry-run would write", err=True)
        else:
            typer.echo(f"{to_mend}; see nhskg register check --register {register}", err=True)
        raise typer.Exit(1)
