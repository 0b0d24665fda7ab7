"""The pages and their order: first those that answer, then those that keep the inventory."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from esdash.texts import Text

ANSWERS = ("overview", "initiatives", "trainings", "gaps", "overlaps", "priorities", "method")
KEEPING = ("entry", "imports", "care")
PAGES = (*ANSWERS, *KEEPING)
_FOLDER = Path(__file__).resolve().parents[3] / "pages"


def script(page: str) -> Path:
    """The file of a page; Streamlit would look for a relative path beside the script that runs for every visitor."""
    return _FOLDER / f"{page}.py"


def declare(text: Text) -> st.Page:
    """Tell Streamlit the pages; returns the one this visitor asked for."""

    def pages(names: tuple[str, ...]) -> list[st.Page]:
        return [
            st.Page(script(name), title=text(f"{name}.nav"), url_path=name, default=name == PAGES[0]) for name in names
        ]

    return st.navigation({"": pages(ANSWERS), text("navigation.keeping"): pages(KEEPING)}, position="top")
