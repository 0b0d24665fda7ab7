"""The form for a group that meets: name, seats, quorum, majority; used by voices and by meetings."""

import streamlit as st

from esdash.inventory import Inventory
from esdash.inventory.access import Action, Actor
from esdash.inventory.steering import bodies
from esdash.inventory.steering.bodies import KINDS, LONGEST_NAME, LONGEST_SHORT, MAJORITIES, Body
from esdash.texts import Text
from esdash.ui.shell import author, messages, page
from esdash.wording.names import Names


def button(inventory: Inventory, text: Text, names: Names, body: Body | None = None, primary: bool = False) -> None:
    """The button that opens the form for a new group, or to change `body`; nothing if the visitor may not."""
    if not page.may(inventory, Action.ENTER_BODY):
        return
    label = text("body.change" if body else "body.enter")
    key = f"body_open_{body.body_id if body else 'new'}"
    if st.button(label, key=key, type="primary" if primary else "secondary"):
        dialog(inventory, text, names, body)


def missing(inventory: Inventory, text: Text, names: Names) -> None:
    """What stands where no group is entered yet: why it is needed, and the button to enter it."""
    st.info(text("body.none"))
    if page.allowed(inventory, text, Action.ENTER_BODY):
        button(inventory, text, names, primary=True)


def described(body: Body, text: Text, names: Names) -> str:
    """A group in one line: seats, quorum, majority."""
    quorum = text("body.no_quorum") if body.quorum is None else text("body.quorum_is", n=body.quorum)
    seats = text.count("body.seats_are", len(body.seat_organization_ids), names=seated(body, names))
    return " · ".join((seats, quorum, text(f"body.majority_{body.majority}")))


def seated(body: Body, names: Names) -> str:
    """The organisations with a seat, by name."""
    return ", ".join(names.of("organization", key) for key in names.by_name("organization", body.seat_organization_ids))


def dialog(inventory: Inventory, text: Text, names: Names, body: Body | None = None) -> None:
    """The dialog to enter a group, or to change `body`."""

    def content() -> None:
        st.caption(text("body.what"))
        key = f"body_{body.body_id if body else 'new'}"
        author.ask(text, key)
        _fields(text, names, body, key)
        if st.button(
            text("body.save"), key=f"{key}_save", type="primary", on_click=_save, args=(inventory, text, body, key)
        ):
            if st.session_state.pop(f"{key}_saved", False):
                st.rerun()
            messages.show()

    st.dialog(text("body.change" if body else "body.enter"), width="medium")(content)()


def _fields(text: Text, names: Names, body: Body | None, key: str) -> None:
    left, right = st.columns([3, 1])
    left.text_input(
        text("body.name"),
        body.name if body else "",
        LONGEST_NAME,
        f"{key}_name",
        placeholder=text("body.name_example"),
    )
    right.text_input(
        text("body.short_name"),
        body.short_name if body else "",
        LONGEST_SHORT,
        f"{key}_short",
        placeholder=text("body.short_name_example"),
        help=text("body.short_name_help"),
    )
    st.multiselect(
        text("body.seats"),
        names.by_name("organization", names.ids("organization")),
        list(body.seat_organization_ids) if body else [],
        format_func=lambda organization: names.of("organization", organization),
        key=f"{key}_seats",
        placeholder=text("body.seats_choose"),
        select_all=False,
    )
    _one_of("kind", KINDS, body.kind if body else KINDS[0], text, key)
    _one_of("majority", MAJORITIES, body.majority if body else MAJORITIES[0], text, key)
    st.number_input(
        text("body.quorum"),
        1,
        None,
        body.quorum if body else None,
        1,
        key=f"{key}_quorum",
        placeholder=text("body.no_quorum"),
        help=text("body.quorum_help"),
    )


def _one_of(field: str, options: tuple[str, ...], chosen: str, text: Text, key: str) -> None:
    st.radio(
        text(f"body.{field}"),
        options,
        options.index(chosen),
        format_func=lambda one: text(f"body.{field}_{one}"),
        key=f"{key}_{field}",
        horizontal=True,
    )


def _save(inventory: Inventory, text: Text, body: Body | None, key: str) -> None:
    """Save what stands in the form of this `key`; the next run shows the message or the error."""
    given = {
        field: st.session_state.get(f"{key}_{field}")
        for field in ("name", "short", "seats", "kind", "quorum", "majority")
    }
    name, short, kind = str(given["name"] or ""), str(given["short"] or ""), str(given["kind"] or KINDS[0])

    def act(actor: Actor) -> None:
        seats, majority = given["seats"] or [], given["majority"] or MAJORITIES[0]
        bodies.save(inventory, actor, name, short, seats, kind, given["quorum"], majority, body)

    done = page.act(inventory, text, Action.ENTER_BODY, act, text("body.saved", name=" ".join(name.split())))
    st.session_state[f"{key}_saved"] = done
