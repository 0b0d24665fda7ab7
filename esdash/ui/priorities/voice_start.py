"""Opening a round: the question, the items, what each seat gives, and whether names will be shown."""

from typing import Any

import streamlit as st

from esdash.analysis.priorities import items
from esdash.inventory import Inventory
from esdash.inventory.access import Action, Actor
from esdash.inventory.steering import voices as steering
from esdash.inventory.steering.bodies import Body
from esdash.inventory.steering.closing import FEWEST_UNNAMED
from esdash.inventory.steering.voices import FEWEST_ITEMS, LONGEST_QUESTION, METHODS, MOST_POINTS, USUAL_POINTS
from esdash.texts import Text
from esdash.ui.shell import author, messages, page
from esdash.ui.widgets import body as body_form
from esdash.wording import voices as words
from esdash.wording.escaping import plain
from esdash.wording.names import Names

_KEY = "voice_start"


def show(inventory: Inventory, text: Text, names: Names, groups: list[Body], folded: bool) -> None:
    """The form; folded away where there is something else to look at."""
    if not page.may(inventory, Action.OPEN_VOICES):
        if not folded:
            page.allowed(inventory, text, Action.OPEN_VOICES)
        return
    listed = items.on_list(inventory)["priority_item_id"].astype(str).tolist()
    if folded:
        place: Any = st.expander(text("voices.start_another"))
    else:
        page.heading(text("voices.start"))
        place = st.container()
    with place:
        if len(listed) < FEWEST_ITEMS:
            st.info(text("voices.too_few_items"))
            return
        _form(inventory, text, names, groups, listed)


def _form(inventory: Inventory, text: Text, names: Names, groups: list[Body], listed: list[str]) -> None:
    by_id = {group.body_id: group for group in groups}
    titles = words.titles(inventory, text)
    if len(groups) > 1:
        st.selectbox(text("voices.body"), list(by_id), format_func=lambda key: by_id[key].name, key=f"{_KEY}_body")
    group = by_id.get(st.session_state.get(f"{_KEY}_body") or "", groups[0])
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption(plain(f"{group.name}: {body_form.described(group, text, names)}"), width="stretch")
        body_form.button(inventory, text, names, group)
    st.text_input(text("voices.question"), text("voices.question_usual"), LONGEST_QUESTION, f"{_KEY}_question")
    chosen = st.multiselect(
        text("voices.items"),
        listed,
        format_func=lambda key: titles[key],
        key=f"{_KEY}_items",
        placeholder=text("voices.items_all", n=len(listed)),
        select_all=False,
    )
    chosen = chosen or listed
    left, right = st.columns(2, gap="large")
    with left:
        _how(text, len(chosen))
    with right:
        _names(text, len(group.seat_organization_ids))
    if author.button(text("voices.start_now"), _KEY):
        if _started(inventory, text, group, chosen):
            st.rerun()
        messages.show()


def _how(text: Text, chosen: int) -> None:
    """The method and its numbers; the usual ones follow the number of chosen items."""
    method = st.radio(
        text("voices.method"),
        METHODS,
        format_func=lambda one: text(f"voices.method_{one}"),
        captions=[text(f"voices.method_{one}_help") for one in METHODS],
        key=f"{_KEY}_method",
    )
    usual, (first, second) = steering.usual_dots(chosen), st.columns(2)
    if method == "dots":
        key, most = f"{_KEY}_dots_{chosen}", f"{_KEY}_most_{chosen}"
        first.number_input(text("voices.dots"), 1, None, usual, 1, key=key, help=text("voices.dots_help"))
        second.number_input(text("voices.most_per_item"), 1, MOST_POINTS, min(MOST_POINTS, usual), 1, key=most)
    else:
        first.number_input(text("voices.most_per_item"), 1, MOST_POINTS, USUAL_POINTS, 1, key=f"{_KEY}_points")


def _names(text: Text, seats: int) -> None:
    """Whether names are shown after closing, agreed before the first voice."""
    few = seats < FEWEST_UNNAMED
    st.radio(
        text("voices.names"),
        [True] if few else [False, True],
        format_func=lambda shown: text("voices.names_shown" if shown else "voices.names_hidden"),
        key=f"{_KEY}_names_{few}",
    )
    st.caption(text("voices.names_few", least=FEWEST_UNNAMED) if few else text("voices.names_note"))


def _started(inventory: Inventory, text: Text, group: Body, chosen: list[str]) -> bool:
    """Open the round; returns whether it is open."""
    state = st.session_state
    method, few = str(state.get(f"{_KEY}_method")), len(group.seat_organization_ids) < FEWEST_UNNAMED
    dots = state.get(f"{_KEY}_dots_{len(chosen)}") if method == "dots" else None
    most = state.get(f"{_KEY}_most_{len(chosen)}" if method == "dots" else f"{_KEY}_points")

    def act(actor: Actor) -> None:
        steering.open_round(
            inventory,
            actor,
            str(state.get(f"{_KEY}_question") or ""),
            chosen,
            group.seat_organization_ids,
            method,
            dots,
            most,
            bool(state.get(f"{_KEY}_names_{few}")),
            group.body_id,
        )

    done = page.act(inventory, text, Action.OPEN_VOICES, act)
    if done:
        messages.tell("done", text("voices.started"))
    return done
