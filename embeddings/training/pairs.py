"""Pairs of the training folder, by what may be learned from them."""

from __future__ import annotations

import collections
import random
from dataclasses import dataclass, field
from pathlib import Path

from corpus import PAIR_SHARES, SEED, rows

# How often a kind is drawn, against 1 for one whose two texts mean the same: these are related, which is less than alike.
RELATED = {
    "dialogue_turn": 0.2, "problem_misconception": 0.2, "problem_solution": 0.2, "profile_posts": 0.5,
    "science_fact_fact": 0.3, "standard_parent_child": 0.3, "student_teacher_uptake": 0.2,
}
LEAST_UPTAKE = 1.0  # of 0 to 2: how far the teacher's turn takes up the pupil's


@dataclass
class Kind:
    """Pairs of one sort from one file."""
    name: str  # file.sort
    first: list[str] = field(default_factory=list)
    second: list[str] = field(default_factory=list)
    negative: list[str] = field(default_factory=list)  # a text that contradicts the first; empty where none is known
    # Pairs that share a number in either column are never each other's negatives: their texts, or intents, are the same.
    first_group: list[int] = field(default_factory=list)
    second_group: list[int] = field(default_factory=list)


def _contradicts(row: list[str]) -> bool:
    return row[2:4] in (["nli", "contradiction"], ["paraphrase_hard", "0"])


def _is_positive(name: str, row: list[str]) -> bool:
    label = row[3] if len(row) > 3 else ""
    if name == "pairs_general" and row[2] == "science_question_fact":  # of a source that is not free for commercial use
        return False
    if not row[0] or not row[1] or _contradicts(row) or row[2] == "nli" and label != "entailment":
        return False
    return row[2] != "student_teacher_uptake" or float(label or 0) >= LEAST_UPTAKE


def load(training: Path, without: tuple[str, ...] = ()) -> dict[str, Kind]:
    """Every pair that says "alike" or "related"; files named in `without` are left out."""
    kinds: dict[str, Kind] = {}
    numbers: dict[str, int] = {}
    for name in PAIR_SHARES:
        if name in without:
            continue
        table = rows(training / f"{name}.tsv.gz")
        against: dict[str, list[str]] = collections.defaultdict(list)
        for row in filter(_contradicts, table):
            against[row[0]].append(row[1])
        for row in table:
            if not _is_positive(name, row):
                continue
            sort = row[2]
            key = f"{name.removeprefix('pairs_')}.{sort}"
            kind = kinds.setdefault(key, Kind(key))
            kind.first.append(row[0])
            kind.second.append(row[1])
            choices = against.get(row[0])
            kind.negative.append(choices[len(kind.first) % len(choices)] if choices else "")
            first, second = (row[3], row[3]) if sort == "same_intent" else row[:2]
            kind.first_group.append(numbers.setdefault(f"first\t{sort}\t{first}", len(numbers)))
            kind.second_group.append(numbers.setdefault(f"second\t{sort}\t{second}", len(numbers)))
    return kinds


def split(kind: Kind, share: float = 0.05, most: int = 500) -> tuple[list[int], list[int]]:
    """(training, validation) pair numbers, by a fixed seed. Pairs with the same first text stay on one side; a second text, or one
    that the teacher read, may stand on both: validation watches a run, it does not prove it."""
    by_first: dict[str, list[int]] = collections.defaultdict(list)
    for number, text in enumerate(kind.first):
        by_first[text].append(number)
    groups = list(by_first.values())
    random.Random(f"{SEED} {kind.name}").shuffle(groups)
    wanted = min(most, int(len(kind.first) * share))
    training: list[int] = []
    validation: list[int] = []
    for group in groups:
        (validation if len(validation) < wanted else training).extend(group)
    return training, validation
