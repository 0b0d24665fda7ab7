"""Escaping what users typed, for Markdown and for charts: a name is never read as markup."""

from html import escape

_SIGNS = str.maketrans({sign: f"\\{sign}" for sign in "\\`*_{}[]()#+!|<>$~:"})


def plain(words: str) -> str:
    """The text with Markdown signs escaped: the name of a file or the text of a cell may hold them."""
    return words.translate(_SIGNS)


def bold(words: object) -> str:
    """The text in bold, with Markdown signs in it escaped."""
    return f"**{plain(str(words))}**"


def drawn(words: object) -> str:
    """The text as words of a chart: the signs of HTML tags escaped."""
    return escape(str(words), quote=False).replace("\n", "<br>")  # Plotly keeps &quot;


def hover(*lines: object) -> str:
    """The hover text of a point of a chart: the first line in bold, the signs of HTML tags escaped."""
    first, *others = map(drawn, lines)
    return "<br>".join([f"<b>{first}</b>", *others])
