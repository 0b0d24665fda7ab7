"""Actions on records besides editing: confirm, pause, end, archive, restore; and their messages."""

from collections.abc import Callable, Sequence
from typing import Any, Literal

import streamlit as st

from esdash.analysis.maintenance import keeping
from esdash.inventory import Inventory, editing
from esdash.inventory.access import Action, Actor
from esdash.inventory.editing import succession
from esdash.texts import Text
from esdash.ui.entry.state import ENTRY
from esdash.ui.shell import author, messages, navigation, page, printing
from esdash.ui.shell.state import VISIT
from esdash.wording import labels

NAMES_AT_ONCE = 8  # most names listed in a dialog; others are only counted
OF_RECORD = (Action.EDIT_RECORDS, Action.CONFIRM, Action.ARCHIVE, Action.ERASE_PERSON, Action.RESTORE_VERSION)
SUCCESSION = "succession"  # the dialog of succession.py
_ASKED, _DONE, _CLOSED = "entry asked", "entry done", "entry closed"


def done() -> int:
    """How often this visitor has acted. It is part of the keys of tables, so that an action clears their selection."""
    return int(st.session_state.get(_DONE, 0))


def _closed() -> int:
    """How often a menu was used. It is part of the key of the menu, because a menu with a new key is closed."""
    return int(st.session_state.get(_CLOSED, 0))


def _close_menu() -> None:
    st.session_state[_CLOSED] = _closed() + 1


def act(inventory: Inventory, text: Text, action: Action, do: Callable[[Actor], object]) -> bool:
    """Act on a record and close open menus and dialogs; returns whether it was done. `do` returns the message."""
    if not author.current():
        author.want(lambda: act(inventory, text, action, do))
        return False
    acted = page.act(inventory, text, action, do)
    over()
    return acted


def over() -> None:
    """After an action: clear the selection of tables, close the menu and the dialog."""
    st.session_state[_DONE] = done() + 1
    _close_menu()
    close()


# ---------------------------------------------------------------- dialogs


def ask(text: Text, what: str, **about: Any) -> None:
    """Callback: open a dialog and close the menu. The visitor must have given a name, for the change log."""
    messages.clear()
    if not author.current():
        author.want(lambda: ask(text, what, **about))
        return
    st.session_state[_ASKED] = {"what": what, "place": _place(), **about}
    _close_menu()


def asked(what: str) -> dict[str, Any] | None:
    """The subject of this dialog if it is open, else None. It closes when the visitor goes to another record."""
    open_one = st.session_state.get(_ASKED)
    if open_one and open_one["place"] != _place():
        close()
        return None
    return open_one if open_one and open_one["what"] == what else None


def _place() -> tuple[str, str | None]:
    return ENTRY.table, ENTRY.record


def close() -> None:
    """Close the dialog."""
    st.session_state.pop(_ASKED, None)


def dialog(title: str, body: Callable[[], None], width: Literal["small", "medium"] = "small") -> None:
    """Show a dialog that stays open during reruns until it is closed."""
    st.dialog(title, width=width, on_dismiss=close)(body)()


# ---------------------------------------------------------------- confirming


def assure(inventory: Inventory, text: Text, table: str, ids: Sequence[str], name: str = "") -> None:
    """Callback of "Als aktuell bestätigen" for one record (with its `name`) or several."""

    def confirm(actor: Actor) -> None:
        editing.assure(inventory, table, ids, actor)
        said: dict[str, Any] = {"actor": actor.name, "day": inventory.today()}
        one = len(ids) == 1 and name
        words = text("action.assured", name=name, **said) if one else text.count("action.assured", len(ids), **said)
        messages.tell("done", words)

    act(inventory, text, Action.CONFIRM, confirm)


def assure_hours(inventory: Inventory, text: Text, record_id: str, name: str) -> None:
    """Callback of "Zeiten bestätigen" for one contact point with its `name`."""

    def confirm(actor: Actor) -> None:
        editing.assure_hours(inventory, [record_id], actor)
        messages.tell("done", text("hours.assured", name=name, actor=actor.name, day=inventory.today()))

    act(inventory, text, Action.CONFIRM, confirm)


def set_status(inventory: Inventory, text: Text, table: str, ids: Sequence[str], action: str, reason_key: str) -> None:
    """Callback of a status action for one record or several; the widget `reason_key` holds the reason."""

    def archive(actor: Actor) -> None:
        editing.set_status(inventory, table, ids, action, actor, _reason(reason_key))
        messages.tell("done", text.count(f"action.{action}_done", len(ids), actor=actor.name))

    act(inventory, text, Action.ARCHIVE, archive)


def _reason(key: str) -> str | None:
    return str(st.session_state.get(key) or "").strip() or None


# ---------------------------------------------------------------- one record


def toolbar(inventory: Inventory, text: Text, record: keeping.Kept, beside: Callable[[], None] = lambda: None) -> None:
    """The buttons for a record (confirm, edit, those of its kind, a menu with all others)."""
    if not page.allowed(inventory, text, *OF_RECORD):
        return
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        _assure_button(inventory, text, record, "primary")
        _assure_hours_button(inventory, text, record)
        _edit_button(inventory, text, record)
        beside()
        _menu(inventory, text, record)
    st.space("xsmall")


def short_toolbar(
    inventory: Inventory, text: Text, record: keeping.Kept, beside: Callable[[], None] = lambda: None
) -> None:
    """The buttons to confirm and edit, those of the page, and a link to all actions."""
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        _assure_button(inventory, text, record, "secondary")
        _edit_button(inventory, text, record)
        beside()
        if printing.button(text("action.to_record"), "to_record", type="tertiary"):
            open_form(table=record.listed["table_name"], id=record.record_id)


def _assure_button(
    inventory: Inventory, text: Text, record: keeping.Kept, importance: Literal["primary", "secondary"]
) -> None:
    if not page.may(inventory, Action.CONFIRM):
        return
    st.button(
        text("action.assure"),
        key="assure",
        type=importance,
        help=text("action.assure_help"),
        on_click=assure,
        args=_assured(inventory, text, record),
    )


def _assure_hours_button(inventory: Inventory, text: Text, record: keeping.Kept) -> None:
    """For a contact point with hours: confirm these alone, as after a call about nothing else."""
    if record.listed["table_name"] != "contact_point" or not page.may(inventory, Action.CONFIRM):
        return
    if not any(record.values[name] for name in ("opening_hours", "fortnightly", "appointment")):
        return
    st.button(
        text("hours.assure"),
        key="assure_hours",
        help=text("hours.assure_help"),
        on_click=assure_hours,
        args=(inventory, text, record.record_id, labels.title(text, record.listed)),
    )


def _assured(inventory: Inventory, text: Text, record: keeping.Kept) -> tuple[Any, ...]:
    return inventory, text, record.listed["table_name"], [record.record_id], labels.title(text, record.listed)


def _edit_button(inventory: Inventory, text: Text, record: keeping.Kept) -> None:
    if page.may(inventory, Action.EDIT_RECORDS) and st.button(text("action.edit"), key="edit_record"):
        open_form(table=record.listed["table_name"], id=record.record_id, edit="1")


def open_form(**params: Any) -> None:
    """Go to the page Erfassen with these parameters."""
    st.switch_page(navigation.script("entry"), query_params=params | VISIT.as_link())


def _menu(inventory: Inventory, text: Text, record: keeping.Kept) -> None:
    table, record_id = record.listed["table_name"], record.record_id
    archiving = page.may(inventory, Action.ARCHIVE)
    erasing = table == "contact" and page.may(inventory, Action.ERASE_PERSON)
    if not archiving and not erasing:
        return
    with st.popover(text("action.more"), key=f"more_{_closed()}"):
        reason_key = f"reason_{_closed()}"
        if archiving:
            st.text_input(text("action.reason"), key=reason_key, max_chars=300, placeholder=text("action.optional"))
        for action in editing.possible_actions(table, record.listed["status"]) if archiving else ():
            asking = action == "archive" and _asks(inventory, table, record_id)
            done: dict[str, Any] = {
                "on_click": set_status,
                "args": (inventory, text, table, [record_id], action, reason_key),
            }
            if asking:
                done = {"on_click": ask, "args": (text, SUCCESSION), "kwargs": {"record_id": record_id}}
            st.button(
                text(f"action.{action}"),
                key=f"do_{action}",
                help=text("succession.help" if asking else f"action.{action}_help"),
                width="stretch",
                **done,
            )
        if erasing:
            st.button(
                text("erase.open"),
                key="do_erase",
                width="stretch",
                on_click=ask,
                args=(text, "erase"),
                kwargs={"record_id": record_id},
            )


def _asks(inventory: Inventory, table: str, record_id: str) -> bool:
    """Whether archiving asks who or what follows: for what others need, and for a contact point, where people go."""
    return table == "contact_point" or bool(
        table in succession.SUCCEEDED and succession.uses(inventory, table, record_id)
    )


# ---------------------------------------------------------------- several records


def for_selection(inventory: Inventory, text: Text, table: str, names: dict[str, str]) -> None:
    """Buttons for the chosen records (id → name): confirm all with one click, open one, archive several.

    They are shown even without a choice, so that the table below does not move when a row is chosen.
    """
    ids = list(names)
    archiving = page.may(inventory, Action.ARCHIVE)
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        if page.may(inventory, Action.CONFIRM):
            st.button(
                text("action.assure_selected", n=len(ids)) if len(ids) > 1 else text("action.assure"),
                key="assure_selected",
                help=text("action.assure_help"),
                disabled=not ids,
                on_click=assure,
                args=(inventory, text, table, ids, "".join(names.values()) if len(ids) == 1 else ""),
            )
        printing.button(text("action.open"), key="open_selected", disabled=len(ids) != 1, on_click=_open, args=ids[:1])
        for action in ("pause", "archive"):
            if archiving and action in editing.ACTIONS[table]:
                st.button(
                    text(f"action.{action}_several"),
                    key=f"{action}_selected",
                    disabled=not ids,
                    on_click=ask,
                    args=(text, "several"),
                    kwargs={"table": table, "action": action, "names": names},
                )
        page.allowed(inventory, text, Action.CONFIRM, Action.ARCHIVE)


def confirm_several(inventory: Inventory, text: Text) -> None:
    """The dialog before several records are archived; does nothing if it is not open."""
    about = asked("several")
    if not about:
        return
    names, action = about["names"], about["action"]

    def body() -> None:
        st.markdown(text(f"action.{action}_help"))
        st.text("\n".join(f"\N{BULLET} {name}" for name in list(names.values())[:NAMES_AT_ONCE]))
        if len(names) > NAMES_AT_ONCE:
            st.text(text("action.and_more", n=len(names) - NAMES_AT_ONCE))
        with st.form("several", border=False):
            st.text_input(
                text("action.reason"), key="several_reason", max_chars=300, placeholder=text("action.optional")
            )
            if st.form_submit_button(
                text.count(f"action.{action}_now", len(names)),
                key="several_now",
                type="primary",
                on_click=set_status,
                args=(inventory, text, about["table"], list(names), action, "several_reason"),
            ):
                st.rerun()

    dialog(text(f"action.{action}"), body)


def _open(record_id: str) -> None:
    ENTRY.record = record_id
