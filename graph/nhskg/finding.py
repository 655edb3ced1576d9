"""Which thing a name means that somebody typed: the one that has it, candidates, or the nearest names."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Collection, Mapping

from nhskg.errors import UsageError

NEAREST = 5


class NotFound(UsageError):
    """Nothing has that name."""

    exit_code = 1


def name_key(name: str) -> str:
    """Gives what names are compared by: no capitals, no article, plain quotation marks, "and" for "&".

    >>> name_key("The King’s Fund & partners")
    "king's fund and partners"
    """
    words = name.lower().replace("’", "'").replace("&", " and ").split()
    return " ".join(words[1:] if words[:1] == ["the"] and len(words) > 1 else words)


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
        where: where the names are from, for messages: "the graph".
        about: what a message is to say of an id beside the name, the id at least.

    Raises:
        NotFound: if nothing has that name; the message has the nearest ones.
        UsageError: if several have; the message lists them.
    """
    key = name_key(name)
    ids = sorted(by_name.get(key, ()))
    if len(ids) > 1:
        named = [i for i in ids if name_key(name_of(i)) == key]
        ids = named if len(named) == 1 else ids
    if not ids:
        near = difflib.get_close_matches(key, by_name, n=NEAREST, cutoff=0.6)
        names = list(dict.fromkeys(name_of(i) for close in near for i in sorted(by_name[close])))[:NEAREST]
        hint = f"did you mean {', '.join(names)}?" if names else f"nothing in {where} is called anything like it"
        raise NotFound(f"{name}: not in {where}; {hint}")
    if len(ids) > 1:
        choices = "; ".join(f"{name_of(i)} ({about(i)})" for i in ids)
        raise UsageError(f"{name}: may be {choices}; give the id in brackets")
    return ids[0]
