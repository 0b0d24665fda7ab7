"""How wide words are on the screen, and words shortened to the room there is."""

import tomllib
from collections.abc import Sequence
from itertools import accumulate
from pathlib import Path

import numpy as np

TABLE_SIZE = 14  # pixels: the letters of a table
ELLIPSIS = "\N{HORIZONTAL ELLIPSIS}"

_DECLARED = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
_USUAL, _SQUARE = 700, 1000  # letters that the font lacks come from another: Arabic is narrow, Chinese square
_WIDE_FROM, _KNOWN_TO = 0x2E80, 0x10000
_WIDTHS = np.full(_KNOWN_TO, _USUAL, dtype=np.int32)
_WIDTHS[_WIDE_FROM:] = _SQUARE
for _width, _letters in _DECLARED.items():
    _WIDTHS[[ord(letter) for letter in _letters]] = int(_width)


def widths(texts: Sequence[str], size: float = TABLE_SIZE) -> np.ndarray:
    """How wide each text is in one line [pixels]; never too narrow for the letters of the font."""
    sums, starts = _measured(texts)
    return (sums[starts[1:]] - sums[starts[:-1]]) * (size / 1000)


def shortened(texts: Sequence[str], room: float, size: float = TABLE_SIZE) -> list[str]:
    """The texts; those wider than `room` [pixels] end in an ellipsis, after a word where half of the room is words."""
    if not texts:
        return []
    sums, starts = _measured(texts)
    thousandths = room * 1000 / size
    found = list(texts)
    wide = np.flatnonzero(sums[starts[1:]] - sums[starts[:-1]] > thousandths)
    left = sums[starts[wide]] + thousandths - _WIDTHS[ord(ELLIPSIS)]
    ends = np.searchsorted(sums, left, side="right") - 1
    for number, end in zip(wide.tolist(), (ends - starts[wide]).tolist(), strict=True):
        found[number] = _cut(texts[number], max(end, 1))
    return found


def _cut(text: str, end: int) -> str:
    """At most the first `end` letters and an ellipsis."""
    kept = text[:end]
    word = kept.rfind(" ")
    if text[end : end + 1] != " " and word > end // 2:
        kept = kept[:word]
    return kept.rstrip(" ,;\N{MIDDLE DOT}(") + ELLIPSIS


def _measured(texts: Sequence[str]) -> tuple[np.ndarray, np.ndarray]:
    """The sums of the widths of all letters up to each, and where each text begins."""
    codes = np.frombuffer("".join(texts).encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    letters = np.minimum(codes, _KNOWN_TO - 1)
    sums = np.concatenate(([0], np.cumsum(_WIDTHS[letters], dtype=np.int64)))
    return sums, np.fromiter(accumulate(map(len, texts), initial=0), dtype=np.int64, count=len(texts) + 1)
