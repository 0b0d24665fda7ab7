"""The next version as it would be frozen now, for the part "Fassungen" and for closing a meeting."""

from dataclasses import replace
from typing import Any

import pandas as pd
import streamlit as st

from esdash.analysis.versions import frozen
from esdash.exports.lists import drafting, saying
from esdash.inventory import Inventory
from esdash.inventory.access import Action, Actor
from esdash.inventory.cached import cached
from esdash.inventory.steering import versions
from esdash.inventory.steering.versions import Draft
from esdash.texts import Text
from esdash.ui.shell import page
from esdash.ui.widgets import tables
from esdash.wording import versions as words
from esdash.wording.columns import Column

Content = dict[str, Any]

_SEEN = "version_seen"  # the last change of the list that the visitor saw before clicking


def draft(inventory: Inventory, text: Text, meeting_id: str | None = None, decision_id: str | None = None) -> Draft:
    """The draft of the next version with its files, which a meeting adopts by a decision, or which is only frozen.

    It is in the language of the city, whatever `text` a visitor reads: one list has one content and one checksum.
    Raises UserError for a meeting or decision that does not exist.
    """
    return drafting.draft(inventory, meeting_id, decision_id)


def show(inventory: Inventory, text: Text) -> None:
    """What would be frozen now, how it differs from the version before, and the button to freeze it."""
    content = _upcoming(inventory)
    page.heading(text("versions.next", number=content["number"]))
    if not content["entries"] and not content["previous_sha256"]:
        st.info(text("items.nothing_listed"))
        return
    st.markdown(saying.sentence(content, text))
    if content["aside"]:  # with them it is as many as stand on the list
        st.caption(text.count("versions.beside", len(content["aside"])))
    _differences(content, text)
    if page.allowed(inventory, text, Action.FREEZE_LIST) and content["entries"]:
        _button(inventory, text, content)


@cached
def _upcoming(inventory: Inventory) -> Content:
    return drafting.next_content(inventory)


def _differences(content: Content, text: Text) -> None:
    """What is new, moved, changed or gone since the version before; of the first version, all of it."""
    first = not content["previous_sha256"]
    moved = [entry for entry in content["entries"] if first or entry["change"] != "same"]
    rows = [
        [saying.rank(entry).rstrip("."), entry["title"], words.change(entry, text), entry["change_reason"]]
        for entry in moved
    ]
    rows += [["–", one["title"], text(f"versions.ended_{one['ended_as']}"), one["reason"]] for one in content["gone"]]
    if not rows:
        return
    columns = [
        Column("rank", text("versions.rank"), "text", 8),
        Column("title", text("versions.priority"), "text", 60),
        Column("change", text("versions.change"), "text", 22),
        Column("why", text("versions.change_reason"), "text", 90),
    ]
    frame = pd.DataFrame(rows, columns=[column.name for column in columns]).fillna("")
    tables.show(frame, columns, text, "version_differences", text("versions.differences_alt", n=len(rows)))


def _button(inventory: Inventory, text: Text, content: Content) -> None:
    number, seen = content["number"], st.session_state.get(_SEEN, content["last_change"])
    st.session_state[_SEEN] = content["last_change"]  # of the list as it is drawn now, for the next click
    with st.popover(text("versions.freeze", number=number)):
        st.caption(text("versions.freeze_what"))
        adopted = {row["decision_id"]: row for row in frozen.adoptions(inventory)}
        if adopted:
            st.selectbox(
                text("versions.by_decision"),
                [None, *adopted],
                format_func=lambda key: _decision(adopted.get(key), text),
                key="version_decision",
            )
        if st.button(text("versions.freeze_now", number=number), key="freeze_now", type="primary"):
            decision = adopted.get(st.session_state.get("version_decision"), {})

            def freeze(actor: Actor) -> None:
                made = draft(inventory, text, decision.get("meeting_id"), decision.get("decision_id"))
                versions.freeze(inventory, actor, replace(made, last_change=seen))

            page.act_here(inventory, text, Action.FREEZE_LIST, freeze, text("versions.frozen", number=number))


def _decision(row: dict[str, Any] | None, text: Text) -> str:
    if row is None:
        return text("versions.without_decision")
    return text("versions.decision_of", number=row["number"], day=row["decided_on"], meeting=row["meeting"])
