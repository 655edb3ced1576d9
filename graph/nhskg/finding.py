"""Which thing a name means that somebody typed: the one that has it, candidates, or the nearest names."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Collection, Iterable, Mapping

from nhskg.errors import UsageError

NEAREST = 5
ALIKE = 0.75
"""From which similarity on, as difflib measures it, a name may be what somebody meant."""


class NotFound(UsageError):
    """Nothing has that name."""

    exit_code = 1


class Ambiguous(UsageError):
    """Several things have that name."""


def name_key(name: str) -> str:
    """Gives what names are compared by: no capitals, accents or article, plain quotation marks, "and" for "&".

    >>> name_key("The King’s Fund & partners"), name_key("Thérèse Coffey")
    ("king's fund and partners", 'therese coffey')
    """
    plain = "".join(c for c in unicodedata.normalize("NFKD", name.lower()) if not unicodedata.combining(c))
    words = plain.replace("’", "'").replace("&", " and ").split()
    return " ".join(words[1:] if words[:1] == ["the"] and len(words) > 1 else words)


def nearest(key: str, keys: Iterable[str]) -> list[str]:
    """Gives the keys that are most like one, the most alike first."""
    import difflib  # only after a slip is it needed

    return difflib.get_close_matches(key, list(keys), n=NEAREST, cutoff=ALIKE)


def not_found(name: str, where: str, names: Iterable[str]) -> NotFound:
    """Says that nothing has a name, and which names are near."""
    near = list(dict.fromkeys(names))[:NEAREST]
    hint = f"Did you mean {', '.join(near)}?" if near else f"Nothing in {where} is called anything like it."
    return NotFound(f"{name}: not in {where}. {hint}")


def ambiguous(name: str, choices: Iterable[str]) -> Ambiguous:
    """Says what a name may mean, a choice a line."""
    listed = "".join(f"\n  {choice}" for choice in choices)
    return Ambiguous(f"{name}: may be one of these; give the id that stands in brackets{listed}")


def find_one(
    name: str,
    by_name: Mapping[str, Collection[str]],
    name_of: Callable[[str], str],
    where: str,
    about: Callable[[str], str] = str,
) -> str:
    """Gives the id of the thing that a name means.

    Args:
        name: as typed.
        by_name: ids by ``name_key``.
        name_of: gives the name of the thing with an id.
        where: where the names are from, for messages: "the register".
        about: what a message is to say of an id beside the name, the id at least.

    Raises:
        NotFound: if nothing has that name; the message has the nearest ones.
        Ambiguous: if several have; the message lists them.
    """
    key = name_key(name)
    ids = sorted(by_name.get(key, ()))
    if not ids:
        raise not_found(name, where, (name_of(i) for near in nearest(key, by_name) for i in sorted(by_name[near])))
    if len(ids) > 1:
        named = [i for i in ids if name_key(name_of(i)) == key]
        ids = named if len(named) == 1 else ids
    if len(ids) > 1:
        raise ambiguous(name, (f"{name_of(i)} ({about(i)})" for i in ids))
    return ids[0]
