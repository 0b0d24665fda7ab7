"""The history of a record: who, when, by which means, why, which fields; and restoring an earlier state."""

from typing import Any

import pandas as pd
import streamlit as st

from esdash.analysis.maintenance import keeping
from esdash.analysis.records import history
from esdash.errors import UserError
from esdash.inventory import Inventory, editing
from esdash.inventory.access import Action, Actor
from esdash.texts import Text
from esdash.ui.entry import actions
from esdash.ui.shell import messages, page
from esdash.ui.widgets import tables
from esdash.wording import labels
from esdash.wording.columns import Column, headed
from esdash.wording.escaping import bold, plain
from esdash.wording.values import Values, values_of

AT_ONCE = 5  # changes shown at first; a button shows more
LONGEST = 240  # characters of a value on the screen; the download has the whole value
ONE_ENTRY = ["changed_at", "actor", "means", "reason"]  # all changes of a record by one transaction are one entry
_SHOWN = "history shown"


def show(inventory: Inventory, text: Text, table: str, record_id: str, keep: bool = True) -> None:
    """The changes of a record, the newest first; with `keep`, each can be restored and all downloaded."""
    frame = _worded(inventory, text, table, record_id)
    changes = [lines for _, lines in frame.groupby("entry", sort=False)]
    if not changes:
        st.caption(text("history.none"))
        return
    shown = _shown(table, record_id)
    restoring = keep and page.may(inventory, Action.RESTORE_VERSION)
    with st.container(border=True):
        for place, lines in enumerate(changes[:shown]):
            _entry(text, lines, newest=place == 0, keep=keep, restoring=restoring)
    if len(changes) > shown:
        more = text.count("history.more", len(changes) - shown)
        st.button(more, key="history_more", type="tertiary", on_click=_show_all, args=(table, record_id))
    if keep:
        title = text("history.download_title")
        tables.downloads(inventory, frame, columns(text), title, f"history-{record_id}", text)


def count(inventory: Inventory, table: str, record_id: str) -> int:
    """The number of changes of a record."""
    return len(history.of(inventory, table, record_id).drop_duplicates(ONE_ENTRY))


def since(inventory: Inventory, text: Text, table: str, record_id: str) -> str:
    """Since when a record is in the inventory, and who entered it; empty if the log does not say."""
    frame = history.of(inventory, table, record_id)
    added = frame[frame["event"] == "added"]
    if added.empty:
        return ""
    actor = plain(text.value(added["actor"].iloc[0]))
    return text("detail.since", day=added["changed_at"].iloc[0], actor=actor)


def columns(text: Text) -> list[Column]:
    """Columns of the download of a history."""
    changed = (("field_word", "column.field"), ("before_word", "column.before"), ("after_word", "column.after"))
    return headed(text, "", "changed_at", "actor", ("means_word", "history.means"), "reason", *changed)


def _worded(inventory: Inventory, text: Text, table: str, record_id: str) -> pd.DataFrame:
    """One row per changed field, in words; a single row if the record was added or removed."""
    words = values_of(inventory, text, table)
    frame = history.of(inventory, table, record_id)
    whole = frame["event"] != "changed"
    frame = pd.concat([frame[~whole], frame[whole].drop_duplicates("change_id")])
    frame = frame.sort_values(["change_id", "field"], ascending=[False, True], ignore_index=True)
    files = history.import_files(inventory)
    frame["entry"] = frame.groupby(ONE_ENTRY, sort=False, dropna=False)["change_id"].transform("max")
    frame["means_word"] = [
        _means(text, means, files.get(str(run)))
        for means, run in zip(frame["means"], frame["import_run_id"], strict=True)
    ]
    record = keeping.record(inventory, table, record_id)
    values = record.values if record else {}
    rows = [_line(text, words, values, row) for row in frame.to_dict("records")]
    return frame.assign(
        **{name: [row[place] for row in rows] for place, name in enumerate(("field_word", "before_word", "after_word"))}
    )


def _line(text: Text, words: Values, record: dict[str, Any], row: dict[Any, Any]) -> tuple[str, str | None, str | None]:
    if row["event"] != "changed":
        return text(f"history.{row['event']}"), None, None
    field, before, after = row["field"], _known(row["before"]), _known(row["after"])
    label = labels.label(text, words.kind.field(field))
    if before is None and after is None:  # of personal fields only that they were changed
        return label, None, text("history.hidden")
    return label, words.logged(field, before, record), words.logged(field, after, record)


def _known(value: Any) -> str | None:
    return value if isinstance(value, str) else None


def _means(text: Text, means: str, file: str | None) -> str:
    key = f"history.means_{means}"
    words = text(key) if text.has(key) else text("history.means_direct")
    return f"{words} ({file})" if file else words


def _entry(text: Text, lines: pd.DataFrame, newest: bool, keep: bool, restoring: bool) -> None:
    """One entry: when, who and by which means; beside it what changed and why, and the button to restore."""
    first = lines.iloc[0]
    signed, changed, back = st.columns([3, 6, 3], gap="small")
    when = text("history.moment", day=first["changed_at"], time=first["changed_at"].time())
    with signed.container(gap="xsmall"):
        st.markdown(bold(when))
        st.caption(plain(f"{text.value(first['actor'])} · {first['means_word']}"))
    with changed.container(gap="xsmall"):
        for row in lines.itertuples():
            st.text(_words(text, row.field_word, row.before_word, row.after_word))
        if isinstance(first["reason"], str) and first["reason"]:
            st.caption(plain(text("history.because", reason=first["reason"])))
    with back:
        if keep and newest:
            st.badge(text("history.current"), color="gray")
        elif restoring and first["event"] != "removed":
            st.button(
                text("history.restore"),
                key=f"restore_{first['entry']}",
                type="tertiary",
                on_click=actions.ask,
                args=(text, "restore"),
                kwargs={"change_id": int(first["entry"]), "when": when},
            )


def _words(text: Text, field: str, before: object, after: object) -> str:
    if not isinstance(after, str):
        return field
    if not isinstance(before, str):
        return f"{field}: {after}"
    return text("history.line", field=field, before=_short(before), after=_short(after))


def _short(words: str) -> str:
    return words if len(words) <= LONGEST else f"{words[:LONGEST]}…"


def _shown(table: str, record_id: str) -> int:
    return 10_000 if st.session_state.get(_SHOWN) == (table, record_id) else AT_ONCE


def _show_all(table: str, record_id: str) -> None:
    st.session_state[_SHOWN] = (table, record_id)


# ---------------------------------------------------------------- going back


def dialog(inventory: Inventory, text: Text, table: str, record_id: str, values: dict[str, Any]) -> None:
    """The dialog with what restoring an earlier state would change; does nothing if it is not open."""
    about = actions.asked("restore")
    if not about:
        return

    def body() -> None:
        st.markdown(text("history.restore_what", when=bold(about["when"])))
        people = page.may(inventory, Action.RESTORE_VERSION) and page.may(inventory, Action.EDIT_RECORDS)
        then = history.version_at(inventory, about["change_id"], people) or {}
        words = values_of(inventory, text, table)
        differing = [name for name in words.kind.by_name if name in then and then[name] != values[name]]
        for name in differing:
            before, after = (_short(words.value(name, state[name], state)) for state in (values, then))
            st.text(text("history.line", field=labels.label_of(text, table, name), before=before, after=after))
        if not differing:
            st.text(text("history.no_difference"))
        if table == "contact":
            st.caption(text("history.restore_person"))
        with st.form("restore", border=False):
            st.text_input(
                text("action.reason"), key="restore_reason", max_chars=300, placeholder=text("action.optional")
            )
            if st.form_submit_button(
                text("history.restore_now"),
                key="restore_now",
                type="primary",
                on_click=_restore,
                args=(inventory, text, table, record_id, about),
            ):
                st.rerun()

    try:
        actions.dialog(text("history.restore"), body)
    except UserError:  # an erasure has rewritten the log meanwhile, so the change is gone
        actions.close()


def _restore(inventory: Inventory, text: Text, table: str, record_id: str, about: dict[str, Any]) -> None:
    reason = str(st.session_state.get("restore_reason") or "").strip() or None

    def restore(actor: Actor) -> None:
        editing.restore_version(inventory, table, record_id, about["change_id"], actor, reason)
        messages.tell("done", text("history.restored", when=about["when"]))

    actions.act(inventory, text, Action.RESTORE_VERSION, restore)
