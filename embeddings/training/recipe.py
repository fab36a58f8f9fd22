"""Every number of a training run. The card says how they were chosen."""

from __future__ import annotations

from dataclasses import dataclass

NESTED = (256, 128, 64)  # lengths that each vector must be good at when cut


@dataclass(frozen=True)
class Recipe:
    pieces: int = 56_000                # of the vocabulary: 262 bytes each and the text, and the file stays under 16 MiB
    teacher_shards: int = 25            # of 8,192 texts that the teacher reads
    rarity: float = 1e-3                # a of the first weights a / (a + p(piece)): smooth inverse frequency (Arora et al. 2017)
    steps: int = 3_500
    teacher_steps: int = 500            # first ones, on the teacher alone
    rate: float = 3e-3                  # of Adam; a twentieth of the steps to rise, then straight down to 0
    batch: int = 1024
    temperature: float = 0.05
    word_dropout: float = 0.1           # share of pieces left out at random
    teacher_weight: float = 1.0
    pair_weight: float = 1.0            # 0: distillation alone
    without: tuple[str, ...] = ()       # pair files left out

    def rate_at(self, step: int) -> float:
        share = step / self.steps
        return self.rate * min(1.0, 20 * share) * (1 - share)
