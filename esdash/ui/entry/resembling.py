"""The warning while somebody types: existing records that look like the new one (METHODS M5)."""

from typing import Any

import streamlit as st

from esdash.analysis.duplicates import duplicates
from esdash.analysis.records import links
from esdash.inventory import Inventory, editing
from esdash.texts import Text
from esdash.ui.entry.form_state import Form
from esdash.ui.shell import url
from esdash.wording.escaping import bold, plain

LEAST_LETTERS = 3  # letters of a name before the comparison starts; fewer match too many records
SHOWN = 3  # most records shown, the likeliest first
# Scores from which a word is used, by the scores of the doubles in the example (all 0.7 or more).
WORDS = ((0.85, "almost"), (0.7, "very"), (0.0, "somewhat"))


def show(inventory: Inventory, text: Text, form: Form, values: dict[str, Any]) -> tuple[str, ...]:
    """Show records similar to these entries; returns their keys, the likeliest first."""
    if form.table not in duplicates.TABLES or (form.record_id and not values):
        return ()
    draft = {**form.draft.values, **editing.readable(inventory, form.table, values)}
    filled = {name: value for name, value in draft.items() if value not in (None, [])}
    if len(str(filled.get("name") or "").strip()) < LEAST_LETTERS:
        return ()
    alike = duplicates.similar(inventory, form.table, filled)
    if alike.empty:
        return ()
    owners = links.owner_names(inventory, form.table)
    with st.container(border=True):
        st.warning(text.count("resembling.title", len(alike)))
        for record_id, name, score in alike[["record_id", "name", "score"]].head(SHOWN).itertuples(index=False):
            degree = text(f"resembling.{next(word for least, word in WORDS if score >= least)}")
            parts = (bold(name), plain(owners.get(record_id) or ""), degree)
            said, link = st.columns([3, 2], vertical_alignment="center")
            said.markdown(" · ".join(part for part in parts if part))
            with link:
                url.link("entry", plain(text("resembling.open", name=name)), table=form.table, id=record_id)
        if len(alike) > SHOWN:
            st.caption(text("resembling.more", n=len(alike) - SHOWN))
        if form.record_id is None:
            st.caption(text("resembling.decide"))
    return tuple(alike["record_id"].head(SHOWN))
