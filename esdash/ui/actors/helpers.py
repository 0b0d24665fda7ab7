"""Who could help with …? A few wishes, and at most five organisations with why and whom to ask."""

from functools import partial

import streamlit as st

from esdash.analysis.actors import helping, organizations
from esdash.analysis.actors.helping import Helper, Need
from esdash.inventory import Inventory
from esdash.texts import Text
from esdash.ui.actors import choice, leading
from esdash.ui.actors.choice import ACTORS, ALSO, Actors
from esdash.ui.shell import printing
from esdash.ui.widgets import filters
from esdash.wording import helping as words
from esdash.wording.escaping import plain
from esdash.wording.names import Names

NEED = ("theme", "target_group", "where", "language", "also", "words")  # fields of the page state


def sentence(inventory: Inventory, text: Text, names: Names) -> str:
    """The answer in one sentence."""
    need = choice.need()
    return words.sentence(need, helping.find(inventory, need), names)


def show(inventory: Inventory, text: Text, names: Names) -> None:
    """The wishes in one row, then the organisations or what would help to find some."""
    _choose(text, names)
    need = choice.need()
    if not need.wishes:
        st.caption(text("helping.how"))
        return
    answer = helping.find(inventory, need)
    threshold = int(names.city["small_number_threshold"])
    for place, helper in enumerate(answer.helpers, start=1):
        before = answer.helpers[place - 2] if place > 1 else None
        with st.container(border=True, gap="xsmall"):
            _helper(inventory, text, names, place, helper, before, threshold)
    if answer.helpers:
        st.caption(text("helping.order"))
    else:
        _nobody(inventory, text, names, need, answer.without)


def _choose(text: Text, names: Names) -> None:
    columns = st.columns([3, 3, 3, 3, 3], gap="small", vertical_alignment="bottom")
    themes = [key for field in names.field_ids for key in (field, *names.themes_below(field))]
    for place, (field, kind, options) in zip(
        columns,
        (
            (Actors.theme, "theme", themes),
            (Actors.target_group, "target_group", names.ids("target_group")),
            (Actors.where, "district", names.ids("district")),
            (Actors.language, "language", names.ids("language")),
        ),
        strict=False,
    ):
        with place:
            label = partial(_label, names, kind)
            filters.choice(field, text(f"facet.{kind}"), options, label, text("helping.any"))
    filters.typed(columns[4], Actors.words, text("helping.words"), text("helping.words_example"))
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="bottom"):
        also, hidden = text("helping.also"), {"label_visibility": "collapsed"}
        filters.several(Actors.also, also, ALSO, lambda name: text(f"helping.also_{name}"), **hidden)
        if choice.need().wishes:
            printing.button(text("list.reset"), key="actors_help_reset", on_click=_reset, type="tertiary")


def _label(names: Names, kind: str, key: str) -> str:
    """The name of an option; themes below a field of action are indented."""
    return ("\N{EN SPACE}" if kind == "theme" and names.parent.get(key) else "") + names.of(kind, key)


def _helper(
    inventory: Inventory,
    text: Text,
    names: Names,
    place: int,
    helper: Helper,
    before: Helper | None,
    threshold: int,
) -> None:
    """One organisation: why, whom to ask, why it stands here; each reason leads to its record."""
    key = helper.organization_id
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        st.markdown(f"**{place}. {plain(names.of('organization', key))}**", width="content")
        leading.organization(text, key, f"actors_helper_{place}")
    for reason in helper.reasons:
        _reason(text, reason, threshold)
    used = {reason.record_id for reason in helper.reasons if reason.kind == "promise"}
    for promise in helper.promises:
        if promise.record_id not in used:
            _reason(text, promise, threshold)
    office = organizations.actor(inventory, key) or {"phone": None, "email": None}
    st.text(text("helping.ask", who=words.contact(organizations.contact(inventory, key), office, text)))
    st.caption(words.why_here(place, helper, before, text))


def _reason(text: Text, reason: helping.Reason, threshold: int) -> None:
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        st.markdown(plain(f"– {words.reason(reason, threshold, text)}"), width="content")
        leading.to(reason.table, reason.record_id, text("helping.evidence"))


def _nobody(inventory: Inventory, text: Text, names: Names, need: Need, without: dict[str, int]) -> None:
    """Which wish to drop, with how many there would be then; and whom to ask first."""
    alone = "helping.nobody_for_it" if len(need.wishes) == 1 else "helping.nobody_at_all"
    st.info(text("helping.nobody" if without else alone))
    with st.container(gap="xxsmall"):
        for wish, count in without.items():
            label = text.count("helping.drop", count, wish=plain(words.wish(wish, need, names)))
            key = f"actors_drop_{wish}"
            printing.button(f":primary[{label} →]", key=key, on_click=choice.drop, args=(wish,), type="tertiary")
    point = helping.ask_first(inventory, need)
    if point:
        ways = ", ".join(str(point[name]) for name in ("role", "phone", "email") if point[name])
        st.text(text("helping.ask_point", point=point["name"], ways=ways or text("word.unknown")))
        leading.to("contact_point", point["contact_point_id"], plain(point["name"]))


def _reset() -> None:
    ACTORS.reset(*(field.name for field in Actors.fields() if field.name not in NEED))
