"""Words of users inside Markdown and inside charts, literally: a name is never markup."""

from html import escape

_SIGNS = str.maketrans({sign: f"\\{sign}" for sign in "\\`*_{}[]()#+!|<>$~:"})


def plain(words: str) -> str:
    """Markdown signs as plain signs: a message can name a file or a cell that holds them."""
    return words.translate(_SIGNS)


def bold(words: object) -> str:
    """Words in bold; signs that Markdown would read are taken literally."""
    return f"**{plain(str(words))}**"


def hover(*lines: object) -> str:
    """The words beside a point of a chart: the first line in bold; signs that Plotly would read as tags stay signs."""
    first, *others = (escape(str(line), quote=False).replace("\n", "<br>") for line in lines)  # Plotly knows no &quot;
    return "<br>".join([f"<b>{first}</b>", *others])
