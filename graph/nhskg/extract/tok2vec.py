"""spaCy's tok2vec, run faster: what it makes of a word is remembered, and its convolutions take fewer passes over memory.

tok2vec (``spacy.Tok2Vec.v2`` of ``spacy.MultiHashEmbed.v2`` and ``spacy.MaxoutWindowEncoder.v2``) takes more than half of the
model's time in parsing. What it embeds a word as depends on the word and its norm alone, so that it need not be worked out
at each occurrence. Its convolutions are written for training; for reading, the same sums fit into a few calls of NumPy.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
from spacy.attrs import NORM, ORTH
from spacy.language import Language
from spacy.tokens import Doc
from spacy.vocab import Vocab
from thinc.api import Model

Numbers = npt.NDArray[np.float32]
Backwards = Callable[[list[Numbers]], object]

MOST_WORDS = 50_000
"""Different words that are remembered, about 40 MB of them."""
TOGETHER = 64
"""Words that are embedded at once, always as many: the sums of one do not depend on which others came with it."""
TINY = 1e-8
"""What ``thinc.layers.LayerNorm.v1`` adds to a variance."""


def speed_up(nlp: Language) -> None:
    """Makes every tok2vec of a pipeline faster for reading; one that is built otherwise, or trained, goes on as it was."""
    for _, pipe in nlp.pipeline:
        model = getattr(pipe, "model", None)
        for node in [] if model is None else list(model.walk()):
            if {"embed", "encode"} <= set(node.ref_names):
                embed, encode = node.get_ref("embed"), node.get_ref("encode")
                if "static_vectors" in embed.name and "extract_features" in embed.name:
                    node.layers[node.layers.index(embed)] = _remembering(embed, nlp.vocab)
                convolutions = _convolutions(encode)
                if convolutions:
                    node.layers[node.layers.index(encode)] = _convolving(encode, convolutions)


@dataclass(slots=True)
class RememberedWords:
    """What an embedding makes of words, worked out once for each.

    Attributes:
        embed: the embedding.
        vocab: that of the documents.
    """

    embed: Model[list[Doc], list[Numbers]]
    vocab: Vocab
    _rows: dict[tuple[int, int], int] = field(init=False, default_factory=dict)
    _table: Numbers = field(init=False, default_factory=lambda: np.empty((0, 0), dtype=np.float32))

    def of(self, docs: Sequence[Doc]) -> list[Numbers]:
        """Gives the numbers of each document's words: (words, width) each."""
        keys = [[(word, norm) for word, norm in doc.to_array([ORTH, NORM]).tolist()] for doc in docs]
        new = dict.fromkeys(key for listed in keys for key in listed if key not in self._rows)
        if len(self._rows) + len(new) > MOST_WORDS:
            self._rows.clear()
            new = dict.fromkeys(key for listed in keys for key in listed)
        if new:
            self._learn(list(new))
        return [self._table[[self._rows[key] for key in listed]] for listed in keys]

    def _learn(self, new: Sequence[tuple[int, int]]) -> None:
        tables = [self._table] if self._rows else []
        for start in range(0, len(new), TOGETHER):
            chosen = new[start : start + TOGETHER]
            filled = [*chosen, *[chosen[0]] * (TOGETHER - len(chosen))]
            doc = Doc(self.vocab, words=[self.vocab.strings[word] for word, _ in filled])
            norms = np.array([[norm] for _, norm in filled], dtype=np.uint64)
            doc.from_array([NORM], norms)  # type: ignore[arg-type]  # the stub says 32 bits, the code takes 64
            tables.append(self.embed.predict([doc])[0][: len(chosen)])
        self._rows.update((key, row) for row, key in enumerate(new, start=len(self._rows)))
        self._table = np.concatenate(tables)


@dataclass(frozen=True, slots=True)
class Convolution:
    """One residual layer over each word and its two neighbours: maxout, then layer normalisation.

    Attributes:
        weights: (3 × width, pieces × width).
        bias: (pieces × width).
        pieces: the number of sums of which the greatest is taken.
        scale, shift: of the normalisation, (width).
    """

    weights: Numbers
    bias: Numbers
    pieces: int
    scale: Numbers
    shift: Numbers

    def __call__(self, words: Numbers, windows: Numbers) -> Numbers:
        """Gives new numbers for words; ``windows`` (words, 3 × width) is room to work in, with zeros at its two ends."""
        width = words.shape[1]
        windows[1:, :width] = words[:-1]
        windows[:, width : 2 * width] = words
        windows[:-1, 2 * width :] = words[1:]
        sums = windows @ self.weights
        sums += self.bias
        best = sums[:, :width]
        for piece in range(1, self.pieces):
            best = np.maximum(best, sums[:, piece * width : (piece + 1) * width])
        best -= best.mean(axis=1, keepdims=True)
        best /= np.sqrt(np.einsum("ij,ij->i", best, best) / width + TINY)[:, None]
        best *= self.scale
        best += self.shift
        best += words
        return best


def _remembering(embed: Model[list[Doc], list[Numbers]], vocab: Vocab) -> Model[list[Doc], list[Numbers]]:
    words = RememberedWords(embed, vocab)

    def forward(_: object, docs: list[Doc], is_train: bool) -> tuple[list[Numbers], Backwards]:
        return embed(docs, is_train) if is_train else (words.of(docs), _no_training)

    return Model("remembered_words", forward)


def _convolving(
    encode: Model[list[Numbers], list[Numbers]], layers: Sequence[Convolution]
) -> Model[list[Numbers], list[Numbers]]:
    def forward(_: object, docs: list[Numbers], is_train: bool) -> tuple[list[Numbers], Backwards]:
        return encode(docs, is_train) if is_train else (_convolved(docs, layers), _no_training)

    return Model("fast_convolutions", forward)


def _convolved(docs: Sequence[Numbers], layers: Sequence[Convolution]) -> list[Numbers]:
    """Documents end to end, with as many zeros between them as there are layers, so that none hears another's words."""
    gap = len(layers)
    starts = np.cumsum([gap, *(len(doc) + gap for doc in docs)])
    width = next((doc.shape[1] for doc in docs), 0)
    words = np.zeros((int(starts[-1]), width), dtype=np.float32)
    for start, doc in zip(starts, docs, strict=False):
        words[start : start + len(doc)] = doc
    windows = np.zeros((len(words), 3 * width), dtype=np.float32)
    for layer in layers:
        words = layer(words, windows)
    return [words[start : start + len(doc)] for start, doc in zip(starts, docs, strict=False)]


def _convolutions(encode: Model[list[Numbers], list[Numbers]]) -> list[Convolution]:
    """The layers of an encoder; none if it is built in another way than is known here."""
    layers = []
    inner = encode.layers[0] if encode.name.startswith("with_array") else encode
    for residual in inner.layers if inner.name.startswith("residual") and ">>residual" in inner.name else [inner]:
        parts = {node.name: node for node in residual.walk() if not node.layers}
        if set(parts) - {"dropout"} != {"expand_window", "maxout", "layernorm"} or not residual.name.startswith(
            "residual"
        ):
            return []
        if parts["expand_window"].attrs["window_size"] != 1:
            return []
        weights, bias, scale, shift = (
            np.asarray(parts[name].get_param(param), dtype=np.float32)
            for name, param in (("maxout", "W"), ("maxout", "b"), ("layernorm", "G"), ("layernorm", "b"))
        )
        width, pieces, inputs = weights.shape
        layers.append(
            Convolution(
                weights=np.ascontiguousarray(weights.transpose(2, 1, 0).reshape(inputs, pieces * width)),
                bias=bias.T.reshape(-1).copy(),
                pieces=pieces,
                scale=scale,
                shift=shift,
            )
        )
    return layers


def _no_training(_: object) -> object:
    raise NotImplementedError("the fast tok2vec reads only")
