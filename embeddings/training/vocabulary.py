"""Chooses the pieces: whole words of the training text and of the teacher, word parts, hashtags of the field, emoji."""

from __future__ import annotations

import collections
import unicodedata
from pathlib import Path

import regex

from corpus import PAIR_SHARES, TEXT_SHARES, lines, rows
from field_words import ABBREVIATIONS, HASHTAGS, WORDS
from text import normalize, words

_EMOJI = regex.compile(r"\p{Emoji}")
_CHARACTERS = "abcdefghijklmnopqrstuvwxyz0123456789"

LONGEST_WORD = 24
LEAST_COUNT = 4      # of a word in all the text
TEACHERS_OWN = 8     # what being one of the teacher's words counts for: its list was made from far more text than ours
LONGEST_NUMBER = 4   # digits, and only those that the teacher has


def count_words(training: Path) -> collections.Counter[str]:
    texts = [text for name in TEXT_SHARES for text in lines(training / f"{name}.txt.gz")]
    texts += sorted({text for name in PAIR_SHARES for row in rows(training / f"{name}.tsv.gz") for text in row[:2]})
    counts: collections.Counter[str] = collections.Counter()
    for text in texts:
        counts.update(words(text))
    return counts


def is_word(text: str) -> bool:
    return text.isascii() and text.isalnum() or (text.isalpha() and normalize(text) == text and len(text) > 1)


def emoji() -> list[str]:
    """Single code points that are or can be shown as pictures; no flags, no skin tones."""
    candidates = [chr(c) for c in range(0x2190, 0x1FB00)
                  if not 0x1F1E6 <= c <= 0x1F1FF and not 0x1F3FB <= c <= 0x1F3FF]
    return [c for c in candidates if _EMOJI.match(c) and unicodedata.name(c, "") and normalize(c) == c]


def choose(training: Path, teacher_pieces: list[str], size: int) -> list[str]:
    """`size` pieces at most, sorted: characters, the teacher's parts, the field's own, emoji; then words, most frequent first."""
    chosen = dict.fromkeys([*_CHARACTERS, *("##" + c for c in _CHARACTERS)])
    chosen.update(dict.fromkeys(p for p in teacher_pieces if p.startswith("##") and p[2:].isascii() and p[2:].isalnum()))
    chosen.update(dict.fromkeys([*WORDS, *ABBREVIATIONS, *HASHTAGS, *emoji()]))
    counts = count_words(training)
    ranked = collections.Counter({w: n for w, n in counts.items()
                                  if is_word(w) and not w.isdigit() and len(w) <= LONGEST_WORD})
    for piece in teacher_pieces:
        if not piece.startswith("##") and is_word(piece) and not (piece.isdigit() and len(piece) > LONGEST_NUMBER):
            ranked[piece] += TEACHERS_OWN
    for word, count in sorted(ranked.items(), key=lambda item: (-item[1], item[0])):
        if len(chosen) >= size or count < LEAST_COUNT:
            break
        chosen.setdefault(word)
    print(f"vocabulary: {len(chosen)} pieces of {len(counts)} words; the rarest counts {count}")
    return sorted(chosen)
