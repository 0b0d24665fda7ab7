"""One measure: where it comes from, who does what until when, its steps, its effect, its notes, and the forms."""

from collections.abc import Mapping
from typing import Any

import streamlit as st

from esdash.analysis.measures import listed
from esdash.inventory import Inventory
from esdash.inventory.access import Action
from esdash.texts import Text, is_missing
from esdash.ui.measures import effect_view, forms, money_of
from esdash.ui.measures.choice import MEASURES
from esdash.ui.shell import page, printing, url
from esdash.ui.widgets import who_could_help
from esdash.ui.widgets.facts import fact
from esdash.wording import measures as words
from esdash.wording.escaping import bold, plain
from esdash.wording.names import Names

NOTES_AT_ONCE = 4
FROM = ("decision_number", "answer_id", "priority_item_id", "bundling_decision_id")

Row = Mapping[str, Any]


def show(inventory: Inventory, text: Text, names: Names, row: Row) -> None:
    """The whole measure."""
    printing.button(text("measures.back"), key="measure back", type="tertiary", on_click=_close)
    page.heading(plain(words.title(row, text)))
    card = words.card(row, names, text, inventory.today())
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.badge(text(f"measures.state_{row['state']}"), color="blue")
        if card.asks and row["open"]:
            st.badge(card.asks, color=card.colour)  # type: ignore[arg-type]  # a word of its own list
    _facts(text, names, row)
    if (aim := listed.aim(row)) and row["open"]:
        who_could_help.link(text, aim[1].themes, aim[1].groups, aim[1].districts)
    _origin(text, row)
    money_of.show(inventory, text, str(row["measure_id"]))
    if page.allowed(inventory, text, Action.KEEP_MEASURE):
        forms.show(inventory, text, names, row)
    _steps(text, row)
    effect_view.show(inventory, text, names, row)
    _notes(inventory, text, row)


def _close() -> None:
    MEASURES.measure = None


def _facts(text: Text, names: Names, row: Row) -> None:
    role = "" if is_missing(row["responsible_role"]) else f" ({row['responsible_role']})"
    said = {"lead": names.of("organization", row["lead_organization_id"]) + role}
    partners = row["partner_ids"]
    if not isinstance(partners, float) and partners is not None and len(partners):
        said["partners"] = names.all("organization", partners)
    begins, due = words.day_of(row["starts_on"]), words.day_of(row["due_on"])
    said["span"] = text("measures.span", begins=begins, due=due) if begins else text.date(due)
    if row["state"] == "waiting":
        said["waiting"] = text.value(row["waiting_for"])
    if not is_missing(row["delay_reason"]) and row["open"]:
        said["delay"] = str(row["delay_reason"])
    if not is_missing(row["closing_note"]):
        said["closing"] = f"{text.date(words.day_of(row['finished_on']))}: {row['closing_note']}"
    for name, value in said.items():
        with fact(text(f"measures.fact_{name}")):
            st.text(value)


def _origin(text: Text, row: Row) -> None:
    """Where it comes from: the decision in its words, and links to meeting, answer and item of the list."""
    with fact(text("measures.fact_origin")), st.container(gap=None):
        if not is_missing(row["decision_number"]):
            number, day = row["decision_number"], words.day_of(row["decided_on"])
            st.text(text("measures.from_decision", number=number, day=day, words=row["resolution_text"]))
        if not is_missing(row["answer_id"]):
            st.text(text("measures.from_answer", day=words.day_of(row["answered_on"])))
        if not is_missing(row["meeting_id"]):
            url.link("meetings", text("measures.to_meeting"), meeting=row["meeting_id"], meetings="minutes")
        if not is_missing(row["answer_id"]):
            url.link("priorities", text("measures.to_answer"), priorities="answers")
        if not is_missing(row["priority_item_id"]):
            url.link("priorities", text("measures.from_item"), priorities="list", item=row["priority_item_id"])
        if not is_missing(row["bundling_decision_id"]):
            url.link("trainings", text("measures.from_bundling"), trainings="plan", plan="held")
        if all(is_missing(row[name]) for name in FROM):
            st.text(text("measures.from_hand"))


def _steps(text: Text, row: Row) -> None:
    steps = listed.milestones(row)
    if not steps:
        return
    page.heading(text("measures.steps"))
    for step in steps:
        key = "step_done" if step["done_on"] else "step_open" if step["due_on"] else "step_undated"
        st.markdown(text(f"measures.{key}", step=bold(step["text"]), due=step["due_on"], done=step["done_on"]))


def _notes(inventory: Inventory, text: Text, row: Row) -> None:
    notes = listed.notes(inventory, str(row["measure_id"]))
    page.heading(text("measures.notes"))
    if not notes:
        st.caption(text("measures.no_notes"))
    for note in notes[:NOTES_AT_ONCE]:
        _note(text, note)
    if len(notes) > NOTES_AT_ONCE:
        with st.expander(text("measures.older_notes", n=len(notes) - NOTES_AT_ONCE)):
            for note in notes[NOTES_AT_ONCE:]:
                _note(text, note)


def _note(text: Text, note: Row) -> None:
    st.markdown(f"{text.date(note['noted_on'])} · {plain(note['by_role'])}  \n{plain(note['text'])}")
    more = []
    if note["state_after"]:
        more.append(text("measures.note_state", state=text(f"measures.state_{note['state_after']}")))
    if note["due_after"]:
        more.append(text("measures.note_due", before=note["due_before"], after=note["due_after"]))
    if note["delay_reason"]:
        more.append(text("measures.note_delay", reason=note["delay_reason"]))
    if more:
        st.caption(plain(" · ".join(more)))
