"""Joins the page's modules to one script, since a page without a network cannot import files.

Each file of ``page/`` is an ECMAScript module that names what it takes from its siblings. Joined, they share one scope:
``import`` lines go, ``export`` is struck out, and a module stands after those it imports. So two modules must not give
different things the same name at their top level; a browser refuses the script if they do, and a test looks.
"""

from __future__ import annotations

import re
from pathlib import Path

IMPORT = re.compile(r"^import \{[^}]*\} from \"\./(?P<name>[\w.]+)\";\n", re.MULTILINE)
EXPORT = re.compile(r"^export (?=(async )?(function|const|let|class)\b)", re.MULTILINE)


def join_modules(folder: Path, main: str) -> str:
    """Gives one script with a module and all that it imports, each once.

    Raises:
        ValueError: if modules import one another in a circle.
    """
    joined: dict[str, str] = {}
    _add(folder, main, joined, ())
    return '"use strict";\n(() => {\n' + "\n".join(joined.values()) + "})();\n"


def _add(folder: Path, name: str, joined: dict[str, str], importers: tuple[str, ...]) -> None:
    if name in importers:
        raise ValueError(f"{' imports '.join((*importers, name))}: a circle; move what both need to a third module")
    if name in joined:
        return
    text = (folder / name).read_text(encoding="utf-8")
    for match in IMPORT.finditer(text):
        _add(folder, match["name"], joined, (*importers, name))
    joined[name] = f"// {name}\n{EXPORT.sub('', IMPORT.sub('', text))}"
