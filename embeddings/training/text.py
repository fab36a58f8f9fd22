"""Text to pieces: the reference that the C++ encoder agrees with, token for token.

    text -> tokens (words, hashtags, emoji, ideographs)     embeddings/encoder/tokenizer.h
         -> pieces of the vocabulary                        embeddings/encoder/piece_vocabulary.h
         -> how much of the text they cover                 embeddings/encoder/text_pieces.h

All is written here a second time, on Python's own Unicode tables, so that a fault of one side shows: write_golden.py writes
what this side finds, and tests/embeddings/encoder/text_agreement_test.cc compares. Rules and reasons stand in those headers.
"""

from __future__ import annotations

import functools
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

import regex

MAX_TOKEN_CODE_POINTS = 64
IDEOGRAPH_BLOCKS = (
    (0x1100, 0x11FF), (0x2E80, 0x9FFF), (0xA960, 0xA97F), (0xAC00, 0xD7FF), (0xF900, 0xFAFF),
    (0xFF66, 0xFFDC), (0x1AFF0, 0x1B16F), (0x20000, 0x3FFFF),
)
GLUED_WORDS = (
    "chat", "chats", "classroom", "community", "edu", "education", "learn", "learning", "math", "rocks", "science",
    "students", "teach", "teacher", "teachers", "teaching", "works",
)
GLUED_TO_ACRONYMS = "ed"
SHORTEST_STEM = 3
LONGEST_NUMBERED_NAME = 2
APOSTROPHES = "'\u2019\u02bc"

LETTER, MARK, APOSTROPHE, IDEOGRAPH, EMOJI, FLAG_HALF, SEPARATOR, END = range(8)
WORD, HASHTAG, EMOJI_TOKEN, IDEOGRAPHS = "word", "hashtag", "emoji", "ideographs"

# Extended_Pictographic of Unicode 15.0 from U+2190 on, assigned ones. Written out: Unicode 16 and 17 took hundreds away (chess,
# dice, map signs), and `regex` goes with them, while utf8proc 2.8 does not.
_PICTOGRAPHS = """
2194-2199 21A9-21AA 231A-231B 2328 2388 23CF 23E9-23F3 23F8-23FA 24C2 25AA-25AB 25B6 25C0 25FB-25FE 2600-2605
2607-2612 2614-2685 2690-2705 2708-2712 2714 2716 271D 2721 2728 2733-2734 2744 2747 274C 274E 2753-2755 2757
2763-2767 2795-2797 27A1 27B0 27BF 2934-2935 2B05-2B07 2B1B-2B1C 2B50 2B55 3030 303D 3297 3299 1F000-1F02B 1F030-1F093
1F0A0-1F0AE 1F0B1-1F0BF 1F0C1-1F0CF 1F0D1-1F0F5 1F10D-1F10F 1F12F 1F16C-1F171 1F17E-1F17F 1F18E 1F191-1F19A 1F1AD
1F201-1F202 1F21A 1F22F 1F232-1F23A 1F250-1F251 1F260-1F265 1F300-1F3FA 1F400-1F53D 1F546-1F64F 1F680-1F6D7
1F6DC-1F6EC 1F6F0-1F6FC 1F774-1F776 1F77B-1F77F 1F7D5-1F7D9 1F7E0-1F7EB 1F7F0 1F8B0-1F8B1 1F90C-1F93A 1F93C-1F945
1F947-1FA53 1FA60-1FA6D 1FA70-1FA7C 1FA80-1FA88 1FA90-1FABD 1FABF-1FAC5 1FACE-1FADB 1FAE0-1FAE8 1FAF0-1FAF8
"""
_PICTOGRAPH_RANGES = [tuple(int(end, 16) for end in item.partition("-")[::2] if end) for item in _PICTOGRAPHS.split()]
_PICTOGRAPH = frozenset(chr(value) for ends in _PICTOGRAPH_RANGES for value in range(ends[0], ends[-1] + 1))
_IGNORABLE = regex.compile(r"\p{Default_Ignorable_Code_Point}")


@functools.lru_cache(maxsize=None)
def class_of(c: str) -> int:
    """What the one-character string `c` is to the scanner."""
    value = ord(c)
    if c in APOSTROPHES:
        return APOSTROPHE
    if 0x1F1E6 <= value <= 0x1F1FF:
        return FLAG_HALF
    category = unicodedata.category(c)
    if category[0] == "L" or category in ("Nd", "Nl", "No"):
        return IDEOGRAPH if any(first <= value <= last for first, last in IDEOGRAPH_BLOCKS) else LETTER
    if category in ("Mn", "Mc", "Cf"):
        return MARK
    return EMOJI if c in _PICTOGRAPH else SEPARATOR


@functools.lru_cache(maxsize=None)
def _fold(c: str) -> str:
    """One code point, decomposed and case-folded as often as that changes it."""
    if _IGNORABLE.match(c):
        return ""
    folded = c.casefold()
    if folded == c:
        folded = unicodedata.normalize("NFKD", c)
    return c if folded == c else "".join(_fold(part) for part in folded)


def normalize(run: str) -> str:
    """NFKC and case folding; apostrophes and invisible code points go."""
    if run.isascii():
        return run.replace("'", "").lower()
    # Apostrophes as typed, that is: the one that folding finds in U+0149 stays.
    return unicodedata.normalize("NFC", "".join(_fold(c) for c in run if c not in APOSTROPHES))


class _Scanner:
    def __init__(self, text: str):
        self.text = text
        self.at = 0

    def _class(self, at: int) -> int:
        return class_of(self.text[at]) if at < len(self.text) else END

    def _continues_word(self, at: int) -> bool:
        return self._class(at) in (LETTER, MARK)

    def _continues_name(self, at: int) -> bool:
        return at < len(self.text) and (self.text[at] == "_" or self._class(at) in (LETTER, MARK, IDEOGRAPH))

    def tokens(self) -> Iterator[tuple[str, str]]:
        while self.at < len(self.text):
            yield from self._step()

    def _step(self) -> Iterator[tuple[str, str]]:
        kind = self._class(self.at)
        if kind == LETTER:
            if not self._skip_link():
                yield from self._word()
        elif kind == IDEOGRAPH:
            yield from self._ideographs()
        elif kind == EMOJI:
            self.at += 1
            yield from _token(EMOJI_TOKEN, self.text[self.at - 1])
        elif kind == FLAG_HALF:
            self.at += 1
            if self._class(self.at) == FLAG_HALF:
                self.at += 1
                yield from _token(EMOJI_TOKEN, self.text[self.at - 2:self.at])
        else:
            sign = self.text[self.at]
            self.at += 1
            if sign in "#\uff03":
                yield from self._hashtag()
            elif sign in "@\uff20":
                self._skip_handle()
            elif sign == "&":
                self._skip_entity()

    def _ideographs(self) -> Iterator[tuple[str, str]]:
        begin = self.at
        while self._class(self.at) in (IDEOGRAPH, MARK):
            if self.at - begin == MAX_TOKEN_CODE_POINTS:
                yield from _token(IDEOGRAPHS, self.text[begin:self.at])
                begin = self.at
            self.at += 1
        yield from _token(IDEOGRAPHS, self.text[begin:self.at])

    def _word(self) -> Iterator[tuple[str, str]]:
        begin = self.at
        while self.at < len(self.text) and self.at - begin < MAX_TOKEN_CODE_POINTS:
            apostrophe = self._class(self.at) == APOSTROPHE and self._class(self.at + 1) == LETTER
            if not apostrophe and not self._continues_word(self.at):
                break
            self.at += 1
        address = self.text[self.at:self.at + 1] == "@" and self._continues_name(self.at + 1)
        if not address:
            yield from _token(WORD, self.text[begin:self.at])

    def _hashtag(self) -> Iterator[tuple[str, str]]:
        begin = self.at
        while self.at - begin < MAX_TOKEN_CODE_POINTS and self._continues_name(self.at):
            self.at += 1
        tag = self.text[begin:self.at]
        whole = normalize(tag)
        if not whole.strip("_"):
            return
        yield HASHTAG, whole
        for part in split_hashtag(tag):
            word = normalize(part)
            if word:
                yield (IDEOGRAPHS if class_of(word[0]) == IDEOGRAPH else WORD), word

    def _skip_handle(self) -> None:
        while self.at < len(self.text):
            joiner = self.text[self.at] in ".@" and self._continues_name(self.at + 1)
            if not joiner and not self._continues_name(self.at):
                return
            self.at += 1

    def _skip_entity(self) -> None:
        rest = self.text[self.at:self.at + 9]
        end = 0
        while end < len(rest) and rest[end].isascii() and (rest[end].isalnum() or rest[end] == "#"):
            end += 1
        if 0 < end < len(rest) and rest[end] == ";":
            self.at += end + 1

    def _skip_link(self) -> bool:
        if not self.text[self.at:self.at + 8].lower().startswith(("http://", "https://", "www.")):
            return False
        while self.at < len(self.text) and " " < self.text[self.at] < "\x7f" and self.text[self.at] != '"':
            self.at += 1
        return True


def _token(kind: str, run: str) -> Iterator[tuple[str, str]]:
    text = normalize(run)
    if text:
        yield kind, text


def _shape(c: str) -> str:
    category = unicodedata.category(c)
    if category == "Nd":
        return "digit"
    return "upper" if category in ("Lu", "Lt") else "lower"


def _run_end(tag: str, at: int, shape: str) -> int:
    while at < len(tag) and tag[at] != "_" and (class_of(tag[at]) == MARK or _shape(tag[at]) == shape):
        at += 1
    return at


def _after_capitals(tag: str, begin: int, capitals_end: int) -> int:
    word_end = _run_end(tag, capitals_end, "lower")
    if word_end == capitals_end:
        return capitals_end
    last = begin
    for at in range(begin, capitals_end):
        if class_of(tag[at]) != MARK:
            last = at
    if last == begin:
        return word_end
    glued = tag[capitals_end:word_end]
    known = glued.isascii() and glued.lower() in (*GLUED_WORDS, GLUED_TO_ACRONYMS)
    return capitals_end if known else last


def _part_end(tag: str, begin: int) -> int:
    shape = _shape(tag[begin])
    end = _run_end(tag, begin, shape)
    if shape == "digit":
        return end
    if shape == "upper":
        end = _after_capitals(tag, begin, end)
    digits_end = _run_end(tag, end, "digit")
    # Lengths in UTF-8, as on the other side: two ideographs and a digit are no numbered name.
    letters, digits = tag[begin:end].encode(), tag[end:digits_end].encode()
    return digits_end if max(len(letters), len(digits)) <= LONGEST_NUMBERED_NAME else end


def split_hashtag(tag: str) -> Iterator[str]:
    """#NGSSchat holds "NGSS" and "chat"; the rules stand in embeddings/encoder/hashtag.h."""
    begin = 0
    while begin < len(tag):
        if tag[begin] == "_":
            begin += 1
            continue
        end = _part_end(tag, begin)
        part = tag[begin:end]
        suffix = len(part)
        for glued in GLUED_WORDS:
            tail = part[len(part) - len(glued):]
            # In UTF-8 again: a stem of one accented letter and a plain one is long enough.
            if len(part.encode()) >= len(glued) + SHORTEST_STEM and tail.isascii() and tail.lower() == glued:
                suffix = len(part) - len(glued)
                break
        yield part[:suffix]
        if suffix < len(part):
            yield part[suffix:]
        begin = end


def tokens(text: str) -> Iterator[tuple[str, str]]:
    """(kind, normalised text) of each token of `text`, in order."""
    return _Scanner(text).tokens()


# Text of nothing but ASCII words and signs that start nothing takes this way: the same tokens, ten times as fast.
_TYPOGRAPHY = str.maketrans({"\u2019": "'", "\u201c": " ", "\u201d": " ", "\u2013": " ", "\u2014": " ", "\u2026": " "})
_PLAIN = regex.compile(r"[A-Za-z0-9' !\"$%()*+,\-./:;<=>?\[\\\]^`{|}~\t_]*+")
_LINK = regex.compile(r"(?i)https?://|www\.")
_PLAIN_WORD = regex.compile(r"[A-Za-z0-9]+(?:'[A-Za-z0-9]+)*")


def _plain_words(text: str) -> list[str] | None:
    """The words of a plain text; None when it is not plain."""
    if not text.isascii():
        text = text.translate(_TYPOGRAPHY)
    if not _PLAIN.fullmatch(text) or _LINK.search(text):
        return None
    words = _PLAIN_WORD.findall(text)
    if any(len(word) > MAX_TOKEN_CODE_POINTS for word in words):
        return None
    return [word.replace("'", "").lower() for word in words]


def words(text: str) -> list[str]:
    """The words of `text`, those inside hashtags among them."""
    plain = _plain_words(text)
    return plain if plain is not None else [token for kind, token in tokens(text) if kind == WORD]


class Reading(NamedTuple):
    pieces: list[int]
    known: int  # words, hashtags and emoji that gave pieces
    unknown: int  # words that gave none, and half of the ideographs, rounded up in each run


class Vocabulary:
    """Pieces by text. "word" starts a word, "##piece" goes on with one, "#tag" is a whole hashtag, an emoji is itself."""

    def __init__(self, pieces: list[str]):
        self.pieces = pieces
        self.ids = {piece: number for number, piece in enumerate(pieces)}
        assert len(self.ids) == len(pieces), "a piece stands twice"
        self._longest = max(len(piece.removeprefix("##")) for piece in pieces)
        self._of_word = functools.lru_cache(maxsize=1 << 20)(self._split_word)

    def _split_word(self, word: str) -> tuple[int, ...]:
        """Greedy, longest piece first; () when some character fits nowhere."""
        found = []
        begin = 0
        while begin < len(word):
            prefix = "##" if begin else ""
            for end in range(min(len(word), begin + self._longest), begin, -1):
                number = self.ids.get(prefix + word[begin:end])
                if number is not None:
                    break
            else:
                return ()
            found.append(number)
            begin = end
        return tuple(found)

    def _of_token(self, kind: str, token: str) -> tuple[int, ...]:
        if kind == WORD:
            return self._of_word(token)
        if kind == IDEOGRAPHS:
            return ()
        number = self.ids.get("#" + token if kind == HASHTAG else token)
        return () if number is None else (number,)

    def read(self, text: str) -> Reading:
        """The pieces of `text`, and how much of it they cover."""
        pieces: list[int] = []
        known = unknown = 0
        for kind, token in tokens(text):
            found = self._of_token(kind, token)
            pieces.extend(found)
            if found:
                known += 1
            elif kind == IDEOGRAPHS:
                unknown += (len(token) + 1) // 2
            elif kind == WORD:
                unknown += 1
        return Reading(pieces, known, unknown)

    def encode(self, text: str) -> list[int]:
        """The pieces of `text`: those of read(), sooner where the text is plain."""
        plain = _plain_words(text)
        if plain is None:
            return self.read(text).pieces
        found: list[int] = []
        for word in plain:
            found.extend(self._of_word(word))
        return found
