"""The model file: what embeddings/models/model_table.h says of it, written and read."""

from __future__ import annotations

import struct
from pathlib import Path

import numpy as np

MAGIC = b"SRSTATIC"
FORMAT_VERSION = 1
TOKENIZER_VERSION = 1
HEADER_BYTES = 128
LARGEST_SCALE = 32767


def crc32c(data: bytes) -> int:
    import google_crc32c
    return google_crc32c.value(data)


def quantize(table: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """(int8 rows, u16 scales): row × scale is the table, but for one common factor and the rounding."""
    unit = np.abs(table).max() / (127.0 * LARGEST_SCALE)
    scales = np.clip(np.ceil(np.abs(table).max(axis=1) / (127.0 * unit)), 1, LARGEST_SCALE)
    rows = np.rint(table / (scales * unit)[:, None]).clip(-127, 127).astype(np.int8)
    scales = scales.astype(np.uint16)
    return rows, scales


def write(path: Path, model_id: str, pieces: list[str], rows: np.ndarray, scales: np.ndarray) -> None:
    texts = [piece.encode() for piece in pieces]
    ends = np.cumsum([len(text) for text in texts]).astype("<u4")
    name = model_id.encode()
    assert len(name) <= 64 and len(set(texts)) == len(texts)
    header = MAGIC + struct.pack("<IIIIII", FORMAT_VERSION, TOKENIZER_VERSION, rows.shape[1], len(pieces), int(ends[-1]), 0)
    header += name.ljust(64, b"\0") + bytes(32)
    assert len(header) == HEADER_BYTES
    body = bytearray(header + rows.astype(np.int8).tobytes() + scales.astype("<u2").tobytes() + ends.tobytes() + b"".join(texts))
    body[28:32] = struct.pack("<I", crc32c(bytes(body)))
    path.write_bytes(body)


def read(path: Path) -> tuple[str, list[str], np.ndarray, np.ndarray]:
    """(model id, pieces, rows, scales)."""
    data = path.read_bytes()
    if data[:8] != MAGIC:
        raise ValueError(f"{path}: not a model file")
    version, tokenizer, dimensions, count, text_bytes, crc = struct.unpack_from("<IIIIII", data, 8)
    if (version, tokenizer) != (FORMAT_VERSION, TOKENIZER_VERSION):
        raise ValueError(f"{path}: format {version}, tokenizer {tokenizer}: not of this program")
    if crc32c(data[:28] + bytes(4) + data[32:]) != crc:
        raise ValueError(f"{path}: damaged")
    at = HEADER_BYTES
    rows = np.frombuffer(data, np.int8, count * dimensions, at).reshape(count, dimensions)
    at += rows.size
    scales = np.frombuffer(data, "<u2", count, at)
    at += 2 * count
    ends = np.frombuffer(data, "<u4", count, at)
    at += 4 * count
    texts = data[at:]
    assert len(texts) == text_bytes == ends[-1]
    begins = np.concatenate([[0], ends[:-1]])
    return data[32:96].rstrip(b"\0").decode(), [texts[b:e].decode() for b, e in zip(begins, ends)], rows, scales
