"""What a run learns from and is watched by, as piece numbers."""

from __future__ import annotations

from pathlib import Path

import numpy as np

import measures
import pairs
from corpus import SEED
from packed import Packed
from text import Vocabulary

LEAST_VALIDATED = 50  # pairs, else the figure says nothing
STS_HELD = 600        # pairs of sts_train that watch a run; none of sts_train is learned from


class Examples:
    def __init__(self, data: Path, vocabulary: Vocabulary, taught: list[str], without: tuple[str, ...]):
        self.taught = Packed(vocabulary, taught)
        self.kinds = pairs.load(data / "training", without)
        self.sides: dict[str, tuple[Packed, Packed, Packed]] = {}
        self.groups: dict[str, tuple[np.ndarray, np.ndarray]] = {}
        self.training: dict[str, np.ndarray] = {}    # pair numbers
        self.validation: dict[str, np.ndarray] = {}
        for name, kind in self.kinds.items():
            first, second = Packed(vocabulary, kind.first), Packed(vocabulary, kind.second)
            self.sides[name] = first, second, Packed(vocabulary, kind.negative)
            self.groups[name] = np.array(kind.first_group), np.array(kind.second_group)
            usable = (first.lengths() > 0) & (second.lengths() > 0)
            training, validation = pairs.split(kind)
            self.training[name] = np.array([number for number in training if usable[number]])
            self.validation[name] = np.array([number for number in validation if usable[number]], dtype=np.int64)
        scores, first, second = measures.sts_rows(data / "sentences" / "sts_train.tsv")
        held = np.random.default_rng(SEED).permutation(len(scores))[:STS_HELD]
        self.sts_scores = scores[held]
        self.sts = tuple(Packed(vocabulary, [side[i] for i in held]) for side in (first, second))

    def piece_counts(self, pieces: int) -> np.ndarray:
        """How often each piece stands in all that is learned from."""
        packed = [self.taught, *(side for sides in self.sides.values() for side in sides[:2])]
        return sum(np.bincount(texts.pieces, minlength=pieces) for texts in packed)

    def alike(self, name: str, rows: np.ndarray) -> np.ndarray:
        """rows × rows: whether two different pairs of a kind share a text or an intent, so that neither says a thing of the other."""
        shared = np.zeros((len(rows), len(rows)), dtype=bool)
        for group in self.groups[name]:
            shared |= group[rows][:, None] == group[rows][None, :]
        np.fill_diagonal(shared, False)
        return shared

    def draw_shares(self) -> tuple[list[str], np.ndarray]:
        """(kinds, how likely each is drawn): by the root of its size, so that large files do not drown the small ones."""
        names = list(self.kinds)
        weights = np.array([np.sqrt(len(self.training[name])) * pairs.RELATED.get(name.split(".")[1], 1.0) for name in names])
        return names, weights / weights.sum()
