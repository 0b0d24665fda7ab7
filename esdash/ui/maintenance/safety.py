"""Backups and the log: the last backup, making one now, and downloading the log."""

from datetime import datetime, timedelta

import pandas as pd
import streamlit as st

from esdash.analysis.records import history, records
from esdash.errors import UserError
from esdash.inventory import Inventory, backups
from esdash.inventory.access import Action, Actor
from esdash.inventory.file import copies
from esdash.texts import Text
from esdash.ui.shell import messages, page
from esdash.ui.widgets import tables
from esdash.wording.columns import Column, headed
from esdash.wording.escaping import plain

OLD_AFTER = timedelta(days=7)  # days; the work of one week can be entered again, more cannot
MEGABYTE = 1_000_000


def show(inventory: Inventory, text: Text) -> None:
    """Backups, then the log."""
    page.heading(text("safety.title"))
    last = backups.last(inventory)
    words = text("safety.last", when=last_in_words(inventory, text)) if last else text("safety.never")
    (st.success if last and inventory.now() - last <= OLD_AFTER else st.warning)(words)
    if page.allowed(inventory, text, Action.BACK_UP):
        st.button(text("safety.now"), key="backup_now", type="primary", on_click=_back_up, args=(inventory, text))
    made = backups.found(inventory)
    if made:
        frame = _worded(made, text)
        tables.show(frame, _columns(text), text, "backups", text("safety.table_alt", n=len(frame)), height=320)
        st.caption(text("safety.kept", n=copies.KEPT))
        with st.expander(text("safety.restore")):
            st.markdown(text("safety.restore_how"))
            st.code(f'python -m esdash restore "{made[0].path}"', language=None, wrap_lines=True)
    page.heading(text("safety.log"))
    entries, first = history.extent(inventory)
    st.markdown(text("safety.log_sentence", n=entries, first=first))
    tables.downloads(
        inventory,
        records.changes,
        log_columns(inventory, text),
        text("safety.log_title"),
        "protokoll",
        text,
    )


def last_in_words(inventory: Inventory, text: Text) -> str:
    """The moment of the last backup: today, yesterday, how many days ago, or never."""
    last = backups.last(inventory)
    if last is None:
        return text("safety.when_never")
    days = (inventory.today() - last.date()).days
    if days <= 0:
        return text("safety.when_today", time=f"{last:%H:%M}")
    return text("safety.when_yesterday", day=last) if days == 1 else text("safety.when_days", n=days, day=last)


LOGGED = ("change_id", "actor", "means", "reason", "table_name", "record_id", "field", "before", "after")


def log_columns(inventory: Inventory, text: Text) -> list[Column]:
    """The columns of the log, as in the command `export changes`."""
    number, *named = headed(text, "", *((name, f"log.{name}") for name in LOGGED))
    moment = Column("changed_at", text("log.changed_at", zone=inventory.zone.key), "moment")
    return [number, moment, *named]


def _back_up(inventory: Inventory, text: Text) -> None:
    def act(actor: Actor) -> None:
        try:
            made = backups.manual(inventory, actor)
            size = made.stat().st_size
        except OSError as error:
            raise UserError("copy_failed", path="", details=error) from error
        messages.tell("done", text("safety.done", name=made.name, size=_size(size, text), folder=made.parent))

    # a backup changes nothing, so it needs no name
    page.act(inventory, text, Action.BACK_UP, act, nameless=text("author.nobody"))


def _worded(made: list[backups.Backup], text: Text) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "when": [_moment(backup.made_at, text) for backup in made],
            "reason": [
                text(f"backup_reason.{backup.reason}")
                if text.has(f"backup_reason.{backup.reason}")
                else plain(backup.reason)
                for backup in made
            ],
            "size": [_size(backup.size, text) for backup in made],
            "file": [backup.path.name for backup in made],
        }
    )


def _columns(text: Text) -> list[Column]:
    return headed(text, "", *((name, f"safety.{name}") for name in ("when", "reason", "size", "file")))


def _moment(moment: datetime, text: Text) -> str:
    return text("safety.moment", day=moment, time=f"{moment:%H:%M}")


def _size(size: int, text: Text) -> str:
    return text("safety.megabytes", n=text.number(size / MEGABYTE, 1))
