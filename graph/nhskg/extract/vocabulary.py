"""The words that a language model has met in its training."""

from __future__ import annotations

import json

from spacy.language import Language


def vocabulary(nlp: Language) -> frozenset[str]:
    """Gives the words of a pipeline's string store as it is on the disk; empty where there is none.

    The store in memory grows with each document, and what is read must not depend on what was read before.
    """
    file = nlp.path / "vocab" / "strings.json" if nlp.path else None
    if file is None or not file.exists():
        return frozenset()
    return frozenset(json.loads(file.read_text(encoding="utf-8")))
