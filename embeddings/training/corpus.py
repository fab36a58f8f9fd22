"""The text that the teacher reads: a fixed-seed sample of the training folder, mixed so that any prefix is a fair one."""

from __future__ import annotations

import gzip
import random
from pathlib import Path

SEED = 20261129

# Passages taken from each file. The small edu_* files are close to what teachers write: they are taken in greater part.
TEXT_SHARES = {
    "edu_carpentries": 12_000, "edu_cs_curricula": 9_000, "edu_dewey": 2_000, "edu_k12_lessons": 3_900,
    "edu_leveled_news": 5_000, "edu_math_problems": 6_000, "edu_math_texts": 8_000, "edu_open_practice": 9_000,
    "edu_openstax_by": 25_000, "edu_standards": 8_000, "edu_teacher_training_uk": 17_000, "edu_tutoring_talk": 8_000,
    "gen_dialogue": 12_000, "gen_factbook": 2_000, "gen_masc": 8_000, "gen_podcasts": 4_000, "gen_queries": 12_000,
    "gen_wikipedia": 12_000, "gov_digital": 10_000,
}
# Texts taken from each pair file, both columns together.
PAIR_SHARES = {
    "pairs_edu_headings": 12_000, "pairs_edu_openstax_by": 16_000, "pairs_edu_qa_talk": 16_000, "pairs_general": 56_000,
    "pairs_gov_titles": 6_000, "pairs_medquad": 6_000, "pairs_snli": 24_000, "pairs_title_abstract_arxiv": 30_000,
    "pairs_wordnet": 30_000,
}


def lines(path: Path) -> list[str]:
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as file:
        return [line.rstrip("\n") for line in file]


def rows(path: Path) -> list[list[str]]:
    return [line.split("\t") for line in lines(path)]


def teacher_texts(training: Path) -> list[str]:
    random_source = random.Random(SEED)
    chosen: list[str] = []
    for name, share in TEXT_SHARES.items():
        texts = lines(training / f"{name}.txt.gz")
        chosen += random_source.sample(texts, min(share, len(texts)))
    for name, share in PAIR_SHARES.items():
        texts = sorted({column for row in rows(training / f"{name}.tsv.gz") for column in row[:2]})
        chosen += random_source.sample(texts, min(share, len(texts)))
    chosen = sorted(set(chosen) - {""})
    random_source.shuffle(chosen)
    return chosen
