"""The conditions of reach on the page Weiße Flecken: time of day, language, no barriers."""

from functools import partial

import streamlit as st

from esdash.inventory.file.conditions import TIMES, Conditions
from esdash.texts import Text
from esdash.ui.gaps.state import BARRIER_FREE, GAPS, Gaps
from esdash.ui.shell import printing
from esdash.ui.widgets import filters
from esdash.wording.names import Names


def choose(text: Text, names: Names) -> Conditions:
    """The panel to choose them; its label says whether any are chosen, the sentence of the page which."""
    if printing.on():
        _choose(text, names)
        return _asked()
    chosen = text("reach.label_any") if not _asked() else f":orange[**{text('reach.label')}**]"
    with st.popover(chosen, type="tertiary"):
        st.caption(text("reach.explained"))
        _choose(text, names)
    return _asked()


def _choose(text: Text, names: Names) -> None:
    filters.several(Gaps.times, text("reach.when"), TIMES, lambda name: text(f"when.{name}"))
    languages, name = names.ids("language"), partial(names.of, "language")
    filters.choice(Gaps.language, text("reach.language"), languages, name, text("reach.any_language"))
    filters.several(Gaps.access, text("reach.access"), (BARRIER_FREE,), lambda name: text(f"reach.{name}"))


def _asked() -> Conditions:
    return Conditions(
        times=tuple(name for name in TIMES if name in GAPS.times),
        languages=(GAPS.language,) if GAPS.language else (),
        barrier_free=bool(GAPS.access),
    )
