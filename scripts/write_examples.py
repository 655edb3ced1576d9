#!/usr/bin/env python3
"""Writes what commands print into README.md and docs/, below each "$ nhskg …" in a block marked ``console``, and the outputs
of the notebook in docs/.

    .venv/bin/python scripts/write_examples.py            writes
    .venv/bin/python scripts/write_examples.py --check    only says what is out of date (the tests do that too)

The commands run in a folder of their own with builds of the sample documents: ``out``, and ``out-old`` without the last one. A
command below which nothing stands is only run. A line "…" stands for lines that are left out.
"""

from __future__ import annotations

import argparse
import ast
import contextlib
import csv
import difflib
import io
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
PAGES = ("README.md", "docs/cli.md", "docs/corrections.md", "docs/rdf.md")
NOTEBOOK = "docs/asking-in-python.ipynb"
BLOCK = re.compile(r"(?<=^```console\n).*?(?=^```$)", re.MULTILINE | re.DOTALL)
LEFT_OUT = "…"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true")
    arguments = parser.parse_args()
    stale = False
    with tempfile.TemporaryDirectory() as folder:
        sandbox = make_sandbox(Path(folder))
        for page in (*PAGES, NOTEBOOK):
            path = ROOT / page
            text = path.read_text(encoding="utf-8")
            new = filled_notebook(text, sandbox) if page == NOTEBOOK else filled(text, sandbox)
            if new == text:
                continue
            stale = True
            if arguments.check:
                sys.stdout.writelines(difflib.unified_diff(text.splitlines(True), new.splitlines(True), page, page))
            else:
                path.write_text(new, encoding="utf-8", newline="\n")
                print(f"{page}: written")
    sys.exit(1 if stale and arguments.check else 0)


def make_sandbox(folder: Path, built: Path | None = None) -> Path:
    """Makes a folder in which the examples of README.md, docs/ and --help can be run, and gives it.

    Args:
        folder: an empty folder.
        built: a build of the sample documents, if there is one.
    """
    shutil.copytree(ROOT / "seeds" / "documents", folder / "seeds" / "documents")
    shutil.copytree(ROOT / "seeds" / "register", folder / "my-register")
    (folder / "letters").mkdir()
    (folder / "letters" / "letter.txt").write_text("NHS England funds NHS Digital.\n", encoding="utf-8")
    with (folder / "my-register" / "bodies.csv").open(encoding="utf-8", newline="") as rows:
        trust = next(row for row in csv.DictReader(rows) if row["id"] == "ods-ref")
    cells = [trust["ods_code"], trust["name"].upper(), "Y58", *[""] * 24]
    (folder / "etr.csv").write_text(",".join(f'"{cell}"' for cell in cells) + "\r\n", encoding="utf-8")
    if built is None:
        run("nhskg build seeds/documents --out out", folder)
    else:
        shutil.copytree(built, folder / "out")
    older = sorted((ROOT / "seeds" / "documents").glob("*.md"))[:-1]
    run(shlex.join(["nhskg", "build", *map(str, older), "--out", "out-old"]), folder)
    return folder


def run(command: str, sandbox: Path) -> subprocess.CompletedProcess[str]:
    """Runs an example as somebody types it; what it says on stderr stands where a terminal would show it."""
    program, *arguments = shlex.split(command, comments=True)
    if program != "nhskg":
        raise SystemExit(f"{command}: only nhskg can be an example")
    environment = {key: value for key, value in os.environ.items() if not key.startswith("NHSKG_")}
    return subprocess.run(  # noqa: S603 our own program
        [sys.executable, "-m", "nhskg.cli", *arguments],
        cwd=sandbox,
        env={**environment, "NO_COLOR": "1", "COLUMNS": "100", "PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        check=False,
        timeout=300,
    )


def filled(text: str, sandbox: Path) -> str:
    """Gives a page with what its examples print now."""
    return BLOCK.sub(lambda block: "".join(_filled_block(block[0], sandbox)), text)


def _filled_block(block: str, sandbox: Path) -> Iterator[str]:
    command = ""
    shown: list[str] = []
    for line in [*block.splitlines(keepends=True), "$ "]:
        if not line.startswith("$ "):
            shown.append(line)
            continue
        if command:
            yield f"$ {command}"
            yield from _output(command, shown, sandbox)
        else:
            yield from shown
        command, shown = line.removeprefix("$ "), []


def _output(command: str, shown: list[str], sandbox: Path) -> list[str]:
    done = run(command, sandbox)
    if "Traceback" in done.stdout:
        raise SystemExit(f"$ {command}{done.stdout}")
    printed = done.stdout.splitlines(keepends=True)
    return shown if not shown or _matches(shown, printed) else printed


def _matches(shown: list[str], printed: list[str]) -> bool:
    """Whether lines are what was printed, apart from those left out."""
    pattern = "".join(r"(?:.*\n)*?" if line.strip() == LEFT_OUT else re.escape(line) for line in shown)
    return re.fullmatch(pattern, "".join(printed)) is not None


def filled_notebook(text: str, sandbox: Path) -> str:
    """Gives a notebook with what its cells print and give now; they run one after the other, in the sandbox."""
    notebook: dict[str, Any] = json.loads(text)
    variables: dict[str, Any] = {}
    number = 0
    with contextlib.chdir(sandbox):
        for cell in notebook["cells"]:
            if cell["cell_type"] == "code":
                number += 1
                cell["execution_count"] = number
                cell["outputs"] = _run_cell("".join(cell["source"]), variables, number)
    return json.dumps(notebook, ensure_ascii=False, indent=1) + "\n"


def _run_cell(source: str, variables: dict[str, Any], number: int) -> list[dict[str, Any]]:
    """Runs a cell as Jupyter does, the value of a last expression being its result, and gives its outputs."""
    statements = ast.parse(source).body
    last = statements[-1].value if statements and isinstance(statements[-1], ast.Expr) else None
    if last:
        statements.pop()
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(compile(ast.Module(statements, []), "cell", "exec"), variables)  # noqa: S102 our own notebook
        value = eval(compile(ast.Expression(last), "cell", "eval"), variables) if last else None  # noqa: S307 likewise
    outputs: list[dict[str, Any]] = []
    if printed.getvalue():
        outputs.append({"name": "stdout", "output_type": "stream", "text": _lines(printed.getvalue())})
    if value is not None:
        shown = {"text/plain": _lines(repr(value))}
        outputs.append({"data": shown, "execution_count": number, "metadata": {}, "output_type": "execute_result"})
    return outputs


def _lines(text: str) -> list[str]:
    return text.splitlines(keepends=True)


if __name__ == "__main__":
    main()
