"""The exceptions that nhskg raises, each with the exit code of the command line.

NhskgError
├── UsageError        2  the call makes no sense: a path that is not there, a name that is unknown
├── InputError        3  what was given cannot be read: no documents, a damaged build, bad SPARQL
├── TooSlow           3  a question that took longer than it may
└── ModelError        3  the language model is missing or labels sentences in a way that is not understood

Bad *data* inside a document is not an exception: it is a warning that names the file.
"""

from __future__ import annotations


class NhskgError(Exception):
    """Base of all; the message says what is wrong, where, and what to do next."""

    exit_code = 3


class UsageError(NhskgError):
    """The call makes no sense."""

    exit_code = 2


class InputError(NhskgError):
    """What was given cannot be read."""


class TooSlow(NhskgError):
    """A question took longer than it may."""


class ModelError(NhskgError):
    """The language model cannot be used."""
