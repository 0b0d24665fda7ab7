"""Tables on a telephone: a card for each row, with its name, its words, and its figures with their headings."""

from collections.abc import Callable, Sequence
from typing import Any

import pandas as pd
import streamlit as st

from esdash.texts import Text, is_missing
from esdash.ui.widgets.fit import is_text
from esdash.wording.columns import Column, in_words
from esdash.wording.escaping import bold, plain

AT_ONCE = 20  # cards before the button for more
LONGEST = 120  # letters of one text on a card
_DOT = " \N{MIDDLE DOT} "


def show(
    frame: pd.DataFrame,
    columns: Sequence[Column],
    text: Text,
    key: str,
    open_row: str = "",
    opened: Callable[[str], None] | None = None,
    ticked: Sequence[int] | None = None,
) -> list[int]:
    """The first rows of a frame as cards, and a button for more; returns the positions of the ticked ones.

    `open_row`: the key in the session of the row whose name was pressed, by its value in the first column; `opened`
    draws that row on its card. `ticked`: rows can be ticked, at first these.
    """
    count = st.session_state.setdefault(f"{key} cards", AT_ONCE)
    chosen = []
    shown = frame.head(count)
    for place, (record, row) in enumerate(zip(shown.iloc[:, 0].astype(str), shown.to_dict("records"), strict=True)):
        with st.container(border=True, gap="xxsmall"):
            _card(row, columns, text, f"{key} {record}", record, open_row)
            if opened and st.session_state.get(open_row) == record:
                opened(record)
            name = in_words(row[columns[0].name], columns[0], text)
            if ticked is not None and st.checkbox(
                text("word.choose_row", name=plain(name)), place in ticked, key=f"{key} tick {record}"
            ):
                chosen.append(place)
    if len(frame) > count:
        more = text("list.more_cards", n=len(frame) - count)
        st.button(more, on_click=_more, args=(f"{key} cards",), key=f"{key} more", width="stretch")
    return chosen


def _card(row: dict[Any, Any], columns: Sequence[Column], text: Text, key: str, record: str, open_row: str) -> None:
    first, *others = columns
    name = in_words(row[first.name], first, text)
    if open_row:
        label = f":primary[**{plain(name)}** →]"
        st.button(label, key=f"{key} open", type="tertiary", on_click=_press, args=(open_row, record))
    else:
        st.markdown(bold(name))
    unknown = [column for column in others if is_missing(row[column.name])]
    known = [(column, in_words(row[column.name], column, text)) for column in others if column not in unknown]
    words = [_short(said) for column, said in known if is_text(column) and said]
    figures = [f"{column.label}: {said}" for column, said in known if not is_text(column)]
    missing = [f"{text('word.unknown')}: {', '.join(column.label for column in unknown)}"] if unknown else []
    for line in (words, figures, missing):
        if line:
            st.caption(plain(_DOT.join(line)))


def _short(words: str) -> str:
    return words if len(words) <= LONGEST else words[:LONGEST].rsplit(" ", 1)[0] + "\N{HORIZONTAL ELLIPSIS}"


def _press(open_row: str, record: str) -> None:
    """Open the row whose name was pressed, or close it again."""
    st.session_state[open_row] = None if st.session_state.get(open_row) == record else record


def _more(key: str) -> None:
    st.session_state[key] += AT_ONCE
