"""The forms in which staff record what the city answered: to one entry, or all answers of one letter together."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import streamlit as st

from esdash.errors import UserError
from esdash.inventory import Inventory
from esdash.inventory.access import Action, Actor
from esdash.inventory.steering import answers
from esdash.inventory.steering.answers import VERDICTS, WAYS, Answer
from esdash.model import amounts
from esdash.model.values import Wrong
from esdash.texts import Text, is_missing
from esdash.ui.shell import author, messages, page
from esdash.wording.escaping import plain

AT_ONCE = 30  # entries in one form; for more there is the answer sheet
LONGEST_REASON, LONGEST_OFFICE = 600, 120  # characters
BESIDE = ("reference", "next_on", "cost")  # fields that only the form of one entry has

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Form:
    """A form of a version; `place` tells two apart. Its fields are empty again once it has been saved."""

    inventory: Inventory
    text: Text
    version: Row
    place: str

    def key(self, name: str, entry_id: str = "") -> str:
        """The key of a field."""
        return f"answer_{self.place}_{name}_{entry_id}_{st.session_state.get('answers_saved', 0)}"

    def value(self, name: str, entry_id: str = "") -> Any:
        """What was typed into a field; None for nothing."""
        found = st.session_state.get(self.key(name, entry_id))
        return found.strip() or None if isinstance(found, str) else found


def one(inventory: Inventory, text: Text, version: Row, entry: Row) -> None:
    """The form for one entry, with all that an answer can say."""
    form = Form(inventory, text, version, "one")
    entry_id = str(entry["list_entry_id"])
    with st.form(form.key("form", entry_id), border=False):
        left, right = st.columns(2, gap="medium")
        with left:
            _verdict(form, entry_id, text("city_answers.verdict"))
            _words(form, "office", entry_id, LONGEST_OFFICE)
            _words(form, "reference", entry_id, LONGEST_OFFICE)
        with right:
            _words(form, "reason", entry_id, LONGEST_REASON)
            with st.container(horizontal=True):
                key, style = form.key("next_on", entry_id), text("form.date_input")
                st.date_input(text("city_answers.next_on"), None, key=key, format=style, width=180)
                st.text_input(text("city_answers.cost"), key=form.key("cost", entry_id), max_chars=20, width=180)
            _head(form)
        st.caption(text("city_answers.people"))
        st.form_submit_button(text("city_answers.save"), type="primary", on_click=_save, args=(form, [entry_id]))


def many(inventory: Inventory, text: Text, version: Row, entries: Sequence[Row]) -> None:
    """One form for all answers of a letter: a row for each entry without an answer; works by keyboard alone."""
    form = Form(inventory, text, version, "many")
    waiting = [row for row in entries if row["state"] in ("open", "overdue")]
    if not waiting:
        return
    shown = waiting[:AT_ONCE]
    with st.expander(text("city_answers.many")), st.form(form.key("form"), border=False):
        st.caption(text("city_answers.many_hint"))
        if len(waiting) > len(shown):
            st.caption(text("city_answers.many_first", n=len(shown), all=len(waiting)))
        _head(form)
        for row in shown:
            entry_id = str(row["list_entry_id"])
            rank = "" if is_missing(row["rank"]) else f"{int(row['rank'])}."
            st.markdown(plain(text("city_answers.verdict_of", rank=rank, title=row["title"]).strip()))
            left, middle, right = st.columns([3, 5, 3], gap="small")
            with left:
                _verdict(form, entry_id, text("city_answers.verdict"))
            with middle:
                _words(form, "reason", entry_id, LONGEST_REASON)
            with right:
                _words(form, "office", entry_id, LONGEST_OFFICE)
        st.caption(f"{text('city_answers.people')} {text('city_answers.many_open')}")
        ids = [str(row["list_entry_id"]) for row in shown]
        st.form_submit_button(text("city_answers.save_many"), type="primary", on_click=_save, args=(form, ids))


def _head(form: Form) -> None:
    """The day of the answer and how it came."""
    text, today = form.text, form.inventory.today()
    with st.container(horizontal=True):
        key, style = form.key("day"), text("form.date_input")
        st.date_input(text("city_answers.day"), today, key=key, max_value=today, format=style, width=180)
        ways = [way for way in WAYS if way != "sheet"]
        st.selectbox(
            *(text("city_answers.way"), ways),
            format_func=lambda way: text(f"city_answers.way_{way}"),
            key=form.key("way"),
            width=220,
        )


def _verdict(form: Form, entry_id: str, label: str) -> None:
    st.selectbox(
        *(label, VERDICTS, None),
        format_func=lambda verdict: form.text(f"verdict_long.{verdict}"),
        key=form.key("verdict", entry_id),
        placeholder=form.text("city_answers.no_verdict"),
    )


def _words(form: Form, name: str, entry_id: str, longest: int) -> None:
    st.text_input(form.text(f"city_answers.{name}"), key=form.key(name, entry_id), max_chars=longest)


# ---------------------------------------------------------------- saving


@author.first
def _save(form: Form, entry_ids: Sequence[str]) -> None:
    """Save what was filled in, all or nothing; the message says what was not, and the form keeps it."""
    inventory, text = form.inventory, form.text
    done: list[str | None] = []
    given: list[Answer] = []

    def act(actor: Actor) -> None:
        given.extend(_given(form, entry_ids))
        if given:
            way, day = form.value("way"), form.value("day")
            version_id = form.version["list_version_id"]
            done.append(answers.answer(inventory, actor, version_id, given, way, day or inventory.today()))

    if not page.act(inventory, text, Action.RECORD_ANSWERS, act):
        return
    if not given:
        messages.tell("warning", text("city_answers.nothing"))
        return
    known = done == [None]
    messages.tell("done", text("city_answers.known") if known else text.count("city_answers.saved", len(given)))
    st.session_state["answers_saved"] = st.session_state.get("answers_saved", 0) + 1


def _given(form: Form, entry_ids: Sequence[str]) -> list[Answer]:
    """The rows with an answer. Raises UserError for a row that says something but has none, and for a wrong amount."""
    found = []
    for entry_id in entry_ids:
        said = {name: form.value(name, entry_id) for name in ("verdict", "reason", "office", *BESIDE)}
        if said["verdict"] is None:
            if any(said.values()):
                raise UserError("answer_no_verdict")
            continue
        found.append(
            Answer(
                list_entry_id=entry_id,
                verdict=said["verdict"],
                reason=said["reason"],
                responsible_office=said["office"],
                office_reference=said["reference"],
                next_on=said["next_on"],
                cost_committed_eur=_amount(said["cost"]),
            )
        )
    return found


def _amount(written: str | None) -> Any:
    if written is None:
        return None
    try:
        return amounts.read(written)
    except Wrong as wrong:
        raise UserError(wrong.key, **wrong.values) from wrong
