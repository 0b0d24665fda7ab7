"""An open round: who has handed in, letting the next seat hand in, closing it, calling it off."""

import zlib

import streamlit as st

from esdash.analysis import voices
from esdash.inventory import Inventory
from esdash.inventory.access import Action, Actor
from esdash.inventory.steering import voices as steering
from esdash.inventory.steering.closing import FEWEST_UNNAMED
from esdash.inventory.steering.voices import Round
from esdash.texts import Text
from esdash.ui.priorities import voice_booth
from esdash.ui.shell import author, messages, page
from esdash.wording import voices as words
from esdash.wording.escaping import plain
from esdash.wording.names import Names


def show(inventory: Inventory, text: Text, names: Names, a_round: Round) -> None:
    """The question, what each seat gives, who has handed in; never what."""
    page.heading(plain(a_round.question))
    st.markdown(plain(f"{words.about(a_round, text)} {words.handed_in(a_round, text)}"))
    st.caption(plain(words.told(a_round, text)))
    left, right = st.columns(2, gap="large")
    with right, st.container(gap="xsmall"):
        for seat in names.by_name("organization", a_round.seats):
            key = "voices.has_handed_in" if seat in a_round.handed_in else "voices.has_not_handed_in"
            st.markdown(text(key, seat=plain(names.of("organization", seat))))
    with left:
        if page.allowed(inventory, text, Action.HAND_IN_VOICES):
            _next_seat(inventory, text, names, a_round)
    if page.may(inventory, Action.CLOSE_VOICES):
        with st.expander(text("voices.close")):
            _closing(inventory, text, names, a_round)
        with st.expander(text("voices.call_off")):
            _calling_off(inventory, text, a_round)


def _next_seat(inventory: Inventory, text: Text, names: Names, a_round: Round) -> None:
    """Choosing the seat that hands in now; what it handed in before is not shown."""
    key = f"voice_next_{a_round.voice_round_id}_{len(a_round.handed_in)}"
    seat = st.selectbox(
        text("voices.seat"),
        names.by_name("organization", a_round.seats),
        None,
        lambda one: names.of("organization", one),
        key=key,
        placeholder=text("voices.seat_choose"),
    )
    if st.button(text("voices.go"), key=f"{key}_go", type="primary", disabled=seat is None) and seat is not None:
        voice_booth.enter(a_round.voice_round_id, seat)
        st.rerun()
    if seat in a_round.handed_in:
        st.caption(text("voices.again"))
        st.button(
            text("voices.take_back"),
            key=f"{key}_back",
            on_click=_take_back,
            args=(inventory, text, a_round, seat, names.of("organization", seat)),
        )


def _take_back(inventory: Inventory, text: Text, a_round: Round, seat: str, name: str) -> None:
    def act(actor: Actor) -> None:
        steering.take_back(inventory, actor, a_round.voice_round_id, seat)

    if page.act(inventory, text, Action.HAND_IN_VOICES, act, nameless=name):
        messages.tell("done", text("voices.taken_back", seat=name))


def _closing(inventory: Inventory, text: Text, names: Names, a_round: Round) -> None:
    """What closing means, who is missing, and the button; missing seats are confirmed first."""
    st.markdown(text("voices.close_what"))
    missing, key = a_round.missing, f"voice_close_{a_round.voice_round_id}"
    if missing:
        st.warning(plain(text.count("voices.close_missing", len(missing), seats=words.seats(missing, names))))
    else:
        st.markdown(text("voices.close_all"))
    if not a_round.names_shown and len(a_round.handed_in) < FEWEST_UNNAMED:
        st.caption(text("voices.close_too_few", least=FEWEST_UNNAMED))
        return
    confirmed = f"{key}_without_{zlib.crc32(' '.join(missing).encode())}"  # other missing seats are confirmed anew
    if missing:
        st.checkbox(text("voices.close_confirm"), key=confirmed)
    if author.button(text("voices.close_now"), key):
        if _closed(inventory, text, a_round, confirmed):
            st.rerun()
        messages.show()


def _closed(inventory: Inventory, text: Text, a_round: Round, confirmed: str) -> bool:
    """Close the round if its missing seats are confirmed; returns whether it is closed."""
    messages.clear()
    if a_round.missing and not st.session_state.get(confirmed):
        messages.tell("warning", text("voices.close_unconfirmed"))
        return False
    first: list[bool] = []

    def act(actor: Actor) -> None:
        named = voices.named(inventory, list(a_round.item_ids))
        first.append(steering.close_round(inventory, actor, a_round.voice_round_id, named, a_round.missing))

    done = page.act(inventory, text, Action.CLOSE_VOICES, act)
    if done:
        messages.tell("done", text("voices.closed" if first[0] else "voices.closed_already"))
    return done


def _calling_off(inventory: Inventory, text: Text, a_round: Round) -> None:
    key = f"voice_off_{a_round.voice_round_id}"
    st.checkbox(text("voices.call_off_sure"), key=f"{key}_sure")
    st.button(text("voices.call_off_now"), key=key, on_click=_call_off, args=(inventory, text, a_round, key))


@author.first
def _call_off(inventory: Inventory, text: Text, a_round: Round, key: str) -> None:
    messages.clear()
    if not st.session_state.get(f"{key}_sure"):
        messages.tell("warning", text("voices.call_off_unsure"))
        return

    def act(actor: Actor) -> None:
        steering.call_off(inventory, actor, a_round.voice_round_id)

    if page.act(inventory, text, Action.CLOSE_VOICES, act):
        messages.tell("done", text("voices.called_off"))
