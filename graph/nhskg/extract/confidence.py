"""How far a claim may be trusted: how often claims worded and resolved like it are right, on labelled data.

The shares in ``ontology/confidence.toml`` are measured by ``scripts/calibrate_confidence.py`` on the documents that are
annotated in ``seeds/annotated``; none is a guess.
"""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from nhskg.model import Label
from nhskg.resources import resource


@dataclass(frozen=True, slots=True)
class Confidence:
    """Shares of claims that are right.

    Attributes:
        overall: of all claims.
        wordings: by predicate and part of speech ("funds/verb"), drawn towards ``overall`` where there are few.
        arguments: by how the less certain of the two arguments was mentioned.
        chances: chances that the second opinion gives, rising, and the shares of claims with about that chance that are right.
        reject: the chance under which a claim of the rules is given up.
        accept: the chance from which a claim is made that the rules do not make.
        accept_guess: the same where what one of the two words stands for is a guess.
    """

    overall: float
    wordings: Mapping[str, float]
    arguments: Mapping[Label, float]
    chances: Sequence[tuple[float, float]] = ((0.0, 0.0), (1.0, 1.0))
    reject: float = 0.0
    accept: float = 1.0
    accept_guess: float = 1.0

    def of_chance(self, chance: float) -> float:
        """The confidence of a claim that has had a second opinion, between the measured points.

        >>> Confidence(0.5, {}, {}, chances=((0.0, 0.1), (1.0, 0.9))).of_chance(0.5)
        0.5
        """
        given, shares = zip(*self.chances, strict=True)
        return round(float(np.interp(chance, given, shares)), 2)

    def of(self, wording: str, mention: Label) -> float:
        """The confidence of a claim: its wording's share, better or worse as its arguments' is than all claims'.

        Args:
            wording: predicate and part of speech of the lexicon entry.
            mention: how the less certain of subject and object was mentioned.

        >>> Confidence(0.5, {"funds/verb": 0.8}, {Label.PRONOUN: 0.4}).of("funds/verb", Label.PRONOUN)
        0.73
        """
        odds = _odds(self.wordings.get(wording, self.overall))
        odds *= _odds(self.arguments.get(mention, self.overall)) / _odds(self.overall)
        return round(odds / (1 + odds), 2)


def _odds(share: float) -> float:
    return share / (1 - share)


def less_certain(one: Label, other: Label) -> Label:
    """Of two ways to mention something, the one that resolves less surely; ``Label`` has the surest first.

    >>> less_certain(Label.PRONOUN, Label.NAME).value
    'pronoun'
    """
    order = list(Label)
    return max(one, other, key=order.index)


@functools.cache
def load_confidence() -> Confidence:
    """Reads the shares that the package carries."""
    content = tomllib.loads(resource("ontology", "confidence.toml").read_text(encoding="utf-8"))
    return Confidence(
        overall=content["overall"],
        wordings=content["wordings"],
        arguments={Label(label): share for label, share in content["arguments"].items()},
        chances=[(chance, share) for chance, share in content["second_opinion"]["chances"]],
        reject=content["second_opinion"]["reject"],
        accept=content["second_opinion"]["accept"],
        accept_guess=content["second_opinion"]["accept_guess"],
    )
