#!/usr/bin/env python3
"""Writes what the Python reference finds in texts of our own making, for tests/embeddings/encoder/text_agreement_test.cc.

  write_golden.py               the texts, their tokens, a small vocabulary and the pieces of the texts in it
  write_golden.py --model FILE  the pieces of the same texts in the vocabulary of a model file

Needs `regex` beside the standard library, and Python 3.11, whose Unicode tables (14.0) are no newer than utf8proc's (15.0). The
same input gives the same content, whatever the machine.
"""

from __future__ import annotations

import argparse
import gzip
import struct
import zlib
from pathlib import Path

import golden_texts
import text

GOLDEN = Path(__file__).resolve().parents[2] / "tests/embeddings/encoder/golden"
HEADER_SIZE = 128
TOKENS_APART = "\x1f"
KINDS = {text.WORD: "w", text.HASHTAG: "#", text.EMOJI_TOKEN: "e", text.IDEOGRAPHS: "i"}


def escaped(line: str) -> str:
    return line.replace("\\", "\\\\").replace("\n", "\\n").replace("\t", "\\t").replace("\r", "\\r")


def write_lines(name: str, lines: list[str]) -> None:
    """Compressed, without a time or a name, so that the same lines give the same file."""
    with open(GOLDEN / name, "wb") as raw, gzip.GzipFile("", "wb", 9, raw, mtime=0) as file:
        file.write("".join(line + "\n" for line in lines).encode())


def write_tokens(all_texts: list[str]) -> None:
    lines = []
    for one in all_texts:
        found = TOKENS_APART.join(KINDS[kind] + token for kind, token in text.tokens(one))
        lines.append(f"{escaped(one)}\t{escaped(found)}")
    write_lines("tokens.tsv.gz", lines)


def write_pieces(name: str, pieces: list[str], all_texts: list[str]) -> None:
    """A first line that says which vocabulary it is, then: known, unknown, pieces of each text."""
    vocabulary = text.Vocabulary(pieces)
    lines = [f"{len(pieces)}\t{zlib.crc32(chr(10).join(pieces).encode()):08x}"]
    for one in all_texts:
        reading = vocabulary.read(one)
        assert vocabulary.encode(one) == reading.pieces, f"the short way differs: {one!r}"
        lines.append(f"{reading.known}\t{reading.unknown}\t{' '.join(map(str, reading.pieces))}")
    write_lines(name, lines)


def pieces_of_model(path: Path) -> list[str]:
    """embeddings/models/model_table.h has the grammar."""
    model = path.read_bytes()
    assert model[:8] == b"SRSTATIC", f"{path} is no model file"
    _, _, dimensions, count, text_bytes = struct.unpack_from("<5I", model, 8)
    ends = struct.unpack_from(f"<{count}I", model, HEADER_SIZE + count * (dimensions + 2))
    texts = model[len(model) - text_bytes:]
    return [texts[begin:end].decode() for begin, end in zip((0, *ends), ends)]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", type=Path)
    model = parser.parse_args().model
    all_texts = list(golden_texts.texts())
    if model is not None:
        write_pieces("shipped_pieces.tsv.gz", pieces_of_model(model), all_texts)
        return
    small = golden_texts.small_vocabulary()
    write_tokens(all_texts)
    write_lines("small_vocabulary.txt.gz", small)
    write_pieces("small_pieces.tsv.gz", small, all_texts)


if __name__ == "__main__":
    main()
