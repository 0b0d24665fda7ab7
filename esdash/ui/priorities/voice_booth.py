"""The booth: one seat gives its voices, sees nothing but the items and its own, and leaves nothing behind.

What a seat types lives in widgets whose keys hold a number that grows with every seat, so that neither the session nor
the browser brings it back to the next one. Nothing of it goes into the link.
"""

import streamlit as st

from esdash.analysis import voices
from esdash.inventory import Inventory
from esdash.inventory.access import Action, Actor
from esdash.inventory.steering import voices as steering
from esdash.inventory.steering.voices import LONGEST_REASON, Round
from esdash.texts import Text
from esdash.ui.shell import messages, page
from esdash.wording import voices as words
from esdash.wording.escaping import bold, plain
from esdash.wording.names import Names

_SEAT, _BEGUN, _DONE = "voice_seat", "voice_begun", "voice_done"
_NUMBER, _GIVEN = "voice_number", "voice_given"


def current(open_rounds: list[Round], text: Text) -> tuple[Round, str] | None:
    """The round and the seat that hands in on this screen; None if nobody does.

    If that round is no longer open, the booth is cleared, and a warning says that nothing was handed in.
    """
    known = st.session_state.get(_SEAT)
    for one in open_rounds:
        if known and known[0] == one.voice_round_id and known[1] in one.seats:
            return one, known[1]
    if known:
        leave()
        st.warning(text("voices.booth_gone"))
    return None


def enter(round_id: str, seat: str) -> None:
    """Let this seat hand in on this screen."""
    leave()
    st.session_state[_SEAT] = (round_id, seat)


def leave() -> None:
    """Forget the seat and all that it has typed."""
    for key in (_SEAT, _BEGUN, _DONE):
        st.session_state.pop(key, None)
    st.session_state[_NUMBER] = st.session_state.get(_NUMBER, 0) + 1
    for key in [str(key) for key in st.session_state if str(key).startswith(_GIVEN)]:
        del st.session_state[key]


def done(text: Text) -> bool:
    """Whether a seat has just handed in: then a page that holds nothing else says so, until the next one goes on.

    A short page is also what brings the browser back to the top of the next one.
    """
    if not (name := st.session_state.get(_DONE)):
        return False
    st.success(plain(text("voices.handed_in", seat=name)))
    st.button(text("voices.go_on"), key="voice_go_on", type="primary", on_click=leave)
    return True


def show(inventory: Inventory, text: Text, names: Names, a_round: Round, seat: str) -> None:
    """First who will see what, on a page of its own; then the items. Nothing else of the round is shown."""
    name = names.of("organization", seat)
    page.heading(plain(text("voices.booth", seat=name)))
    st.markdown(f"{bold(a_round.question)}  \n{plain(words.told(a_round, text, name))}")
    if not a_round.names_shown:
        st.caption(text("voices.told_unnamed_reasons"))
    if not page.allowed(inventory, text, Action.HAND_IN_VOICES):
        return
    if st.session_state.get(_BEGUN):
        _items(inventory, text, a_round, seat, name)
        return
    st.caption(text("voices.go_hint"))
    with st.container(horizontal=True):
        st.button(text("voices.begin"), key="voice_begin", type="primary", on_click=_begin)
        st.button(text("voices.cancel"), key="voice_cancel", on_click=leave)


def _begin() -> None:
    st.session_state[_BEGUN] = True


def _items(inventory: Inventory, text: Text, a_round: Round, seat: str, name: str) -> None:
    """The items, each with its points and a reason; below them how much is given, handing in, and the way out."""
    titles, named = words.titles(inventory, text), voices.named(inventory, list(a_round.item_ids))
    given = [
        _item(a_round, item, titles.get(item, item), seat in named.get(item, ()), text) for item in a_round.item_ids
    ]
    st.markdown(bold(words.counted(a_round, given, text)))
    with st.container(horizontal=True):
        handing_in = st.button(text("voices.hand_in"), key="voice_hand_in", type="primary")
        st.button(text("voices.cancel"), key="voice_cancel", on_click=leave)
    if handing_in:
        if _handed_in(inventory, text, a_round, seat, name):
            st.rerun()
        messages.show()


def _key(kind: str, item: str) -> str:
    return f"{_GIVEN}_{st.session_state.get(_NUMBER, 0)}_{kind}_{item}"


def _item(a_round: Round, item: str, title: str, concerned: bool, text: Text) -> int | None:
    """One item with its points and the field for a reason; returns the points."""
    with st.container(border=True, gap="xsmall"):
        left, right = st.columns([3, 2], gap="medium", vertical_alignment="center")
        left.markdown(bold(title))
        dots = a_round.dots is not None
        with right:
            points = st.segmented_control(
                plain(title),
                list(range(a_round.most_per_item + 1)),
                default=0 if dots else None,
                required=dots,
                key=_key("points", item),
                label_visibility="collapsed",
            )
        if concerned:
            st.markdown(f":small[**!** {plain(text('voices.concerns_you'))}]")
        st.text_input(
            text("voices.why"),
            key=_key("why", item),
            max_chars=LONGEST_REASON,
            placeholder=text("voices.why_placeholder"),
            label_visibility="collapsed",
            autocomplete="off",
        )
    return None if points is None else int(points)


def _handed_in(inventory: Inventory, text: Text, a_round: Round, seat: str, name: str) -> bool:
    """Hand in what stands in the booth, and clear it; returns whether it was done."""
    state = st.session_state
    points = {item: state.get(_key("points", item)) for item in a_round.item_ids}
    given = {item: int(value) for item, value in points.items() if value is not None}
    reasons = {item: str(state.get(_key("why", item)) or "") for item in a_round.item_ids}

    def act(actor: Actor) -> None:
        steering.hand_in(inventory, actor, a_round.voice_round_id, seat, given, reasons)

    done = page.act(inventory, text, Action.HAND_IN_VOICES, act, nameless=name)
    if done:
        leave()
        st.session_state[_DONE] = name
    return done
