"""What the city answered, letter by letter and entry by entry; nothing of it disappears."""

from collections.abc import Mapping
from typing import Any

import streamlit as st

from esdash.analysis import answers
from esdash.inventory import Inventory
from esdash.inventory.access import Action, Actor
from esdash.inventory.steering import answers as steering
from esdash.texts import Text, is_missing
from esdash.ui.shell import author, messages, page, printing, url
from esdash.wording import answers as words
from esdash.wording.escaping import bold, plain

LONGEST = 200  # characters of a reason

Row = Mapping[str, Any]


def history(inventory: Inventory, text: Text, entry: Row) -> None:
    """One entry with all answers to it, in this version and in earlier ones, the newest first."""
    st.markdown(bold(entry["title"]))
    every = answers.given(inventory).astype(object).to_dict("records")
    found = [row for row in every if row["priority_item_id"] == entry["priority_item_id"]]
    if not any(row["list_entry_id"] == entry["list_entry_id"] for row in found):
        state = text("city_answers.no_answer") if is_missing(entry["days_waiting"]) else words.silent(entry, text)
        st.markdown(plain(state))
    if found:
        st.caption(text("city_answers.history"))
    for row in found:
        st.markdown(f"- {plain(words.told(row, entry['number'], text))}")


def show(inventory: Inventory, text: Text, version: Row) -> None:
    """The letters that answered this version, each with a way to take it back."""
    given = answers.given(inventory, version["list_version_id"])
    if given.empty:
        return
    found = [(str(key), rows) for key, rows in given.groupby("letter", sort=False)]
    with printing.unfolded(text("city_answers.letters", n=len(found))):
        for key, rows in found:
            first = rows.iloc[0]
            with st.container(horizontal=True, vertical_alignment="center"):
                way = text(f"city_answers.way_{first['received_via']}")
                st.markdown(text.count("city_answers.letter", len(rows), way=way, day=first["answered_on"]))
                if first["received_via"] == "sheet":
                    url.link("imports", text("city_answers.of_import"), **{"import": "answers"})
                elif page.may(inventory, Action.RECORD_ANSWERS):
                    _take_back(inventory, text, key)


def _take_back(inventory: Inventory, text: Text, letter: str) -> None:
    with st.popover(text("city_answers.take_back")), st.form(f"letter_{letter}", border=False):
        st.caption(text("city_answers.take_back_what"))
        st.text_input(text("hand_over.why"), key=f"letter_why_{letter}", max_chars=LONGEST)
        label = text("city_answers.take_back_now")
        st.form_submit_button(label, on_click=_taken_back, args=(inventory, text, letter))


@author.first
def _taken_back(inventory: Inventory, text: Text, letter: str) -> None:
    reason = str(st.session_state.get(f"letter_why_{letter}") or "").strip() or None
    gone: list[int] = []

    def act(actor: Actor) -> None:
        gone.append(steering.take_back(inventory, actor, letter, reason))

    if page.act(inventory, text, Action.RECORD_ANSWERS, act):
        messages.tell("done", text.count("city_answers.taken_back", gone[0]))
