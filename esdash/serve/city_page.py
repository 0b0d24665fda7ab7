"""The HTML of the city's page: few lines of style, no script, nothing from elsewhere; words come escaped."""

import base64
import hashlib
from collections.abc import Iterable, Sequence
from html import escape
from typing import NamedTuple

STYLE = """
:root{color-scheme:light}
body{margin:0;background:#fff;color:#14181d}
body{font:1.0625rem/1.45 system-ui,"Segoe UI",Roboto,"Liberation Sans",sans-serif}
main{max-width:46.5rem;margin:0 auto;padding:2.2rem 1.25rem 3rem}
h1{font-size:1.85rem;line-height:1.2;margin:.3rem 0 .6rem;overflow-wrap:anywhere}
h2{font-size:1.15rem;margin:2rem 0 .5rem}
p{margin:.4rem 0;max-width:44rem}
a{color:#005f8f}
a:focus-visible{outline:3px solid #005f8f;outline-offset:2px}
.quiet{color:#4a5560;font-size:.9375rem}
.head{display:flex;justify-content:space-between;gap:1rem;max-width:none}
.note{background:#fbefe8;color:#8f3309;padding:.15rem .5rem;border-radius:4px;display:inline-block;font-size:.9375rem}
.files{display:flex;flex-wrap:wrap;gap:.6rem;list-style:none;margin:1.2rem 0;padding:0}
.files a{display:block;padding:.5rem 1.1rem;border:1px solid #005f8f;border-radius:6px;text-decoration:none}
.files li:first-child a{background:#005f8f;color:#fff}
table{border-collapse:collapse;width:100%;margin:.4rem 0}
th,td{text-align:left;vertical-align:top;padding:.45rem 0;border-bottom:1px solid #e3e6ea;overflow-wrap:anywhere}
th{font-size:.875rem;font-weight:400;color:#4a5560}
.rank{width:3.2rem;padding-right:.6rem}
td.rank{font-weight:600}
.state{text-align:right;color:#4a5560;font-size:.9375rem;padding-left:1rem;width:13rem}
.sum{overflow-wrap:anywhere}
@media (max-width:34rem){
main{padding:1.2rem 1rem 2rem}
h1{font-size:1.5rem}
thead{position:absolute;clip-path:inset(50%);height:1px;overflow:hidden}
tr{display:grid;grid-template-columns:2.4rem 1fr;border-bottom:1px solid #e3e6ea;padding:.4rem 0}
td{border:0;padding:.05rem 0}
.rank,.state{width:auto}
.state{grid-column:2;text-align:left;padding-left:0}
}
@media print{
main{max-width:none;padding:0}
.files,.language{display:none}
tr{break-inside:avoid}
}
"""
_HASH = base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()
HEADERS = {
    "Content-Security-Policy": f"default-src 'none'; style-src 'sha256-{_HASH}'; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'self'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-cache",
}


class Link(NamedTuple):
    """A link to an address below the page, with its words."""

    address: str
    words: str


def page(language: str, title: str, *body: str) -> str:
    """The whole document."""
    return (
        f'<!doctype html>\n<html lang="{escape(language)}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<main>\n"
        + "\n".join(part for part in body if part)
        + "\n</main>\n</body>\n</html>\n"
    )


def top(words: str, other: Link, language: str) -> str:
    """The line above the title, with the link to the page in the other language."""
    switch = f'<a class="language" lang="{escape(language)}" hreflang="{escape(language)}" {_href(other.address)}>'
    return f'<p class="quiet head"><span>{escape(words)}</span>{switch}{escape(other.words)}</a></p>'


def title(words: str) -> str:
    """The title of the page."""
    return f"<h1>{escape(words)}</h1>"


def heading(words: str, mark: str = "") -> str:
    """A heading; `mark`: a name to link to."""
    return f"<h2{f' id={chr(34)}{escape(mark)}{chr(34)}' if mark else ''}>{escape(words)}</h2>"


def text(words: str, look: str = "") -> str:
    """A paragraph; `look` is quiet, note or sum."""
    if not words:
        return ""
    return f'<p class="{look}">{escape(words)}</p>' if look else f"<p>{escape(words)}</p>"


def files(label: str, links: Iterable[Link]) -> str:
    """The files as a row of links, the first one in front."""
    listed = "".join(f"<li>{link(one)}</li>" for one in links)
    return f'<ul class="files" aria-label="{escape(label)}">{listed}</ul>'


def table(caption: str, headings: Sequence[str], rows: Iterable[tuple[str, str, str]]) -> str:
    """The entries: rank, title, state."""
    looks = ("rank", "", "state")
    head = "".join(
        f'<th scope="col"{_look(look)}>{escape(words)}</th>' for look, words in zip(looks, headings, strict=True)
    )
    body = "".join(
        "<tr>" + "".join(f"<td{_look(look)}>{escape(words)}</td>" for look, words in zip(looks, row, strict=True))
        + "</tr>\n"
        for row in rows
    )  # fmt: skip
    return f'<table aria-label="{escape(caption)}"><thead><tr>{head}</tr></thead>\n<tbody>\n{body}</tbody></table>'


def links(words: str, found: Sequence[Link], look: str = "") -> str:
    """A line of links after a few words."""
    return f"<p{_look(look)}>{escape(words)}: {' · '.join(link(one) for one in found)}</p>" if found else ""


def link(one: Link) -> str:
    """A link."""
    return f"<a {_href(one.address)}>{escape(one.words)}</a>"


def _href(address: str) -> str:
    return f'href="{escape(address)}"'


def _look(look: str) -> str:
    return f' class="{look}"' if look else ""
