"""Two people have edited one record: both versions, field by field, and the choice between them."""

from typing import Any

import streamlit as st

from esdash.analysis.records import history
from esdash.inventory import Inventory
from esdash.inventory.editing import Clash, Conflict, Faulty
from esdash.inventory.importing.records import same_value
from esdash.texts import Text
from esdash.ui.entry import field_options, field_widgets
from esdash.ui.entry.form_state import Form
from esdash.ui.shell import author, page
from esdash.wording import labels
from esdash.wording.escaping import bold, plain
from esdash.wording.names import Names
from esdash.wording.values import values_of

SIDES = ("mine", "theirs")


def show(
    inventory: Inventory, text: Text, names: Names, form: Form, conflict: Conflict, name: str, faulty: Faulty | None
) -> tuple[dict[str, Any], bool] | None:
    """Both versions with a choice for each field. Returns what to save, once the button is pressed and all is chosen.

    That is: column → my value for the fields where mine was chosen, and whether my new place was chosen.
    """
    page.title(text("conflict.title"))
    actor, when = _last_change(inventory, text, form, conflict)
    said = {"name": bold(name), "actor": bold(actor), "when": when}
    st.markdown(text("conflict.sentence", **said))
    if form.conflicts > 1:
        st.warning(text("conflict.again"))
    chosen: dict[str, str | None] = {}
    slots = {}
    for clash in conflict.clashes:
        with st.container(border=True):
            words = {side: _words(inventory, text, names, form, clash, side) for side in ("base", *SIDES)}
            heading = labels.label_of(text, form.table, clash.field)
            chosen[clash.field] = _choice(text, form, clash, heading, words)
            slots[clash.field] = st.container()
    for fault in faulty.faults if faulty else ():
        with slots.get(fault.field) or st.container():
            st.error(plain(field_widgets.fault(text, fault.error)))
    above = st.container()
    with st.container(horizontal=True):
        pressed = author.button(text("conflict.save"), _key(form, "save"))
        st.button(text("conflict.back"), key=_key(form, "back"), on_click=_back, args=(form,))
    open_ = [field for field, side in chosen.items() if side is None]
    if not pressed:
        return None
    if open_:
        said_open = labels.labels(text, form.table, open_)
        above.warning(text.count("conflict.missing", len(open_), fields=said_open))
        return None
    mine = {clash.field: clash.mine for clash in conflict.clashes if chosen[clash.field] == "mine"}
    placed = form.place is not None and "location_id" in mine
    return {name: value for name, value in mine.items() if not (placed and name == "location_id")}, placed


def _choice(text: Text, form: Form, clash: Clash, heading: str, words: dict[str, str]) -> str | None:
    """One field: its old value, both versions, and the choice, which is preset if only one person changed it."""
    preset = None if clash.both else "theirs" if same_value(clash.base, clash.mine) else "mine"
    note = "both" if preset is None else f"only_{preset}"
    st.markdown(f"{bold(heading)} · {text(f'conflict.{note}')}")
    for column, (side, title) in zip(
        st.columns(3), {"base": "was", "mine": "mine", "theirs": "theirs"}.items(), strict=True
    ):
        column.caption(text(f"conflict.{title}"))
        column.text(words[side])
    key = _key(form, clash.field)
    st.session_state.setdefault(key, form.entered.get(key, preset))
    taken = st.segmented_control(
        text("conflict.take"),
        SIDES,
        key=key,
        format_func=lambda side: text(f"conflict.{side}"),
        label_visibility="collapsed",
    )
    form.entered[key] = taken
    return taken


def _words(inventory: Inventory, text: Text, names: Names, form: Form, clash: Clash, side: str) -> str:
    if side == "mine" and clash.field == "location_id" and form.place:
        return text("form_place.unsaved", place=field_options.place_name(inventory, text, form.place))
    return values_of(inventory, text, form.table).value(clash.field, getattr(clash, side), form.draft.values)


def _last_change(inventory: Inventory, text: Text, form: Form, conflict: Conflict) -> tuple[str, str]:
    """Who changed the record last since the form was opened, and when."""
    changes = history.of(inventory, form.table, conflict.record_id)
    if changes.empty:
        return text("conflict.someone"), text("word.unknown")
    last = changes.iloc[0]
    moment = last["changed_at"]
    return str(last["actor"] or text("conflict.someone")), f"{text.date(moment)}, {moment:%H:%M}"


def _key(form: Form, name: str) -> str:
    return form.widget(f"conflict {form.conflicts} {name}")


def _back(form: Form) -> None:
    form.conflict = None
