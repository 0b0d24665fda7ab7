"""The pages in their groups and order (title of a group: navigation.<group>)."""

from pathlib import Path

import streamlit as st

from esdash.texts import Text

GROUPS = {
    "situation": ("overview", "changes"),
    "stock": ("initiatives", "trainings", "contact_points", "actors"),
    "findings": ("gaps", "overlaps"),
    "steering": ("priorities", "meetings", "measures", "workshops"),
    "keeping": ("entry", "imports", "care"),
    "method": ("method",),
}
PAGES = tuple(page for pages in GROUPS.values() for page in pages)
KEEPING = GROUPS["keeping"]
UNGROUPED = ("situation", "method")  # at hand without a menu; Streamlit puts them before the menus
TODAY_ONLY = (*KEEPING, "meetings")  # what is entered and decided belongs to today
_OPEN = "open page"
_FOLDER = Path(__file__).resolve().parents[3] / "pages"


def script(page: str) -> Path:
    """The absolute path of a page's file, because Streamlit resolves relative paths from the main script."""
    return _FOLDER / f"{page}.py"


def declare(text: Text, bare: bool = False) -> st.Page:
    """Declare the pages to Streamlit; returns the one this visitor opened.

    `bare`: without the bar, for a presentation or for paper.
    """
    groups: dict[str, list[st.Page]] = {}
    for group, pages in GROUPS.items():
        title = "" if group in UNGROUPED else text(f"navigation.{group}")
        for page in pages:
            declared = st.Page(script(page), title=text(f"{page}.nav"), url_path=page, default=page == PAGES[0])
            groups.setdefault(title, []).append(declared)
    chosen = st.navigation(groups, position="hidden" if bare else "top")
    st.session_state[_OPEN] = chosen.url_path or PAGES[0]
    return chosen


def opened() -> str:
    """The name of the page that this visitor opened."""
    return str(st.session_state.get(_OPEN, PAGES[0]))
