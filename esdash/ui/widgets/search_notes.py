"""What stands below a search: what else may be meant, in which order it was found, and what fits only in parts."""

from collections.abc import Collection

import streamlit as st

from esdash.analysis.records import search
from esdash.inventory import Inventory
from esdash.texts import Text
from esdash.ui.shell import printing
from esdash.ui.shell.state import LONGEST_ECHO, Words
from esdash.wording.escaping import plain


def show(
    inventory: Inventory, text: Text, table: str, field: Words, query: str, shown: Collection[str], by_fit: bool = True
) -> None:
    """Notes on a search in the records of a table, of which these are shown. `by_fit`: the best stands first."""
    if not query.strip():
        return
    quoted = plain(query.strip()[:LONGEST_ECHO])
    found = search.matching(inventory, table, query)
    if found is None:
        st.caption(text("search.nothing_asked", query=quoted))
        return
    _proposed(text, field, search.proposals(inventory, table, query))
    ids = set(shown)
    in_parts = sum(apart and key in ids for key, apart in zip(found.ids, found.in_parts, strict=True))
    notes = [text("search.order", query=quoted)] if by_fit and len(ids) > 1 else []
    notes += [text.count("search.in_parts", in_parts)] if in_parts else []
    if notes:
        st.caption(" ".join(notes))


def _proposed(text: Text, field: Words, proposals: Collection[str]) -> None:
    """A button for each query that finds more; not on paper."""
    if proposals and not printing.on():
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.markdown(text("search.did_you_mean"), width="content")
            for number, proposal in enumerate(proposals):
                st.button(plain(proposal), key=f"{field.key} proposal {number}", on_click=_take, args=(field, proposal))


def _take(field: Words, proposal: str) -> None:
    st.session_state[field.key] = proposal
