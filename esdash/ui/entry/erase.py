"""Removing a person for good: the dialog that says what happens, and what became of it."""

from __future__ import annotations

import streamlit as st

from esdash.errors import UserError
from esdash.inventory import Inventory, erasure
from esdash.texts import Text
from esdash.ui import session
from esdash.ui.entry import actions

_FAULT = "erase fault"


def dialog(inventory: Inventory, text: Text, role: str) -> None:
    """What is removed and what stays, a reason and a tick; nothing where nobody asked."""
    about = actions.asked("erase")
    if not about:
        return

    def body() -> None:
        st.markdown(text("erase.what", role=session.plain(role)))
        st.warning(text("erase.final"))
        with st.form("erase", border=False):
            st.text_input(
                text("erase.reason"), key="erase_reason", max_chars=300, placeholder=text("erase.reason_placeholder")
            )
            st.checkbox(text("erase.understood"), key="erase_understood")
            if fault := st.session_state.pop(_FAULT, None):
                st.error(fault)
            sent = st.form_submit_button(
                text("erase.now"), key="erase_now", type="primary", on_click=_erase, args=(inventory, text, about)
            )
        if sent and not actions.asked("erase"):
            st.rerun()

    actions.dialog(text("erase.title"), body, width="medium")


def _erase(inventory: Inventory, text: Text, about: dict[str, str]) -> None:
    """Callback: refuse without reason, tick or name; else erase and say what was done, naming nobody."""
    reason = str(st.session_state.get("erase_reason") or "").strip()
    who = str(st.session_state.get("author") or "").strip()
    if not reason or not st.session_state.get("erase_understood") or not who:
        missing = "author.missing" if not who else "erase.needs_reason" if not reason else "erase.needs_tick"
        st.session_state[_FAULT] = text(missing)
        return
    try:
        report = erasure.erase(inventory, about["record_id"], who, reason)
    except UserError as error:
        what, hint = text.error(error)
        st.session_state[_FAULT] = session.plain(f"{what} {hint}")
        return
    with actions.acting(text):
        actions.say(text("erase.done", erasure=report.erasure_id, n=sum(report.found.values())))
        if report.backups:
            actions.say(text.count("erase.backups", len(report.backups)))
        for backup in report.backups_left:
            actions.say(text("erase.backup_left", name=backup.name), "warning")
    _forget()


def _forget() -> None:
    """Nothing that was typed about the person stays in the address or in this visit."""
    for name in ("search", "erase_reason"):
        st.session_state.pop(name, None)
    st.query_params.pop("search", None)
