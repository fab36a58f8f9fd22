"""The figures of an embedding model, computed as `staffroom_eval embeddings` computes them.

`encode` is any function from a list of texts to rows of norm 1, or 0. Files are plain or .gz.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from pathlib import Path

import numpy as np

Encode = Callable[[list[str]], np.ndarray]
DEPTH = 10  # results looked at
QUERIES_AT_ONCE = 512


def open_text(path: Path):
    return gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else open(path, encoding="utf-8")


def ranks(values: np.ndarray) -> np.ndarray:
    """Ranks from 1; equal values share the mean of theirs."""
    _, inverse, counts = np.unique(values, return_inverse=True, return_counts=True)
    return (np.cumsum(counts) - (counts - 1) / 2)[inverse]


def correlation(a: np.ndarray, b: np.ndarray) -> float:
    a, b = a - a.mean(), b - b.mean()
    return float((a * b).sum() / np.sqrt((a * a).sum() * (b * b).sum()))


def spearman(a: np.ndarray, b: np.ndarray) -> float:
    return correlation(ranks(a), ranks(b))


def sts_rows(path: Path) -> tuple[np.ndarray, list[str], list[str]]:
    """Scores, first and second texts."""
    with open_text(path) as file:
        table = [line.rstrip("\n").split("\t") for line in file]
    return np.array([float(row[0]) for row in table]), [row[1] for row in table], [row[2] for row in table]


def sts(encode: Encode, path: Path) -> dict[str, float]:
    scores, first, second = sts_rows(path)
    cosines = (encode(first).astype(np.float64) * encode(second)).sum(1)
    return {"sts_spearman": spearman(cosines, scores), "sts_pearson": correlation(cosines, scores)}


def nearest(products: Callable[[np.ndarray], np.ndarray], queries: np.ndarray, leave_out_itself: bool) -> np.ndarray:
    """Per query number the DEPTH rows of greatest product, equal ones in their order."""
    found = np.zeros((len(queries), DEPTH), dtype=np.int64)
    for begin in range(0, len(queries), QUERIES_AT_ONCE):
        some = queries[begin:begin + QUERIES_AT_ONCE]
        scores = products(some)
        if leave_out_itself:
            scores[np.arange(len(some)), some] = -np.inf
        found[begin:begin + len(some)] = np.argsort(-scores, axis=1, kind="stable")[:, :DEPTH]
    return found


def retrieval(encode: Encode, corpus: Path, queries: Path, qrels: Path) -> dict[str, float]:
    """nDCG (Järvelin and Kekäläinen 2002) with linear gains; queries without a relevant document are left out."""
    with open_text(corpus) as file:
        documents = [json.loads(line) for line in file]
    numbers = {document.get("_id", document.get("id")): i for i, document in enumerate(documents)}
    with open_text(queries) as file:
        asked = dict(line.rstrip("\n").split("\t")[:2] for line in file)
    relevant: dict[str, dict[int, float]] = {}
    with open_text(qrels) as file:
        for query, document, grade in (line.split() for line in file):
            if query in asked and document in numbers and float(grade) > 0:
                relevant.setdefault(query, {})[numbers[document]] = float(grade)
    names = [name for name in asked if name in relevant]
    rows = encode([document["title"] + " " + document["text"] for document in documents])
    wanted = encode([asked[name] for name in names])
    found = nearest(lambda some: wanted[some] @ rows.T, np.arange(len(names)), leave_out_itself=False)
    discounts = 1 / np.log2(np.arange(2, DEPTH + 2))
    total = 0.0
    for name, results in zip(names, found):
        gains = np.array([relevant[name].get(int(document), 0.0) for document in results])
        ideal = np.array(sorted(relevant[name].values(), reverse=True)[:DEPTH])
        total += (gains * discounts).sum() / (ideal * discounts[:len(ideal)]).sum()
    return {"ndcg@10_dense": total / len(names)}


def posts_of(path: Path) -> tuple[list[str], np.ndarray]:
    """(texts, conversation numbers)."""
    with open_text(path) as file:
        posts = [json.loads(line) for line in file]
    return [post["text"] for post in posts], np.unique([post["conversation"] for post in posts], return_inverse=True)[1]


def conversation_hit(conversation: np.ndarray, products: Callable[[np.ndarray], np.ndarray]) -> dict[str, float]:
    """Share of posts, of those not alone in their conversation, with another of it among their nearest."""
    queries = np.flatnonzero(np.bincount(conversation)[conversation] > 1)
    found = nearest(products, queries, leave_out_itself=True)
    return {"conversation_hit@10": float((conversation[found] == conversation[queries][:, None]).any(1).mean())}
