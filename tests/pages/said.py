"""Reading a page: every text that a person reads on it, and which of them Streamlit reads as Markdown."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd
from streamlit.testing.v1 import AppTest

MARKDOWN = {"title", "header", "subheader", "markdown", "caption", "error", "warning", "info", "success", "metric"}
TEXTS = Path(__file__).parents[2] / "esdash" / "texts"
LABELS = ("label", "help", "placeholder", "delta", "delta_description")


@cache
def texts(language: str) -> dict[str, str]:
    """Key → text of one language, read from its file."""

    def flat(tree: dict[str, Any], above: str = "") -> dict[str, str]:
        found: dict[str, str] = {}
        for name, value in tree.items():
            found |= flat(value, f"{above}{name}.") if isinstance(value, dict) else {f"{above}{name}": value}
        return found

    files = sorted((TEXTS / language).glob("*.toml"))
    found: dict[str, str] = {}
    for file in files:
        found |= flat(tomllib.loads(file.read_text(encoding="utf-8")))
    return found


class Said(NamedTuple):
    """One text: its element, its words, and whether Streamlit reads it as Markdown."""

    element: str
    words: str
    markdown: bool


def said(visitor: AppTest) -> list[Said]:
    """All texts of the page in their order, tables and pictures left out."""
    return [text for text in _texts(visitor) if text.words]


def words(visitor: AppTest) -> str:
    """All texts of the page, one a line, without the signs that only Markdown reads."""
    return plain("\n".join(text.words for text in said(visitor)))


def in_dialog(visitor: AppTest) -> str:
    """What stands outside the page itself: in an open dialog."""
    page = {id(node) for node in visitor.main}
    shown = [*visitor.get("text"), *visitor.markdown, *visitor.warning, *visitor.error]
    return "\n".join(str(node.value) for node in shown if id(node) not in page)


def plain(markdown: str) -> str:
    """Markdown as a person sees it: no bold, no colour, no backslashes."""
    return unescaped(re.sub(r"(?<!\\)\*\*|:primary\[| →\]", "", markdown))


def unescaped(markdown: str) -> str:
    """Signs as they are, without the backslash that keeps Markdown from reading them."""
    return re.sub(r"\\([^a-zA-Z0-9\s])", r"\1", markdown)


def asks_for_a_name(visitor: AppTest) -> bool:
    """Whether the dialog is open that asks who is working here."""
    return any(field.key == "own name asked" for field in visitor.text_input)


def give_a_name(visitor: AppTest, name: str) -> AppTest:
    """Answer the dialog that asks for one's name; what was wanted is done then."""
    visitor.text_input(key="own name asked").set_value(name)
    return visitor.button(key="own_name_go_on").click().run()


def told(visitor: AppTest) -> str:
    """What stands in the boxes of success, warning and error, also in a dialog, as a person reads it."""
    return plain("\n".join(box.value for box in (*visitor.success, *visitor.warning, *visitor.error)))


def table(visitor: AppTest, *columns: str) -> pd.DataFrame | None:
    """The first table with these columns as it is shown; None where the page has none."""
    found = [element.value for element in visitor.dataframe]
    return next((frame for frame in found if set(columns) <= set(frame.columns)), None)


def _texts(visitor: AppTest) -> Iterator[Said]:
    for node in visitor.main:
        if node.type in MARKDOWN or node.type in ("text", "page_link"):
            yield Said(node.type, str(node.value), node.type != "text")
        for name in LABELS:
            yield Said(node.type, _field(node, name), name in ("label", "help"))
        if node.type in ("selectbox", "multiselect", "button_group"):
            for option in node.options:
                yield Said(f"option of {node.type}", option, node.type == "button_group")
        if node.type == "table":
            for row in node.value.itertuples(index=False):
                yield from (Said("table", str(cell), True) for cell in row)


def _field(node: object, name: str) -> str:
    try:
        value = getattr(node, name)
    except AttributeError:
        return ""
    return value if isinstance(value, str) else ""
