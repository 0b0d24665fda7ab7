"""Earlier imports, and undoing one."""

from datetime import datetime
from typing import Any

import pandas as pd
import streamlit as st

from esdash.inventory import Inventory, importing
from esdash.inventory.access import Actor
from esdash.inventory.city.applying import KIND as CITY
from esdash.inventory.city.declared import BY_TABLE as CITY_TABLES
from esdash.inventory.importing import UndoConflicts
from esdash.model.kinds import BY_TABLE
from esdash.texts import Text
from esdash.ui.imports import work as state
from esdash.ui.shell import author, messages, page, url
from esdash.ui.widgets import tables
from esdash.wording import labels
from esdash.wording.city import Titles
from esdash.wording.columns import Column
from esdash.wording.escaping import bold, plain
from esdash.wording.names import names_of

CONFLICTS_SHOWN = 20
LONGEST_REASON = 200


def show(inventory: Inventory, text: Text) -> None:
    """The table of earlier imports, the newest first, with a button to undo the chosen one."""
    runs = importing.runs(inventory)
    page.heading(text("imports.earlier"))
    if not runs:
        st.caption(text("imports.no_earlier"))
        return
    frame = pd.DataFrame([_row(run, text) for run in runs])
    key = f"import_runs_{st.session_state.get('import_undos', 0)}"
    picked = tables.show(frame, _columns(text), text, key, text("imports.earlier"), height=320, choose=True)
    run = next((run for run in runs if run["import_run_id"] == picked), None)
    if run is None:
        st.caption(text("imports.earlier_hint"))
    elif run["undone_at"] is not None:
        st.caption(text("imports.undone_already", file=plain(run["file_name"]), day=run["undone_at"]))
    elif page.allowed(inventory, text, importing.undoing(inventory, run["import_run_id"])):
        undo = text("imports.undo_this", file=plain(run["file_name"]))
        if st.button(undo, key="import_undo"):
            ask_undo(inventory, run, text)


def _row(run: dict[str, Any], text: Text) -> dict[str, Any]:
    kind = importing.KINDS.get(run["kind"])
    return {
        "import_run_id": run["import_run_id"],
        "imported_at": _moment(run["imported_at"], text),
        "actor": run["actor"],
        "file_name": run["file_name"],
        "kind": labels.kind(text, kind.table, several=True) if kind else text(f"imports_part.{run['kind']}"),
        "sender": run["sender"],
        "new": run["rows_new"],
        "changed": run["rows_changed"],
        "gone": run["rows_gone"],
        "faulty": pd.NA if run["rows_faulty"] is None else run["rows_faulty"],
        "undone": text("imports.undone_on", day=run["undone_at"]) if run["undone_at"] else "\N{EN DASH}",
    }


def _columns(text: Text) -> list[Column]:
    kinds: dict[str, tuple[Any, float | None]] = {
        "imported_at": ("text", 20),
        "file_name": ("text", 34),
        "kind": ("text", 22),
        "sender": ("text", 22),
        "actor": ("text", 18),
        "new": ("integer", None),
        "changed": ("integer", None),
        "gone": ("integer", None),
        "faulty": ("integer", None),
        "undone": ("text", 22),
        "import_run_id": ("text", 26),
    }
    return [Column(name, text(f"imports.run_{name}"), kind, width) for name, (kind, width) in kinds.items()]


def _moment(moment: datetime, text: Text) -> str:
    """A moment as day and time."""
    return f"{text.date(moment)} {moment:%H:%M}"


def ask_undo(inventory: Inventory, run: dict[str, Any], text: Text) -> None:
    """The dialog before an import is undone."""

    @st.dialog(text("imports.undo_title"))
    def dialog() -> None:
        total = run["rows_new"] + run["rows_changed"] + run["rows_gone"]
        named = {"file": bold(run["file_name"]), "when": _moment(run["imported_at"], text)}
        of_city = run["kind"] == CITY
        st.markdown(
            text.count("imports.undo_what_city", total, **named)
            if of_city
            else text.count("imports.undo_what", total, **named)
        )
        author.ask(text, "undo")
        name = author.current()
        reason = f"import_reason_{run['import_run_id']}"
        st.text_input(
            text("imports.undo_reason"),
            key=reason,
            max_chars=LONGEST_REASON,
            placeholder=text("imports.undo_reason_example"),
        )
        label, key = text("imports.undo_now"), "import_undo_now"
        if st.button(
            label, key=key, type="primary", disabled=not name, on_click=_undo, args=(inventory, run, text, reason)
        ):
            st.rerun()
        if not name:
            st.caption(text("imports.name_first_undo"))

    dialog()


def _undo(inventory: Inventory, run: dict[str, Any], text: Text, reason: str) -> None:
    def act(actor: Actor) -> None:
        importing.undo(inventory, run["import_run_id"], actor, str(st.session_state.get(reason) or "").strip() or None)

    if page.act(inventory, text, importing.undoing(inventory, run["import_run_id"]), act):
        work = state.current()
        if work is None or all(done.import_run_id != run["import_run_id"] for done in work.done):
            messages.tell(
                "done", text("imports.undone", file=run["file_name"])
            )  # otherwise the summary of that import shows it
        st.session_state["import_undos"] = st.session_state.get("import_undos", 0) + 1


def outcome(inventory: Inventory, text: Text) -> None:
    """The result of the last import or undoing; records that prevent an undoing are linked."""
    for told in messages.show():
        if isinstance(told.error, UndoConflicts):
            rows = importing.explained(inventory, told.error)
            for row in rows[:CONFLICTS_SHOWN]:
                if row["table_name"] in CITY_TABLES:
                    titles = Titles(names_of(inventory, text), None, text)
                    row["name"] = titles.of(row["table_name"], row["record_id"])
                _conflict(row, text)
            if len(rows) > CONFLICTS_SHOWN:
                st.caption(text("imports.more_conflicts", n=len(rows) - CONFLICTS_SHOWN))


def _conflict(row: dict[str, Any], text: Text) -> None:
    """One record that prevents the undoing: its name as a link, and its changes since."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        if row["table_name"] in BY_TABLE:
            url.link("entry", plain(row["name"]), table=row["table_name"], id=row["record_id"])
        elif row["by_table"] in BY_TABLE:  # an entry of the city, named by a record
            st.markdown(plain(row["name"]))
            url.link("entry", plain(row["by_name"]), table=row["by_table"], id=row["by_record"])
        else:
            st.markdown(plain(row["name"]))
        values = {name: plain(text.value(row[name])) for name in ("actor", "by_name")}
        values["day"] = text.date(row["changed_at"])
        cause = row["cause"] if row["cause"] != "edited" or row["changed_at"] is not None else "edited_somehow"
        st.caption(text(f"imports.conflict_{cause}", **values))
