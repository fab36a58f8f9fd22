"""Okapi BM25 (Robertson and Zaragoza 2009, k1 = 1.2, b = 0.75) over the words of text.py: the peer that knows no meanings."""

from __future__ import annotations

import numpy as np
import scipy.sparse

from text import words

K1, B = 1.2, 0.75


class Bm25:
    def __init__(self, texts: list[str]):
        self._numbers: dict[str, int] = {}
        counted = [np.unique([self._numbers.setdefault(w, len(self._numbers)) for w in words(text)] or np.zeros(0, np.int64),
                             return_counts=True) for text in texts]
        lengths = np.array([counts.sum() for _, counts in counted])
        columns = np.concatenate([found for found, _ in counted]).astype(np.int64)
        having = np.bincount(columns, minlength=len(self._numbers))
        self._idf = np.log(1 + (len(texts) - having + 0.5) / (having + 0.5))
        saturated = [counts * (K1 + 1) / (counts + K1 * (1 - B + B * length / lengths.mean()))
                     for (_, counts), length in zip(counted, lengths)]
        begins = np.concatenate([[0], np.cumsum([len(found) for found, _ in counted])])
        data = np.concatenate(saturated) * self._idf[columns]
        self._rows = scipy.sparse.csr_matrix((data, columns, begins), shape=(len(texts), len(self._numbers)))

    def scores(self, queries: list[str]) -> np.ndarray:
        """queries × texts."""
        known = [sorted({self._numbers[w] for w in words(text) if w in self._numbers}) for text in queries]
        begins = np.concatenate([[0], np.cumsum([len(found) for found in known])])
        columns = np.array([number for found in known for number in found], dtype=np.int64)
        wanted = scipy.sparse.csr_matrix((np.ones(len(columns)), columns, begins), shape=(len(queries), len(self._numbers)))
        return (wanted @ self._rows.T).toarray()
