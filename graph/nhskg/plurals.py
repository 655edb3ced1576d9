"""Plurals of noun phrases."""

from __future__ import annotations


def plural(phrase: str) -> str:
    """The plural of a noun phrase.

    >>> plural("local authority"), plural("think tank"), plural("member of parliament")
    ('local authorities', 'think tanks', 'members of parliament')
    """
    head, joined, rest = phrase.partition(" of ")
    if head.endswith("y") and head[-2:-1] not in "aeiou":
        head = head[:-1] + "ies"
    else:
        head += "es" if head.endswith(("s", "ch", "x")) else "s"
    return head + joined + rest
