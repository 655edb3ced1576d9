"""Plurals of noun phrases."""

from __future__ import annotations

import re

IRREGULAR = {
    "child": "children",
    "man": "men",
    "woman": "women",
    "person": "people",
    "staff": "staff",
    "police": "police",
}
COMPLETED = re.compile(r" (?:of|in|at|from|across) ")


def plural(phrase: str) -> str:
    """The plural of a noun phrase.

    >>> plural("local authority"), plural("think tank"), plural("member of parliament"), plural("trust in Kent")
    ('local authorities', 'think tanks', 'members of parliament', 'trusts in Kent')
    """
    match = COMPLETED.search(phrase)
    head, rest = (phrase[: match.start()], phrase[match.start() :]) if match else (phrase, "")
    before, _, noun = head.rpartition(" ")
    if noun in IRREGULAR:
        head = f"{before} {IRREGULAR[noun]}".strip()
    elif head.endswith("y") and head[-2:-1] not in "aeiou":
        head = head[:-1] + "ies"
    else:
        head += "es" if head.endswith(("s", "ch", "x")) else "s"
    return head + rest
