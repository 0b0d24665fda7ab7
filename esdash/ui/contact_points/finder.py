"""The finder for volunteers: three questions, at most three answers first, and why (METHODS M19)."""

from contextlib import suppress
from functools import partial
from textwrap import shorten
from typing import Any

import streamlit as st

from esdash.analysis.finder import asking, finder
from esdash.analysis.finder.asking import Desk
from esdash.analysis.finder.finder import SLOTS, Answer, Found, Wishes
from esdash.errors import UserError
from esdash.inventory import Inventory
from esdash.inventory.access import Action
from esdash.inventory.steering import wishes as counters
from esdash.model.opening import Opening
from esdash.texts import Text
from esdash.ui.contact_points.ways import ways
from esdash.ui.shell import navigation, page, printing, url
from esdash.ui.shell.state import VISIT, Many, Maybe, OneOf, PageState
from esdash.ui.widgets import filters
from esdash.wording import finder as words
from esdash.wording import openings
from esdash.wording.escaping import bold, plain
from esdash.wording.names import Names, names_of

SWITCHES = ("without_commitment", "little_german")
COUNTED = "finder, counted"  # the wishes that this visitor has had counted
TURNING, TURNED = "finder, turning", "finder, turned"  # between questions and answers stands a short page
TURN_SECONDS = 0.1
FINDER = "finder"  # the name of this part in the link
LONGEST_PILL = 44  # letters; a longer name is wider than a telephone
SIGN_COLOURS = {words.MET: "green", words.MISSED: "orange", words.UNKNOWN: "gray"}


class FinderState(PageState):
    """The wishes, whether they were sent, and how many answers are shown; a link leads to the same answers."""

    page = "finder"
    field = Maybe(link="what")
    theme = Maybe(link="theme")
    time = Maybe(SLOTS, link="when")
    language = Maybe(link="spoken")
    district = Maybe(link="from")
    also = Many(SWITCHES, link="also")
    asked = OneOf(("", "yes"), link="search")
    more = OneOf(("", "yes"), link="more")


STATE = FinderState()


def sentence(inventory: Inventory, text: Text) -> str:
    """How many offers look for volunteers and can be asked; after "Suchen" how many of them fit."""
    names = names_of(inventory, text)
    _take(inventory, names)
    if STATE.asked:
        wishes = _wishes(names)
        return bold(words.count(finder.find(inventory, wishes, _most()), wishes, text))
    offers, places = finder.places(inventory)
    if not offers:
        return text("finder.sentence_none")
    return text("finder.sentence", offers=bold(text.number(offers)), places=bold(text.number(places)))


def show(inventory: Inventory, text: Text, names: Names) -> None:
    """The questions; after "Suchen" the answers, with the way back to the questions."""
    _take(inventory, names)
    if st.session_state.pop(TURNING, False):
        _turn(text)
    elif STATE.asked or printing.on():
        _answers(inventory, _wishes(names), names)
    else:
        _questions(inventory, names)
    STATE.give()


def _take(inventory: Inventory, names: Names) -> None:
    themes = [theme for field in names.field_ids for theme in names.themes_below(field)]
    everything = {"field": names.field_ids, "theme": themes, "district": names.ids("district")}
    STATE.take(language=names.ids("language"), **everything)


# ---------------------------------------------------------------- the questions


def _questions(inventory: Inventory, names: Names) -> None:
    text = names.text
    pills: Any = partial(st.pills, width="stretch")

    def full(theme: str) -> str:
        return shorten(names.of("theme", theme), LONGEST_PILL, placeholder=" …")

    pills(text("finder.what"), names.field_ids, format_func=full, key=FinderState.field.key)
    below = names.themes_below(STATE.field) if STATE.field else []
    if below:
        if STATE.theme not in below:
            STATE.theme = None
        pills(text("finder.what_exactly"), below, format_func=full, key=FinderState.theme.key)
    pills(
        text("finder.when"), SLOTS, format_func=lambda slot: text(f"finder.slot_name_{slot}"), key=FinderState.time.key
    )
    languages = finder.spoken(inventory)
    if STATE.language and STATE.language not in languages:
        languages.append(STATE.language)
    pills(text("finder.spoken"), languages, format_func=partial(names.of, "language"), key=FinderState.language.key)
    left, right = st.columns(2, gap="small")  # on a phone one below the other
    with left:
        districts = names.by_name("district", names.ids("district"))
        name = partial(names.of, "district")
        filters.choice(FinderState.district, text("finder.from"), districts, name, text("finder.any"))
    with right:
        pills(
            text("finder.also"),
            SWITCHES,
            selection_mode="multi",
            format_func=lambda name: text(f"finder.wish_{name}"),
            key=FinderState.also.key,
        )
    st.caption(text("finder.hint"))
    if st.button(text("finder.search"), type="primary", width="stretch", key="finder_search"):
        wishes = _wishes(names)
        _count(inventory, text, wishes)
        _open(_link(wishes, names) | {FinderState.asked.link: ["yes"]})


def _wishes(names: Names) -> Wishes:
    """The wishes as chosen; a theme of another field than the chosen one is none."""
    below = names.parent.get(STATE.theme) == STATE.field if STATE.theme else False
    switches = {name: name in STATE.also for name in SWITCHES}
    return Wishes(STATE.theme if below else STATE.field, STATE.time, STATE.language, STATE.district, **switches)


def _link(wishes: Wishes, names: Names) -> dict[str, list[str]]:
    """The wishes as parameters of a link to the questions."""
    field = names.parent.get(wishes.theme) or wishes.theme if wishes.theme else None
    given = {
        FinderState.field: field,
        FinderState.theme: wishes.theme if field != wishes.theme else None,
        FinderState.time: wishes.time,
        FinderState.language: wishes.language,
        FinderState.district: wishes.district,
    }
    link = {declared.link: [value] for declared, value in given.items() if value}
    also = [name for name in SWITCHES if getattr(wishes, name)]
    return link | ({FinderState.also.link: also} if also else {})


def _open(params: dict[str, list[str]]) -> None:
    """Open the finder with these parameters, from its top on."""
    st.session_state[TURNING] = True
    st.switch_page(
        navigation.script("contact_points"), query_params={"contact_points": FINDER, **params, **VISIT.as_link()}
    )


@st.fragment(run_every=TURN_SECONDS)
def _turn(text: Text) -> None:
    """A short page, which brings the browser back to the top, until the next run a moment later."""
    if st.session_state.pop(TURNED, False):
        st.rerun()
    st.session_state[TURNED] = True
    st.caption(text("finder.searching"))


def _count(inventory: Inventory, text: Text, wishes: Wishes) -> None:
    """Count the wishes once for each visitor, whatever the switches; a count that fails keeps nobody from searching."""
    counted = st.session_state.setdefault(COUNTED, set())
    parts = (wishes.theme, wishes.district, wishes.time, wishes.language)
    if parts in counted or not page.may(inventory, Action.COUNT_WISH):
        return
    counted.add(parts)
    nothing = finder.find(inventory, wishes).fitting == 0
    with suppress(UserError):
        page.act(
            *(inventory, text, Action.COUNT_WISH),
            lambda actor: counters.count(inventory, actor, *parts, nothing_found=nothing),
            nameless=text("finder.visitor"),
            through=(UserError,),
        )


# ---------------------------------------------------------------- the answers


def _answers(inventory: Inventory, wishes: Wishes, names: Names) -> None:
    text = names.text
    found = finder.find(inventory, wishes, _most())
    said = plain(" · ".join(words.said(wishes, names)))
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(text("finder.your_wishes", wishes=said) if said else text("finder.no_wishes"), width="content")
        if printing.button(f":primary[{text('finder.change')} →]", type="tertiary", key="finder_change"):
            _open(_link(wishes, names))
    asked = [] if inventory.read_only else [answer.offer["contact_id"] for answer in found.answers]
    there = asking.of_contacts(inventory, asked)  # a past day says nothing of what is open
    for answer in found.answers:
        _answer(answer, wishes, names, there)
    _more(found, text)
    for sentence in words.besides(found, text):
        st.markdown(sentence)
    if not found.fitting:
        _instead(found, wishes, names)
        _ask_instead(inventory, wishes, names)
    if found.answers:
        st.caption(f"{text('finder.ranking')} {text('finder.share')}")


def _answer(answer: Answer, wishes: Wishes, names: Names, there: dict[str, tuple[str, Opening]]) -> None:
    """One offer: what it is, whom to call, and why it is an answer."""
    text, offer = names.text, answer.offer
    facts = (text.count("finder.wanted", offer["volunteers_wanted"]), words.times(offer["times"], text))
    with st.container(border=True, gap="xsmall"):
        st.markdown(f"{bold(offer['name'])}  \n{plain(offer['organization'])}")
        if offer["description"]:
            st.text(offer["description"])
        st.markdown(" · ".join(map(plain, (*facts, words.where(offer, names)))))
        found = words.reasons(answer, wishes, names)
        if found:
            st.markdown("  \n".join(f":{SIGN_COLOURS[sign]}[**{sign}**] {plain(reason)}" for sign, reason in found))
        role = _role(offer["via"], offer["role"], text)
        reached = text("finder.reached_on", day=offer["reached_on"])
        ways(f"{bold(role)}, {plain(reached)}", offer["phone"], offer["email"], text)
        if offer["contact_id"] in there:
            name, opening = there[offer["contact_id"]]
            st.caption(plain(text("finder.there", place=name, opening=openings.sentence(opening, text))))


def _more(found: Found, text: Text) -> None:
    """The button that shows more answers, or that there are more than are shown."""
    if not found.more:
        return
    if STATE.more:
        st.caption(text("finder.most", n=len(found.answers)))
        return
    number = min(found.more, finder.MOST - finder.FIRST)
    printing.button(text.count("finder.more", number), on_click=_show_more, key="finder_more")


def _most() -> int:
    return finder.MOST if STATE.more else finder.FIRST


def _show_more() -> None:
    STATE.more = "yes"


def _instead(found: Found, wishes: Wishes, names: Names) -> None:
    """What would have to change so that something fits, each with a button that does it."""
    if not found.instead:
        return
    text = names.text
    page.heading(text("finder.instead_title"))
    for dropped, number in found.instead:
        with st.container(horizontal=True, vertical_alignment="center"):
            said = plain(text.count("finder.instead", number, wishes=words.dropped(dropped, text)))
            st.markdown(said, width="content")
            if printing.button(text("finder.instead_button"), key=f"finder_without_{'_'.join(dropped)}"):
                _open(_link(wishes.without(*dropped), names) | {FinderState.asked.link: ["yes"]})


def _ask_instead(inventory: Inventory, wishes: Wishes, names: Names) -> None:
    """The contact point that helps where no offer fits."""
    text = names.text
    page.heading(text("finder.ask_instead"))
    desk = asking.instead(inventory, wishes)
    if desk is None:
        st.markdown(text("finder.ask_nobody"))
    else:
        _desk(desk, wishes, names, opened=not inventory.read_only)
    with st.container(horizontal=True, gap="medium"):
        if desk:
            url.here("contact_points", text("finder.open_point"), "finder_point", id=desk.point["contact_point_id"])
        url.here("contact_points", text("finder.ask_list"), "finder_list")


def _desk(desk: Desk, wishes: Wishes, names: Names, opened: bool) -> None:
    text, point = names.text, desk.point
    st.markdown(text("finder.ask_instead_why"))
    with st.container(border=True, gap="xsmall"):
        where = ", ".join(plain(point[name]) for name in ("place", "street", "district") if point[name])
        st.markdown(f"{bold(point['name'])}  \n{where}")
        if opened:
            st.markdown(plain(openings.sentence(desk.opening, text)))
        if wishes.language and desk.spoken:
            st.markdown(plain(text("finder.ask_instead_language", language=names.of("language", wishes.language))))
        reached = plain(text("finder.reached_on", day=point["reached_on"]))
        who = f"{bold(_role(point['via'], point['role'], text))}, {reached}" if point["role"] else reached
        ways(who, point["phone"], point["email"], text)


def _role(via: str, role: str, text: Text) -> str:
    """Who is asked: the function, and whether it stands in for another one."""
    return text("finder.ask_deputy" if via == "deputy" else "finder.ask", role=role)
