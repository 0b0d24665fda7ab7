"""The view "Zum Drucken" of every page (?print=1): plain whole tables, no controls; what the browser prints.

The link carries it beside the choices of the page, so that paper shows what the screen showed. Nobody may change
anything on paper (page.may), so buttons that write are gone; what is chosen stands below the title in words.
"""

from collections.abc import Sequence
from typing import Any

import pandas as pd
import streamlit as st

from esdash.texts import Text
from esdash.ui.shell.state import VISIT

PARAMETER = "print"
MOST_ROWS = 1_000  # of one table on paper, some 40 pages; who needs more takes the file
WIDTH = 660  # of a sheet of A4 within the margins [pixels]
LETTER = 0.5  # width of a letter in parts of its size
SIZES = (
    (14, 8),
    (13, 7),
    (12, 6),
    (11, 4),
    (10, 3),
)  # of letters (10: 7.5 points), and the space beside a cell [pixels]
_HYPHENS = "hyphens: auto; overflow-wrap: anywhere; word-break: break-word"  # else longer words are cut
_CHOICES = "choices on paper"
# A browser breaks a table between its rows and repeats its heads unless it is drawn as one sign of a line of text.
_BREAKS: Any = {"selector": "", "props": "display: table"}
_IN_PARTS: Any = {"selector": "", "props": "table-layout: fixed; width: 100%"}


def on() -> bool:
    """Whether this visitor sees the page as it is printed."""
    return st.query_params.get(PARAMETER) == "1"


def begin() -> None:
    """Room for the choices of the page, at this place; `chosen` fills it."""
    st.session_state[_CHOICES] = (st.empty(), [])


def chosen(words: str) -> None:
    """Say on paper what is chosen, such as "Stadtbezirk: Roßlau": one line for all choices of the page."""
    place, said = st.session_state[_CHOICES]
    if words and words not in said:
        said.append(words)
        place.text(Text(VISIT.language)("print.chosen", choices=" \N{MIDDLE DOT} ".join(said)))


def button(label: str, key: str | None = None, **settings: Any) -> bool:
    """A button that leads on or folds away (st.button); paper has none. Those that write ask page.may."""
    return not on() and st.button(label, key, **settings)


def hint(words: str) -> None:
    """What a click does, in small letters; on paper nobody clicks."""
    if not on():
        st.caption(words)


def unfolded(label: str, **settings: Any) -> Any:
    """What is folded away on the screen (st.expander); open on paper, under its label."""
    if not on():
        return st.expander(label, **settings)
    place = st.container()
    place.markdown(f"**{label}**")
    return place


def tabs(*labels: str) -> Sequence[Any]:
    """What stands side by side on the screen, one at a time (st.tabs); on paper one below the other, each headed."""
    return [unfolded(label) for label in labels] if on() else st.tabs(labels)


def table(
    rows: pd.DataFrame, alt: str, numbers: Sequence[int] = (), widths: Sequence[int] = (), most: int | None = None
) -> None:
    """A plain table that is whole on paper, from words that are escaped; `numbers`: columns on the right.

    `widths`: of the columns, to each other; used where the longest words do not fit, else the browser chooses.
    Pages break between its rows and repeat its heads. Of one with more than `most` rows the first, and how many there
    are.
    """
    shown = rows.head(most or MOST_ROWS).reset_index(drop=True)
    size, padding, fits = _size(shown)
    cells: Any = {
        "selector": "th, td",
        "props": f"font-size: {size}px !important; padding: 3px {padding}px !important; {_HYPHENS}",
    }
    right = [{"selector": f".col{place}", "props": "text-align: right !important"} for place in numbers]
    parts = [
        {"selector": f".col{place}", "props": f"width: {100 * width / sum(widths):.1f}%; min-width: 0"}
        for place, width in enumerate([] if fits else widths)
    ]
    styled = shown.style.set_table_styles([_BREAKS, cells, *([_IN_PARTS] if parts else []), *right, *parts])
    st.table(styled, border="horizontal", hide_index=True, alt=alt)
    first_rows(len(shown), len(rows))


def _size(rows: pd.DataFrame) -> tuple[int, int, bool]:
    """Letters and space beside them [pixels] so that the longest words fit beside each other; whether they do."""
    longest = [
        max((len(word) for cell in (column, *rows[column]) for word in str(cell).split()), default=1) for column in rows
    ]
    for size, padding in SIZES:
        if sum(longest) * LETTER * size + 2 * padding * len(longest) <= WIDTH:
            return size, padding, True
    return *SIZES[-1], False


def first_rows(shown: int, every: int) -> None:
    """Say how many of all rows stand on paper; nothing if it is all of them."""
    if shown < every:
        st.caption(Text(VISIT.language)("print.first_rows", shown=shown, n=every))
