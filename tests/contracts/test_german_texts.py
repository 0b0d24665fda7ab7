"""What esdash says in German has no English words: the test in the browser would take them for German ones."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
# Words of English and of software that no German sentence needs, whatever their endings.
_WORDS = """
the and of with for from not this that have has is are be or at on to upload uploads download downloads file files
search select show row rows date month year click people place places offer offers error warning help close save
cancel delete edit change value number update updates tool tools score scores reset feedback event events report user
password okay account login settings item items view board backlog ticket deadline draft default checkbox dropdown
popup button tab tabs scroll scrollen canceln checken updaten downloaden uploaden
"""
ENGLISH = set(_WORDS.split())
# Commands to type, names of programs, files and columns, and placeholders are no words.
NO_WORDS = r"python -m esdash[^;.]*|sha256sum[^;.]*|\{[^}]*\}|`[^`]*`|\S*[_/@=]\S*|--[\w-]+|\w+\.\w{2,5}\b|\([a-z]+\)"


def test_german_texts_are_german() -> None:
    found = [
        (file.name, key, word)
        for file in sorted((ROOT / "esdash" / "texts" / "de").rglob("*.toml"))
        for key, words in _said(tomllib.loads(file.read_text(encoding="utf-8")))
        for word in re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", re.sub(NO_WORDS, " ", words))
        if word.lower() in ENGLISH and not key.startswith("cli.")  # the command line names its options
    ]
    assert found == []


def _said(texts: dict[str, Any], key: str = "") -> Iterator[tuple[str, str]]:
    for name, words in texts.items():
        if isinstance(words, dict):
            yield from _said(words, f"{key}{name}.")
        else:
            yield f"{key}{name}", str(words)
