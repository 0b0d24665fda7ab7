"""Words of users inside Markdown, literally."""

from __future__ import annotations

_SIGNS = str.maketrans({sign: f"\\{sign}" for sign in "\\`*_{}[]()#+!|<>$~:"})


def plain(words: str) -> str:
    """Markdown signs as plain signs: a message can name a file or a cell that holds them."""
    return words.translate(_SIGNS)


def bold(words: object) -> str:
    """Words in bold; signs that Markdown would read are taken literally."""
    return f"**{plain(str(words))}**"
