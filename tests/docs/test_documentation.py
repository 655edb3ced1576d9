"""What README.md, docs/ and --help show is what the program does."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer.main
from typer.testing import CliRunner

from nhskg import cli_lookup, cli_overview
from nhskg.cli import app
from nhskg.resources import LANGUAGE_MODEL
from samples import ROOT
from write_examples import NOTEBOOK, PAGES, filled, filled_notebook, make_sandbox, run

pytestmark = [
    pytest.mark.model,
    pytest.mark.skipif(not LANGUAGE_MODEL.exists(), reason="no language model in this checkout"),
]
OUT_OF_DATE = "out of date; scripts/write_examples.py writes it anew"
EXAMPLE = re.compile(r"Example: (nhskg .+?)(?:\n\s*\n|\Z)", re.DOTALL)


@pytest.fixture(scope="module")
def sandbox(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Builds and files for the examples to work on."""
    return make_sandbox(tmp_path_factory.mktemp("sandbox"), built)


@pytest.mark.parametrize("page", PAGES)
def test_pages_show_what_commands_print(page: str, sandbox: Path) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    assert filled(text, sandbox) == text, f"{page}: {OUT_OF_DATE}"


def test_the_notebook_shows_what_its_cells_give(sandbox: Path) -> None:
    text = (ROOT / NOTEBOOK).read_text(encoding="utf-8")
    assert filled_notebook(text, sandbox) == text, f"{NOTEBOOK}: {OUT_OF_DATE}"


def commands() -> Iterator[tuple[str, str]]:
    """All commands by their words, with what their docstrings say."""
    waiting = [("nhskg", typer.main.get_command(app))]
    while waiting:
        words, command = waiting.pop()
        if inner := getattr(command, "commands", None):
            waiting += [(f"{words} {name}", inner[name]) for name in inner]
        else:
            yield words, command.help or ""


@pytest.mark.parametrize(("words", "said"), sorted(commands()), ids=[words for words, _ in sorted(commands())])
def test_every_command_has_an_example_that_runs(words: str, said: str, sandbox: Path) -> None:
    found = EXAMPLE.search(said)
    assert found, f"{words} --help has no example"
    example = " ".join(found[1].split())
    assert example.startswith(words)
    done = run(example, sandbox)
    # The samples may have nothing that is disputed; that is an answer too.
    assert done.returncode == 0 or cli_lookup.SAID_NOTHING in done.stdout, done.stdout


@pytest.mark.parametrize("words", [words for words, _ in sorted(commands())])
def test_every_command_has_help(words: str) -> None:
    shown = CliRunner().invoke(app, [*shlex.split(words)[1:], "--help"])
    assert shown.exit_code == 0
    assert "Example: nhskg" in " ".join(shown.output.split())


def test_every_look_up_is_in_the_documentation() -> None:
    text = (ROOT / "docs" / "cli.md").read_text(encoding="utf-8")
    for module in (cli_lookup, cli_overview):
        named = [name for name, thing in vars(module).items() if getattr(thing, "__module__", "") == module.__name__]
        for name in (name for name in named if not name.startswith("_")):
            assert re.search(rf"nhskg {name}\b", text), f"nhskg {name} is not in docs/cli.md"
