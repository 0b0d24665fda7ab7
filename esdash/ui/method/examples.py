"""Three worked examples with the figures of the open inventory, side by side."""

import streamlit as st

from esdash.inventory import Inventory
from esdash.texts import Text
from esdash.ui.shell import page, screen, url
from esdash.wording import worked
from esdash.wording.escaping import bold, plain
from esdash.wording.worked import Worked

_TOPICS = {"gap": "coverage", "overlap": "overlap", "priority": "priority"}


def show(inventory: Inventory, text: Text) -> None:
    """The largest gap, the heaviest case of double structures, and the first finding, each worked out."""
    for name, found in worked.examples(inventory, text).items():
        with st.container(border=True, gap="xsmall"):
            page.heading(text(f"worked.{name}"))
            if found is None:
                st.markdown(text(f"worked.{name}_none"))
            else:
                _example(found, text)
            url.here("method", text("worked.more"), f"worked_{name}", method="topics", topic=_TOPICS[name])
    st.caption(text("worked.note"))


def _example(found: Worked, text: Text) -> None:
    left, right = st.columns([3, 2], gap="large")
    with left:
        if screen.narrow():
            _lines(found)
        else:
            total = [bold(cell) if cell else "" for cell in found.total]
            rows = [dict(zip(found.heads, [plain(cell) for cell in row], strict=True)) for row in found.rows]
            table = [*rows, dict(zip(found.heads, total, strict=True))]
            st.table(table, border="horizontal", hide_index=True, alt=found.about)
    with right:
        st.markdown(bold(found.about))
        for line in found.therefore:
            st.markdown(plain(line))
        target, label, params = found.link
        url.link(target, label, **params)


def _lines(found: Worked) -> None:
    """The rows of the calculation for a telephone: each its name, below it the figures with their headings."""
    for first, *cells in (*found.rows, found.total):
        figures = [f"{head}: {cell}" for head, cell in zip(found.heads[1:], cells, strict=True) if cell]
        st.markdown(f"{bold(first)}  \n{plain(' · '.join(figures))}")
