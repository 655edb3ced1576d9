"""A second opinion on what two entities in one sentence have to do with each other, learned from labelled passages.

Small feed-forward networks, several of which are averaged: each word becomes some numbers, of which the greatest over the
words on the way between the two entities, beside it and between them are taken (max pooling), and what is told of the pair
beside its words goes with them through one hidden layer. What they give for the rules' opinion is added at the end, so that
they start from the rules and learn where these are wrong. ``scripts/train_second_opinion.py`` makes them from ``seeds/claims``.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from spacy.language import Language

from nhskg.extract.pairs import Numbers, Told
from nhskg.resources import PACKAGE

FILE = PACKAGE / "second_opinion.npz"
WEIGHTS = ("words", "words_bias", "hidden", "hidden_bias", "out", "out_bias", "rules")


@dataclass(frozen=True, slots=True)
class Network:
    """The weights of one network.

    Attributes:
        words, words_bias: from what is told of a word.
        hidden, hidden_bias: from seven words or sets of words and what is told of the pair.
        out, out_bias: to the relations.
        rules: how much the rules' opinion adds.
    """

    words: Numbers
    words_bias: Numbers
    hidden: Numbers
    hidden_bias: Numbers
    out: Numbers
    out_bias: Numbers
    rules: Numbers

    def chances(self, told: Told) -> Numbers:
        """Gives for each pair the chance of each relation, between 0 and 1: (pairs, relations)."""
        words = np.maximum(told.words @ self.words + self.words_bias, 0)
        words[0] = 0
        pairs = len(told.pairs)
        pooled = np.maximum.reduceat(words[told.members], told.starts, axis=0)
        joined = np.concatenate([words[told.ends].reshape(pairs, -1), pooled.reshape(pairs, -1), told.about], axis=1)
        hidden = np.maximum(joined @ self.hidden + self.hidden_bias, 0)
        odds = hidden @ self.out + self.out_bias + self.rules * told.about[:, : self.out.shape[1]]
        return np.asarray(1 / (1 + np.exp(-odds)), dtype=np.float32)


@dataclass(frozen=True, slots=True)
class SecondOpinion:
    """The mean of what several networks say."""

    networks: Sequence[Network]

    def chances(self, told: Told) -> Numbers:
        """Gives for each pair the chance of each relation, between 0 and 1: (pairs, relations)."""
        return np.asarray(np.mean([network.chances(told) for network in self.networks], axis=0), dtype=np.float32)


def second_opinion_for(nlp: Language) -> SecondOpinion | None:
    """The second opinion that the package carries, or None for a pipeline whose word vectors it does not know."""
    opinion, vectors = _load()
    return opinion if nlp.meta["vectors"].get("name") == vectors else None


@functools.cache
def _load() -> tuple[SecondOpinion, str]:
    with np.load(FILE) as arrays:
        return from_arrays(arrays), str(arrays["vectors"])


def from_arrays(arrays: Mapping[str, np.ndarray]) -> SecondOpinion:
    """The networks in a file's arrays, which are named "0/words", "0/words_bias" …, "1/words" …"""
    count = len({name.split("/")[0] for name in arrays if "/" in name})
    networks = (
        Network(*(np.asarray(arrays[f"{number}/{name}"], dtype=np.float32) for name in WEIGHTS))
        for number in range(count)
    )
    return SecondOpinion(tuple(networks))
