"""Texts as piece numbers, packed: one array of pieces, and where each text begins."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from text import Vocabulary

LONGEST = 128  # pieces of a training text; what lies behind is cut


class Packed:
    def __init__(self, vocabulary: Vocabulary, texts: Iterable[str]):
        lists = [vocabulary.encode(text)[:LONGEST] for text in texts]
        self.begins = np.zeros(len(lists) + 1, dtype=np.int64)
        np.cumsum([len(pieces) for pieces in lists], out=self.begins[1:])
        self.pieces = np.fromiter((p for pieces in lists for p in pieces), dtype=np.int32, count=self.begins[-1])

    def __len__(self) -> int:
        return len(self.begins) - 1

    def lengths(self) -> np.ndarray:
        return np.diff(self.begins)

    def take(self, rows: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """(pieces, offsets) of `rows`, as an embedding bag wants them."""
        lengths = self.begins[rows + 1] - self.begins[rows]
        offsets = np.zeros(len(rows), dtype=np.int64)
        np.cumsum(lengths[:-1], out=offsets[1:])
        index = np.repeat(self.begins[rows] - offsets, lengths) + np.arange(lengths.sum())
        return self.pieces[index], offsets
