"""A list of lines: a title that opens its record below the line, why it is there, and where it stands.

For lists that people read from top to bottom and decide about; long ones that are searched are tables.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import streamlit as st

from esdash.texts import Text
from esdash.ui.shell import printing, screen
from esdash.ui.shell.state import Field, PageState
from esdash.wording.escaping import bold, plain

AT_ONCE = 25  # lines; a list that people can decide has about a dozen
NUMBER, STATE = 34, 300  # widths of what stands beside the title [pixels]


class Line(NamedTuple):
    """One line: its key, the title, a few words about it, where it stands and whose it is, its number."""

    key: str
    title: str
    about: str
    state: str = ""
    beside: str = ""  # below where it stands
    number: str = ""


@dataclass(frozen=True)
class Lines:
    """Lines whose records open one below the other; the link holds the one that was opened last."""

    name: str  # of the lines and their buttons
    state: PageState
    field: Field[str | None]

    @property
    def opened(self) -> set[str]:
        """The records that were opened from their lines; one that only a link opened is none of them."""
        opened: set[str] = st.session_state.setdefault(f"{self.name} opened", set())
        return opened

    def show(self, rows: Sequence[Line], text: Text, below: Callable[[str], None]) -> None:
        """The first lines, and all of them on demand; `below` draws a record that was opened."""
        everything = printing.on() or st.session_state.get(f"{self.name} all", False)
        with st.container(gap="xsmall", key=f"lines_of_{self.name}_{rows[0].key}" if rows else None):
            for row in rows if everything else rows[:AT_ONCE]:
                with st.container(gap="xsmall"):
                    self._line(row, text)
                    if row.key in self.opened:
                        self._open(row.key, text, below)
        if len(rows) > AT_ONCE and not everything:
            st.button(text("word.show_all", n=len(rows)), key=f"{self.name} all lines", on_click=self._all)

    def linked(self, text: Text, below: Callable[[str], None]) -> None:
        """The record that only a link opened, above the lines, where it is seen at once."""
        chosen = getattr(self.state, self.field.name)
        if chosen and chosen not in self.opened:
            with st.container(border=True):
                printing.button(
                    text("word.fold"), key=f"{self.name} close", type="tertiary", on_click=self.choose, args=(None,)
                )
                below(chosen)

    def choose(self, key: str | None) -> None:
        """Open one record alone, as a link does; or none."""
        setattr(self.state, self.field.name, key)
        self.opened.clear()

    def _line(self, row: Line, text: Text) -> None:
        """The title is the link; on a telephone it would be centred where it wraps, so that a button stands below."""
        button: dict[str, Any] = {
            "key": f"{self.name}_{row.key}",
            "type": "tertiary",
            "on_click": self._unfold,
            "args": (row.key,),
        }
        if screen.narrow() or printing.on():
            st.markdown(bold(f"{row.number} {row.title}".strip()))
            st.caption("  \n".join(plain(words) for words in (row.state, row.beside, row.about) if words))
            printing.button(f":primary[{text('word.unfold')} →]", **button)
            return
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            if row.number:
                st.markdown(f"**{row.number}**", width=NUMBER)
            with st.container(width="stretch", gap=None):
                st.button(f":primary[{plain(row.title)} →]", **button)
                st.caption(plain(row.about))
            if row.state:
                st.caption("  \n".join(plain(words) for words in (row.state, row.beside) if words), width=STATE)

    def _open(self, key: str, text: Text, below: Callable[[str], None]) -> None:
        """The record below its line; others stay open, so that nothing moves away under a click."""
        with st.container(border=True):
            label, name = text("word.fold"), f"{self.name} fold {key}"
            printing.button(label, key=name, type="tertiary", on_click=self._fold, args=(key,))
            below(key)

    def _unfold(self, key: str) -> None:
        setattr(self.state, self.field.name, key)
        self.opened.add(key)

    def _fold(self, key: str) -> None:
        self.opened.discard(key)
        if getattr(self.state, self.field.name) == key:
            setattr(self.state, self.field.name, None)

    def _all(self) -> None:
        st.session_state[f"{self.name} all"] = True
