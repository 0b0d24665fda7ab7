"""Signs that no bundled font can draw, written as their name in brackets: PDF/UA needs a glyph for every character."""

import json
import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

FONTS = Path(__file__).with_name("fonts")

# Letters and signs that the bundled Source Sans is known to have; only others are tried.
_USUAL = re.compile("[\n\x20-\x7e\xa0-\u017f\u0410-\u044f\u2013\u2014\u2018-\u201e\u2026\u20ac]*")
# Marks that turn the direction of writing by hand: a name with one would scramble the line that it stands in.
_TURNING = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
_ALIKE = str.maketrans({"✕": "×"})  # our own sign of a white spot is in no bundled font; this one looks the same
_JOINER, _TONES = "\u200d", range(0x1F3FB, 0x1F400)

_TRIAL = b"""#set document(title: "signs")
#set text(font: "Source Sans Pro", lang: "de")
#for sign in json(bytes(sys.inputs.data)) { par(sign) }"""


def spelled(value: Any) -> Any:
    """A text, list or mapping in which every sign without a glyph is its Unicode name in brackets, in form C."""
    if isinstance(value, dict):
        return {name: spelled(part) for name, part in value.items()}
    if isinstance(value, list | tuple):
        return [spelled(part) for part in value]
    if not isinstance(value, str) or _USUAL.fullmatch(value):
        return value
    known = _known(value)
    return "".join(cluster if drawn(cluster) else named(cluster) for cluster in clusters(known))


def learn(values: Iterable[Any]) -> None:
    """Try all unusual signs in these texts at once, so that `spelled` need not try them one by one."""
    found = {cluster for text in _texts(values) if not _USUAL.fullmatch(text) for cluster in clusters(text)}
    parts = {part for cluster in found for part in (cluster[0], cluster)}
    _try(sorted(part for part in parts if not _USUAL.fullmatch(part) and part not in _KNOWN))


def drawn(cluster: str) -> bool:
    """Whether the bundled fonts have a glyph for a sign with its marks."""
    for part in (cluster[0], cluster):  # with a mark, a sign that no font has passes as drawn (typst 0.15)
        if not _USUAL.fullmatch(part) and part not in _KNOWN:
            _try([part])
        if not _KNOWN.get(part, True):
            return False
    return True


def named(cluster: str) -> str:
    """The sign by its name: "[grinning face]"; one without a name by its number."""
    signs = [sign for sign in cluster if sign != _JOINER and unicodedata.category(sign) not in ("Mn", "Cf")] or cluster
    return f"[{', '.join(unicodedata.name(sign, f'U+{ord(sign):04X}').lower() for sign in signs)}]"


def clusters(text: str) -> Iterator[str]:
    """The signs of a text, each with its marks, and what joiners hold together."""
    start = 0
    for place in range(1, len(text) + 1):
        if place < len(text):
            sign = text[place]
            joined = sign == _JOINER or text[place - 1] == _JOINER or ord(sign) in _TONES
            if joined or unicodedata.category(sign)[0] == "M":
                continue
        if text[start:place]:
            yield text[start:place]
        start = place


_KNOWN: dict[str, bool] = {}  # sign → whether it can be drawn; the fonts do not change while the program runs


def _try(signs: list[str]) -> None:
    """Find out which signs can be drawn: all at once, and in halves where one cannot."""
    import typst

    if not signs:
        return
    try:
        _compiler().compile(_TRIAL, sys_inputs={"data": json.dumps(signs)}, pdf_standards=["ua-1"])
    except typst.TypstError:
        if len(signs) == 1:
            _KNOWN[signs[0]] = False
            return
        half = len(signs) // 2
        _try(signs[:half])
        _try(signs[half:])
    else:
        _KNOWN.update(dict.fromkeys(signs, True))


@cache
def _compiler() -> Any:
    import typst

    return typst.Compiler(font_paths=fonts())


@cache
def fonts() -> Any:
    """The bundled fonts, read once: only these, so that the pages are the same everywhere."""
    import typst

    return typst.Fonts(include_system_fonts=False, font_paths=[str(FONTS)])


def _known(value: str) -> str:
    return _TURNING.sub("", unicodedata.normalize("NFC", value)).translate(_ALIKE)


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield _known(value)
    elif isinstance(value, dict):
        for part in value.values():
            yield from _texts(part)
    elif isinstance(value, Iterable):
        for part in value:
            yield from _texts(part)
