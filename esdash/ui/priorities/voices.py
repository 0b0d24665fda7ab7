"""The part "Stimmen" of the priority list: the open round, or the booth of one seat; results; opening a round."""

import streamlit as st

from esdash.inventory import Inventory
from esdash.inventory.steering import bodies
from esdash.inventory.steering import voices as steering
from esdash.texts import Text
from esdash.ui.priorities import voice_booth, voice_result, voice_round, voice_start
from esdash.ui.priorities.choice import PRIORITIES, Priorities
from esdash.ui.widgets import body, filters
from esdash.wording.names import Names

_NEWEST = "voice_newest"  # the round that was the last closed one when this visitor last looked


def show(inventory: Inventory, text: Text, names: Names) -> None:
    """What this part shows. While a seat hands in, nothing else: the others look at the same screen later."""
    rounds = steering.rounds(inventory)
    open_rounds = [one for one in rounds if one.state == "open"]
    if current := voice_booth.current(open_rounds, text):
        voice_booth.show(inventory, text, names, *current)
        return
    if voice_booth.done(text):
        return
    closed = [one for one in rounds if one.state == "closed"]
    groups = bodies.bodies(inventory)
    if not groups:
        body.missing(inventory, text, names)
    elif not rounds:
        st.markdown(text("voices.none_yet"))
    st.caption(text("voices.informs"))
    for one in open_rounds:
        voice_round.show(inventory, text, names, one)
    busy = {one.body_id for one in open_rounds}
    if free := [group for group in groups if group.body_id not in busy]:
        voice_start.show(inventory, text, names, free, folded=bool(rounds))
    if closed and open_rounds:  # while seats weigh, what others thought before is folded away
        with st.expander(text("voices.earlier")):
            voice_result.show(inventory, text, names, _chosen(closed, text))
    elif closed:
        voice_result.show(inventory, text, names, _chosen(closed, text))


def _chosen(closed: list[steering.Round], text: Text) -> steering.Round:
    """The closed round whose result is shown."""
    by_id = {one.voice_round_id: one for one in closed}
    if len(closed) == 1:
        return closed[0]

    def words(key: str) -> str:
        moment = by_id[key].closed_at
        return text("voices.round_named", day=moment.date() if moment else None, question=by_id[key].question)

    newest = closed[0].voice_round_id
    if PRIORITIES.round not in by_id or st.session_state.get(_NEWEST, newest) != newest:  # another was closed meanwhile
        PRIORITIES.round = newest
    st.session_state[_NEWEST] = newest
    return by_id[filters.choice(Priorities.round, text("voices.round"), list(by_id), words) or newest]
