"""``ontology/documents.toml`` as a value: what documents say about themselves, and in which words."""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass

from nhskg.errors import InputError
from nhskg.resources import resource


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """The words by which metadata are known.

    Attributes:
        fields: field of a document to the names that front matter, columns and keys give it, the surest first.
        lines: field to the lines of a text that state it.
        published, corrected: what stands before a date that is the document's, or that of a correction.
        boilerplate: whole lines that are no part of a text.
    """

    fields: Mapping[str, tuple[str, ...]]
    lines: Mapping[str, re.Pattern[str]]
    published: re.Pattern[str]
    corrected: re.Pattern[str]
    boilerplate: re.Pattern[str]


@functools.cache
def wording() -> Wording:
    """Reads the file, once.

    Raises:
        InputError: if it is damaged.
    """
    file = resource("ontology", "documents.toml")
    try:
        content = tomllib.loads(file.read_text(encoding="utf-8"))
        text = content["text"]
        return Wording(
            fields={field: tuple(names) for field, names in content["fields"].items()},
            lines={field: re.compile("|".join(text[field])) for field in ("source", "author", "url")},
            published=re.compile("|".join(text["published"]), re.IGNORECASE),
            corrected=re.compile("|".join(text["corrected"]), re.IGNORECASE),
            boilerplate=re.compile("|".join(content["boilerplate"]["lines"]), re.IGNORECASE),
        )
    except (tomllib.TOMLDecodeError, KeyError, TypeError, re.error) as error:
        raise InputError(f"{file}: not understood ({error}); put back the file that nhskg came with") from error
