"""The table that is trained, what it is told to do, and how well it does."""

from __future__ import annotations

import numpy as np
import torch
import torch.nn.functional as F

import measures
from examples import LEAST_VALIDATED, Examples
from packed import Packed
from recipe import NESTED, Recipe

FORBIDDEN = -1e4  # logit of what must not be chosen


class Student(torch.nn.Module):
    """Sums the vectors of a text's pieces; their lengths are the pieces' weights."""

    def __init__(self, table: np.ndarray):
        super().__init__()
        self.bag = torch.nn.EmbeddingBag.from_pretrained(torch.from_numpy(table), freeze=False, mode="sum", sparse=True)

    def forward(self, texts: Packed, rows: np.ndarray, word_dropout: float = 0.0) -> torch.Tensor:
        pieces, offsets = texts.take(rows)
        weights = (torch.rand(len(pieces)) >= word_dropout).float() if word_dropout > 0 else None
        return self.bag(torch.from_numpy(pieces.astype(np.int64)), torch.from_numpy(offsets), per_sample_weights=weights)

    def table(self) -> np.ndarray:
        return self.bag.weight.detach().numpy()


def some_lengths(source: np.random.Generator) -> tuple[int, int]:
    """All dimensions, and one of the shorter lengths by turns: each is trained, at two thirds of the cost."""
    return NESTED[0], NESTED[1 + source.integers(0, len(NESTED) - 1)]


def teacher_loss(student: Student, examples: Examples, targets: torch.Tensor, recipe: Recipe,
                 source: np.random.Generator) -> torch.Tensor:
    """Point where the teacher points, and find alike, within the batch, what it finds alike."""
    rows = source.integers(0, len(examples.taught), recipe.batch)
    out = student(examples.taught, rows, recipe.word_dropout)
    target = targets[torch.from_numpy(rows)]
    direction = sum((1 - F.cosine_similarity(out[:, :d], target[:, :d], dim=1)).mean() for d in NESTED)
    itself = torch.eye(len(rows), dtype=torch.bool)
    wanted = F.normalize(target, dim=1)
    wanted = (wanted @ wanted.T / recipe.temperature).masked_fill(itself, FORBIDDEN).softmax(1)
    likeness = 0.0
    for d in some_lengths(source):
        cut = F.normalize(out[:, :d], dim=1)
        logits = (cut @ cut.T / recipe.temperature).masked_fill(itself, FORBIDDEN)
        likeness = likeness - (wanted * logits.log_softmax(1)).sum(1).mean()
    return direction + 0.3 * likeness


def pair_loss(student: Student, examples: Examples, name: str, recipe: Recipe, source: np.random.Generator) -> torch.Tensor:
    """InfoNCE both ways: each text must find its partner among all of the batch, and the first also among contradictions."""
    training = examples.training[name]
    rows = training[source.integers(0, len(training), min(recipe.batch, len(training)))]
    first, second, negative = examples.sides[name]
    a = student(first, rows, recipe.word_dropout)
    b = student(second, rows, recipe.word_dropout)
    contradicted = rows[negative.lengths()[rows] > 0]
    c = student(negative, contradicted, recipe.word_dropout) if len(contradicted) else None
    same = torch.from_numpy(examples.alike(name, rows))
    partner = torch.arange(len(rows))
    loss = torch.zeros(())
    for d in some_lengths(source):
        cut = F.normalize(a[:, :d], dim=1)
        logits = (cut @ F.normalize(b[:, :d], dim=1).T / recipe.temperature).masked_fill(same, FORBIDDEN)
        forward = logits
        if c is not None:
            forward = torch.cat([logits, cut @ F.normalize(c[:, :d], dim=1).T / recipe.temperature], 1)
        loss = loss + F.cross_entropy(forward, partner) + F.cross_entropy(logits.T, partner)
    return loss / 2


@torch.inference_mode()
def validate(student: Student, examples: Examples) -> dict[str, float]:
    """`mrr`: mean over the kinds of 1 / rank of the right partner among all held ones; `sts_held_D`: Spearman."""
    figures: dict[str, float] = {}
    for name, rows in examples.validation.items():
        if len(rows) < LEAST_VALIDATED:
            continue
        a, b = (F.normalize(student(side, rows), dim=1) for side in examples.sides[name][:2])
        products = (a @ b.T).masked_fill(torch.from_numpy(examples.alike(name, rows)), -1)
        rank = (products > products.diagonal()[:, None]).sum(1) + 1
        figures[f"mrr.{name}"] = float((1 / rank).mean())
    figures["mrr"] = float(np.mean(list(figures.values())))
    everyone = np.arange(len(examples.sts_scores))
    a, b = (student(side, everyone) for side in examples.sts)
    for d in NESTED:
        figures[f"sts_held_{d}"] = measures.spearman(F.cosine_similarity(a[:, :d], b[:, :d], dim=1).numpy(), examples.sts_scores)
    return figures
