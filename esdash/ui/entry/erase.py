"""Erasing a person: the dialog that explains what happens, and the report afterwards."""

import streamlit as st

from esdash.inventory import Inventory
from esdash.inventory.access import Action, Actor
from esdash.inventory.privacy import erasure
from esdash.texts import Text
from esdash.ui.entry import actions
from esdash.ui.entry.state import ENTRY
from esdash.ui.shell import messages, page
from esdash.wording.escaping import plain
from esdash.wording.traces import sentence

TRACES_SHOWN = 12  # the command line lists all


def dialog(inventory: Inventory, text: Text, role: str) -> None:
    """The dialog: what is removed and what stays, a reason, and a box to tick; does nothing if it is not open."""
    about = actions.asked("erase")
    if not about:
        return

    def body() -> None:
        st.markdown(text("erase.what", role=plain(role)))
        st.warning(text("erase.final"))
        with st.form("erase", border=False):
            st.text_input(
                text("erase.reason"), key="erase_reason", max_chars=300, placeholder=text("erase.reason_placeholder")
            )
            st.text_input(text("erase.also"), key="erase_also", max_chars=300, help=text("erase.also_help"))
            st.checkbox(text("erase.understood"), key="erase_understood")
            place = st.empty()
            sent = st.form_submit_button(text("erase.now"), key="erase_now", type="primary")
        if not sent:
            return
        with place, st.spinner(text("erase.working")):  # a large file takes some seconds
            erased = _erase(inventory, text, about["record_id"])
        if erased:
            st.rerun()
        with place.container():
            messages.show()

    actions.dialog(text("erase.title"), body, width="medium")


def _erase(inventory: Inventory, text: Text, contact_id: str) -> bool:
    """Erase the person; returns whether it was done. The message of the next run does not name the person."""
    messages.clear()
    reason = str(st.session_state.get("erase_reason") or "").strip()
    if not reason or not st.session_state.get("erase_understood"):
        messages.tell("error", text("erase.needs_tick" if reason else "erase.needs_reason"))
        return False

    def erase(actor: Actor) -> None:
        also = str(st.session_state.get("erase_also") or "").split(";")
        report = erasure.erase(inventory, contact_id, actor, reason, also)
        said = "erase.done_but" if report.traces else "erase.done"
        messages.tell("done", text(said, erasure=report.erasure_id, n=sum(report.found.values())))
        if report.traces:
            messages.tell("warning", text("erase.traces"))
        for trace in report.traces[:TRACES_SHOWN]:
            messages.tell("warning", sentence(text, trace))
        if len(report.traces) > TRACES_SHOWN:
            messages.tell("warning", text("erase.traces_more", n=len(report.traces) - TRACES_SHOWN))
        if report.backups:
            messages.tell("done", text.count("erase.backups", len(report.backups)))
        for backup in report.backups_left:
            messages.tell("warning", text("erase.backup_left", name=backup.name))
        for number in report.versions_left:
            messages.tell("warning", text("erase.version_left", number=number))

    if not page.act(inventory, text, Action.ERASE_PERSON, erase):
        return False
    actions.over()
    _forget()
    return True


def _forget() -> None:
    """Remove everything that was typed about the person from the URL and from the session."""
    ENTRY.search = ""
