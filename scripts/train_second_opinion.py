#!/usr/bin/env python3
"""Trains the second opinion on claims from the passages of ``seeds/claims`` and the documents of ``seeds/annotated``.

Every fifth passage of a file and every third document are left out of the training; ``scripts/calibrate_confidence.py``
measures on them how far the opinion may be trusted. Where two entities meet in several sentences of a text, the sentence that
speaks most for a relation stands for all (multi-instance learning: Dietterich, Lathrop & Lozano-Pérez, Artificial
Intelligence 89, 1997). In half of the examples the rules' opinion is hidden, so that the networks do not just repeat it.

    pip install -e . torch                          # in an environment of its own
    python scripts/train_second_opinion.py --write  # some minutes
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import nn

from labelled_texts import Right, annotated, passages
from nhskg.extract.pairs import WAYS, PairFinder, Told
from nhskg.extract.reader import Reader
from nhskg.extract.second_opinion import FILE, WEIGHTS

NETWORKS = 1
EPOCHS = 16
BATCH = 12
"""Texts that are learnt from at once."""
WIDTH, HIDDEN = 96, 192
FORGET = 0.3
HIDE = 0.4


@dataclass(frozen=True, slots=True)
class Example:
    """A text's pairs; which of them are of the same two entities (``groups``), and what is right of each group.

    Attributes:
        told: the pairs.
        groups: number of the group of each pair.
        turned: whether the pair's first entity is the group's second.
        wanted, counted: (groups, relations): whether the relation is right, and whether it matters.
    """

    told: Told
    groups: torch.Tensor
    turned: torch.Tensor
    wanted: torch.Tensor
    counted: torch.Tensor


def example(told: Told, rights: Iterable[Right], finder: PairFinder) -> Example:
    """An example to learn from."""
    numbers: dict[tuple[str, str], int] = {}
    groups, turned = [], []
    for pair in told.pairs:
        ends = pair.first.entity, pair.second.entity
        groups.append(numbers.setdefault((min(ends), max(ends)), len(numbers)))
        turned.append(ends[0] > ends[1])
    relations = 2 * len(finder.predicates)
    wanted, counted = torch.zeros(len(numbers), relations), torch.ones(len(numbers), relations)
    for right in rights:
        group = numbers.get((min(right.subject, right.object), max(right.subject, right.object)))
        if group is None:
            continue
        for rank, name in enumerate(right.predicates):
            forward = right.subject < right.object or finder.predicates[name].symmetric
            relation = finder.numbers[name] + (0 if forward else len(finder.predicates))
            if rank == 0 and not right.optional:
                wanted[group, relation] = counted[group, relation] = 1
            elif not wanted[group, relation]:
                counted[group, relation] = 0
    return Example(told, torch.tensor(groups), torch.tensor(turned), wanted, counted)


class Learner(nn.Module):
    """``second_opinion.Network`` as it learns."""

    def __init__(self, word_width: int, pair_width: int, relations: int) -> None:
        super().__init__()
        self.words = nn.Linear(word_width, WIDTH)
        self.hidden = nn.Linear((3 + WAYS) * WIDTH + pair_width, HIDDEN)
        self.out = nn.Linear(HIDDEN, relations)
        self.rules = nn.Parameter(torch.tensor([5.0]))
        self.forget = nn.Dropout(FORGET)
        nn.init.constant_(self.out.bias, -4.5)  # few relations hold

    def forward(self, batch: Batch) -> torch.Tensor:
        words = torch.relu(self.words(self.forget(batch.words)))
        words = words * (batch.words != 0).any(1, keepdim=True)  # the rows that stand for no word
        pooled = torch.zeros(len(batch.about) * WAYS, WIDTH)
        rows = batch.places.unsqueeze(1).expand(-1, WIDTH)
        pooled = pooled.scatter_reduce(0, rows, words[batch.members], "amax")
        joined = [words[batch.ends].flatten(1), pooled.view(len(batch.about), -1), batch.about]
        hidden = torch.relu(self.hidden(self.forget(torch.cat(joined, 1))))
        relations = self.out.out_features
        return self.out(self.forget(hidden)) + self.rules * batch.about[:, :relations]

    def weights(self) -> Mapping[str, np.ndarray]:
        """As ``second_opinion.Network`` has them."""
        arrays = (
            self.words.weight.T, self.words.bias, self.hidden.weight.T, self.hidden.bias, self.out.weight.T, self.out.bias,
            self.rules,
        )  # fmt: skip
        return {name: array.detach().numpy().astype(np.float16) for name, array in zip(WEIGHTS, arrays, strict=True)}


@dataclass(frozen=True, slots=True)
class Batch:
    """Several texts end to end: all words, the numbers of each pair's three words, the members of each pair's sets."""

    words: torch.Tensor
    ends: torch.Tensor
    members: torch.Tensor
    places: torch.Tensor
    about: torch.Tensor


def batch_of(examples: Sequence[Example]) -> Batch:
    """Joins texts."""
    words, ends, members, places, about = [], [], [], [], []
    first_word = first_place = 0
    for told in (each.told for each in examples):
        words.append(told.words)
        ends.append(told.ends + first_word)
        members.append(told.members + first_word)
        lengths = np.diff([*told.starts, len(told.members)])
        places.append(np.repeat(np.arange(len(told.starts)), lengths) + first_place)
        about.append(told.about)
        first_word += len(told.words)
        first_place += len(told.starts)
    return Batch(*(torch.from_numpy(np.concatenate(part)) for part in (words, ends, members, places, about)))


def train(examples: Sequence[Example], finder: PairFinder, seed: int) -> Learner:
    """Trains one network."""
    torch.manual_seed(seed)
    shuffled, rng = list(examples), random.Random(seed)
    count = len(finder.predicates)
    other_way = [n % count if predicate.symmetric else (n + count) % (2 * count)
                 for n, predicate in enumerate(2 * list(finder.predicates.values()))]  # fmt: skip
    first = shuffled[0].told
    learner = Learner(first.words.shape[1], first.about.shape[1], 2 * count)
    optimiser = torch.optim.AdamW(learner.parameters(), lr=2e-3, weight_decay=1e-4)
    steps = EPOCHS * -(-len(shuffled) // BATCH)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, 3e-3, total_steps=steps, pct_start=0.1)
    for epoch in range(EPOCHS):
        rng.shuffle(shuffled)
        total = 0.0
        for start in range(0, len(shuffled), BATCH):
            chosen = shuffled[start : start + BATCH]
            batch = batch_of(chosen)
            batch.about[:, : 2 * count] *= (torch.rand(len(batch.about), 1) > HIDE).float()
            odds = learner(batch)
            odds = torch.where(torch.cat([each.turned for each in chosen]).unsqueeze(1), odds[:, other_way], odds)
            starts = np.cumsum([0, *(len(each.wanted) for each in chosen)])
            groups = torch.cat([each.groups + int(begin) for each, begin in zip(chosen, starts, strict=False)])
            most = torch.full((int(starts[-1]), 2 * count), -30.0)
            most = most.scatter_reduce(0, groups.unsqueeze(1).expand(-1, 2 * count), odds, "amax")
            wanted = torch.cat([each.wanted for each in chosen])
            losses = nn.functional.binary_cross_entropy_with_logits(most, wanted, reduction="none")
            loss = (losses * torch.cat([each.counted for each in chosen])).sum() / len(wanted)
            optimiser.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(learner.parameters(), 5.0)
            optimiser.step()
            schedule.step()
            total += float(loss.detach())
        print(f"network {seed}, epoch {epoch + 1}: loss {total * BATCH / len(shuffled):.3f}", flush=True)
    learner.eval()
    return learner


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true", help=f"write {FILE.name} into the package")
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    reader = Reader.load(rules_only=True)
    finder = PairFinder(reader.lexicon, reader.claim_finder.predicates)
    texts = [*passages(reader, kept_aside=False), *annotated(reader, "ours", held_out=False)]
    examples = []
    for understood, rights in texts:
        told = finder.told(understood.paragraphs, understood.arguments, understood.claims)
        if told is not None:
            examples.append(example(told, rights, finder))
    print(f"{len(examples)} texts, {int(sum(each.wanted.sum() for each in examples))} relations to learn")
    arrays = {
        f"{number}/{name}": array
        for number in range(NETWORKS)
        for name, array in train(examples, finder, number).weights().items()
    }
    if arguments.write:
        arrays["vectors"] = np.array(reader.nlp.meta["vectors"]["name"])
        np.savez_compressed(FILE, allow_pickle=False, **arrays)


if __name__ == "__main__":
    main()
