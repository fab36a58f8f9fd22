"""Measures a model, or a peer, and prints `name value` lines as `staffroom_eval embeddings` does.

    evaluate.py [--model FILE] [--dimensions 256|128|64] [--sts FILE] [--corpus FILE --queries FILE --qrels FILE] [--posts FILE]
    evaluate.py --table FILE.npy …      the table before it was quantised, with the model's pieces
    evaluate.py --peer teacher|bm25 …   another way to the same figures
"""

from __future__ import annotations

import argparse
import time
from pathlib import Path

import numpy as np

import artefact
import measures
from bm25 import Bm25
from text import Vocabulary

SHIPPED = Path(__file__).resolve().parent.parent / "models" / "staffroom-static-256.model"
TEACHER_LONGEST = 256  # tokens: what all-MiniLM-L6-v2 reads


class StaticEncoder:
    """The sum of the pieces' vectors, cut to `dimensions`, of norm 1.

    Where the service falls back to the hashing encoder (static_encoder.h) this gives zero: it knows nothing of such a text.
    """

    def __init__(self, pieces: list[str], table: np.ndarray, dimensions: int):
        self._vocabulary = Vocabulary(pieces)
        self._table = table[:, :dimensions].astype(np.float64)

    def __call__(self, texts: list[str]) -> np.ndarray:
        out = np.zeros((len(texts), self._table.shape[1]))
        for row, text in zip(out, texts):
            reading = self._vocabulary.read(text)
            if reading.pieces and reading.known >= reading.unknown:
                row[:] = self._table[reading.pieces].sum(0)
        return (out / np.maximum(np.linalg.norm(out, axis=1, keepdims=True), 1e-12)).astype(np.float32)


def encoder_of(args: argparse.Namespace):
    if args.peer == "teacher":
        from teacher import Teacher
        teacher = Teacher()
        return lambda texts: teacher.encode(texts, TEACHER_LONGEST)
    _, pieces, rows, scales = artefact.read(args.model)
    table = np.load(args.table) if args.table else rows.astype(np.float64) * scales[:, None]
    return StaticEncoder(pieces, table, args.dimensions)


def figures_of(args: argparse.Namespace) -> dict[str, float]:
    if args.peer == "bm25":
        texts, conversation = measures.posts_of(args.posts)
        index = Bm25(texts)
        return measures.conversation_hit(conversation, lambda some: index.scores([texts[i] for i in some]))
    encoder = encoder_of(args)
    texts_seen, seconds = 0, 0.0

    def encode(texts: list[str]) -> np.ndarray:
        nonlocal texts_seen, seconds
        begun = time.perf_counter()
        rows = encoder(texts)
        texts_seen, seconds = texts_seen + len(texts), seconds + time.perf_counter() - begun
        return rows

    figures: dict[str, float] = {}
    if args.sts:
        figures |= measures.sts(encode, args.sts)
    if args.corpus and args.queries and args.qrels:
        figures |= measures.retrieval(encode, args.corpus, args.queries, args.qrels)
    if args.posts:
        texts, conversation = measures.posts_of(args.posts)
        rows = encode(texts)
        figures |= measures.conversation_hit(conversation, lambda some: rows[some] @ rows.T)
    if texts_seen:
        figures["texts_per_second"] = texts_seen / seconds
    return figures


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", type=Path, default=SHIPPED)
    parser.add_argument("--table", type=Path)
    parser.add_argument("--dimensions", type=int, choices=[256, 128, 64], default=256)
    parser.add_argument("--peer", choices=["teacher", "bm25"])
    for name in ("sts", "corpus", "queries", "qrels", "posts"):
        parser.add_argument("--" + name, type=Path)
    args = parser.parse_args()
    if len({bool(args.corpus), bool(args.queries), bool(args.qrels)}) > 1:
        parser.error("--corpus, --queries and --qrels go together")
    if args.peer == "bm25" and not args.posts:
        parser.error("--peer bm25 is for --posts")
    if args.peer and args.dimensions != 256:
        parser.error("--dimensions is of the model")
    for name, value in figures_of(args).items():
        print(f"{name} {value:.6f}")


if __name__ == "__main__":
    main()
