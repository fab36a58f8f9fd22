"""The one command: training text and pairs in, the model file out.

    python make_model.py --data DIR --work DIR --out FILE

What the steps make is kept in --work, so that a stopped run goes on from there; begin with an empty --work after a change of
texts, vocabulary or teacher. Fixed seed; under an hour on two cores.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
import time
import unicodedata
from dataclasses import asdict, fields
from pathlib import Path

import numpy as np
import torch

import artefact
from corpus import SEED, rows, teacher_texts
from examples import Examples
from field_words import ABBREVIATIONS, HASHTAGS
from recipe import NESTED, Recipe
from student import Student, pair_loss, teacher_loss, validate
from teacher import Teacher, teach
from text import Vocabulary
from vocabulary import choose

MODEL_ID = "static-256-v1"
REPORT_EVERY = 250


def kept(path: Path, make) -> np.ndarray:
    if not path.exists():
        unfinished = path.with_suffix(".unfinished.npy")
        np.save(unfinished, make())
        unfinished.rename(path)
    return np.load(path)


def meaning(piece: str) -> str:
    """What the teacher reads for a piece."""
    if piece in ABBREVIATIONS or piece in HASHTAGS:
        return {**ABBREVIATIONS, **HASHTAGS}[piece]
    return piece if piece.isalnum() else unicodedata.name(piece).lower()  # an emoji


def piece_vectors(teacher: Teacher, pieces: list[str]) -> np.ndarray:
    out = np.zeros((len(pieces), teacher.dimensions), dtype=np.float32)
    is_part = np.array([piece.startswith("##") for piece in pieces])
    out[is_part] = teacher.encode_parts([piece for piece in pieces if piece.startswith("##")])
    out[~is_part] = teacher.encode([meaning(piece) for piece in pieces if not piece.startswith("##")])
    return out


def projection_of(vectors: np.ndarray) -> np.ndarray:
    """384 × 256: keeps as much of the teacher's products as 256 dimensions can, the most in the first ones."""
    _, directions = np.linalg.eigh(vectors.T @ vectors)
    return directions[:, ::-1][:, :NESTED[0]].astype(np.float32)


def first_table(vectors: np.ndarray, counts: np.ndarray, rarity: float) -> np.ndarray:
    share = (counts + 1) / counts.sum()
    directions = vectors / (np.linalg.norm(vectors, axis=1, keepdims=True) + 1e-9)
    return (directions * (rarity / (rarity + share))[:, None]).astype(np.float32)


def show(when: str, figures: dict[str, float]) -> None:
    print(when, json.dumps({name: round(value, 4) for name, value in figures.items() if "mrr." not in name}), flush=True)


class Checkpoint:
    """Where a training stands, so that one that was stopped ends with the same table as one that was not."""

    def __init__(self, path: Path, recipe: Recipe):
        self._path = path
        self._recipe = asdict(recipe)

    def save(self, step: int, student: Student, optimizer: torch.optim.Optimizer, source: np.random.Generator) -> None:
        unfinished = self._path.with_suffix(".unfinished")
        torch.save({"recipe": self._recipe, "step": step, "student": student.state_dict(), "optimizer": optimizer.state_dict(),
                    "torch": torch.get_rng_state(), "numpy": source.bit_generator.state}, unfinished)
        unfinished.rename(self._path)

    def load(self, student: Student, optimizer: torch.optim.Optimizer, source: np.random.Generator) -> int:
        """The step to go on from; 0 where no training of this recipe was stopped."""
        if not self._path.exists():
            return 0
        saved = torch.load(self._path, weights_only=False)
        if saved["recipe"] != self._recipe:
            return 0
        student.load_state_dict(saved["student"])
        optimizer.load_state_dict(saved["optimizer"])
        torch.set_rng_state(saved["torch"])
        source.bit_generator.state = saved["numpy"]
        return saved["step"]


def train(student: Student, examples: Examples, targets: torch.Tensor, recipe: Recipe, checkpoint: Checkpoint,
          limit_seconds: float) -> bool:
    """False when the time was over first; another call goes on from there."""
    torch.manual_seed(SEED)
    source = np.random.default_rng(SEED)
    optimizer = torch.optim.SparseAdam(student.parameters(), lr=recipe.rate)
    names, shares = examples.draw_shares()
    begun = time.time()
    for step in range(checkpoint.load(student, optimizer, source), recipe.steps):
        for group in optimizer.param_groups:
            group["lr"] = recipe.rate_at(step)
        loss = recipe.teacher_weight * teacher_loss(student, examples, targets, recipe, source)
        if step >= recipe.teacher_steps and recipe.pair_weight > 0:
            name = names[source.choice(len(names), p=shares)]
            loss = loss + recipe.pair_weight * pair_loss(student, examples, name, recipe, source)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        if (step + 1) % REPORT_EVERY == 0:
            show(f"step {step + 1}, {time.time() - begun:.0f} s:", validate(student, examples))
            checkpoint.save(step + 1, student, optimizer, source)
        if time.time() - begun > limit_seconds:
            checkpoint.save(step + 1, student, optimizer, source)
            return False
    return True


def make(data: Path, work: Path, recipe: Recipe, limit_seconds: float) -> tuple[list[str], np.ndarray] | None:
    """(pieces, table); none when the time was over before the training."""
    work.mkdir(parents=True, exist_ok=True)
    teacher = Teacher()
    pieces = list(kept(work / "pieces.npy", lambda: np.array(choose(data / "training", teacher.pieces(), recipe.pieces))))
    vectors = kept(work / "piece_vectors.npy", lambda: piece_vectors(teacher, pieces))
    taught, targets = teach(teacher, teacher_texts(data / "training"), work / "teacher", recipe.teacher_shards)
    left_out = {text for name in recipe.without for row in rows(data / "training" / f"{name}.tsv.gz") for text in row[:2]}
    kept_rows = np.array([text not in left_out for text in taught])
    taught, targets = [text for text, keep in zip(taught, kept_rows) if keep], targets[kept_rows]
    examples = Examples(data, Vocabulary(pieces), taught, recipe.without)
    projection = projection_of(targets)
    student = Student(first_table(vectors @ projection, examples.piece_counts(len(pieces)), recipe.rarity))
    show("untrained:", validate(student, examples))
    checkpoint = Checkpoint(work / "training.checkpoint", recipe)
    if not train(student, examples, torch.from_numpy(targets @ projection), recipe, checkpoint, limit_seconds):
        return None
    print(json.dumps({name: round(value, 4) for name, value in validate(student, examples).items()}, indent=1))
    return pieces, student.table()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="holds training/ and sentences/")
    parser.add_argument("--work", type=Path, required=True, help="keeps what the steps made")
    parser.add_argument("--out", type=Path, required=True, help="the model file; the table in float32 goes beside it, as .npy")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--minutes", type=float, default=float("inf"), help="of training at most; the next run goes on")
    for field in fields(Recipe):
        if field.name == "without":
            parser.add_argument("--without", nargs="*", default=(), help="pair files left out")
        else:
            parser.add_argument("--" + field.name.replace("_", "-"), type=type(field.default), default=field.default)
    args = parser.parse_args()
    torch.set_num_threads(args.threads)
    recipe = Recipe(**{field.name: getattr(args, field.name) for field in fields(Recipe)})
    print(recipe, flush=True)
    made = make(args.data, args.work, recipe, 60 * args.minutes)
    if made is None:
        sys.exit("the time is over; the same command goes on from here")
    pieces, table = made
    np.save(args.out.with_suffix(".npy"), table)
    artefact.write(args.out, MODEL_ID, pieces, *artefact.quantize(table))
    print(f"{args.out}: {args.out.stat().st_size} bytes, SHA-256 {hashlib.sha256(args.out.read_bytes()).hexdigest()}")


if __name__ == "__main__":
    main()
