"""The panel beside the matrix: the figures of the chosen cells, and actions on them."""

import pandas as pd
import streamlit as st

from esdash.analysis.coverage import coverage
from esdash.analysis.selection import Selection
from esdash.inventory import Inventory
from esdash.inventory.access import Action, Actor
from esdash.inventory.steering import surveying
from esdash.texts import Text
from esdash.ui.gaps import choice as choosing
from esdash.ui.gaps import unknown
from esdash.ui.priorities import item_actions, item_form, taken
from esdash.ui.shell import how, page, printing, url
from esdash.ui.widgets import who_could_help
from esdash.wording import evidence, gaps
from esdash.wording import figures as shown
from esdash.wording.escaping import bold, plain
from esdash.wording.names import Names

CALCULATIONS_SHOWN = 3  # most needs listed as calculations
OFFERS_SHOWN = 6  # most offers listed; the table below has all
SOURCES_SHOWN = 5


def show(inventory: Inventory, text: Text, names: Names, selection: Selection, now: Inventory | None) -> None:
    """The panel. `now`: today's inventory if the page shows it without suppositions, else None and no actions."""
    page.heading(gaps.heading(names, selection))
    cell = shown.shown(coverage.matrix(inventory, "city", "city", selection))
    if cell.empty:
        st.info(text("drawer.nothing"))
        return
    _state(cell.iloc[0], evidence.sums(inventory, text, selection), text)
    need = evidence.need(inventory, text, selection)
    _calculation(need, selection, text)
    _offers(coverage.offers(inventory, selection), text)
    unknown.of_cell(inventory, text, selection)
    how.link(text, "coverage")
    who_could_help.link(text, selection.themes, selection.groups, selection.districts)
    if now is not None and page.allowed(now, text, Action.TAKE_ITEM, Action.RECORD_SURVEY):
        with st.container(horizontal=True):
            _take(now, text, selection, cell.iloc[0])
            _survey(now, text, names, selection)
    _sources(need, text)
    printing.button(text("drawer.clear"), on_click=choosing.clear, type="tertiary", key="drawer_clear")


def _state(cell: pd.Series, between: dict[str, str], text: Text) -> None:
    """Need, places that reach it and places missing, or why these are unknown."""
    if cell["cells_assessed"]:
        people = text("drawer.persons", n=text.number(cell["persons"], 0)) if pd.notna(cell["persons"]) else ""
        named = {"needed": "places_needed", "met": "places_met", "gap": "gap_places"}
        single = {key: shown.word(name, cell[name], text) for key, name in named.items()}
        words = {key: bold(between.get(key, figure)) for key, figure in single.items()}
        because = " " + plain(text("drawer.between")) if between else ""
        st.markdown(text("drawer.sentence", people=people, **words) + because)
    else:
        st.markdown(text(f"drawer.{cell['state']}"))
    if cell["cells_assessed"] and cell["cells_not_surveyed"]:
        st.caption(text("drawer.partly", n=int(cell["cells_not_surveyed"]), total=int(cell["cells"])))


def _calculation(need: pd.DataFrame, selection: Selection, text: Text) -> None:
    """The largest needs as calculations, each named by what the selection leaves open."""
    applies = need[need["state"] != "not_applicable"]
    kinds = {"theme": selection.themes, "target_group": selection.groups, "district": selection.districts}
    open_kinds = [kind for kind, ids in kinds.items() if len(set(applies[f"{kind}_id"])) > 1 or not ids]
    lines = []
    for row in applies.head(CALCULATIONS_SHOWN).to_dict("records"):
        label = bold(" · ".join(row[kind] for kind in open_kinds)) + ": " if open_kinds else ""
        lines.append(label + plain(evidence.calculation(row, text)))
    if len(applies) > CALCULATIONS_SHOWN:
        lines.append(text("drawer.more_needs", n=len(applies) - CALCULATIONS_SHOWN))
    st.markdown("\n".join(f"- {line}" for line in lines))


def _sources(need: pd.DataFrame, text: Text) -> None:
    """The sources of the figures: people with quality and date, planning value, survey."""
    known = need[need["population_source"].notna()]
    lines = [
        text(
            "drawer.population",
            source=source,
            day=day,
            quality=", ".join(text(f"quality.{value}") for value in dict.fromkeys(group["quality"].dropna())),
        )
        for (source, day), group in known.groupby(["population_source", "population_as_of"], sort=False)
    ]
    lines += [text("drawer.planning", reason=reason) for reason in dict.fromkeys(need["planning_reason"].dropna())][:2]
    looked = need[need["surveyed_on"].notna()]
    if len(looked):
        newest = looked.sort_values("surveyed_on").iloc[-1]
        lines.append(
            text("drawer.surveyed", day=newest["surveyed_on"], by=text.value(newest["surveyed_by"]))
            + (f" ({newest['survey_method']})" if isinstance(newest["survey_method"], str) else "")
        )
    st.caption("  \n".join(plain(line) for line in lines[:SOURCES_SHOWN]))


def _offers(offers: pd.DataFrame, text: Text) -> None:
    """Each offer with its places and minutes; offers that cannot be counted are marked."""
    st.markdown(bold(text.count("drawer.offers", len(offers))))
    with st.container(gap=None):
        for offer in offers.head(OFFERS_SHOWN).to_dict("records"):
            words = evidence.offer_here(offer, text)
            if offer["supposed"]:
                st.text(f"{offer['name']}: {words} ({text('drawer.supposed')})")
            else:
                url.link("initiatives", f"{plain(offer['name'])}: {words}", id=offer["initiative_id"])
    if len(offers) > OFFERS_SHOWN:
        st.caption(text("drawer.more", n=len(offers) - OFFERS_SHOWN))


# ---------------------------------------------------------------- what can be done


def _take(inventory: Inventory, text: Text, selection: Selection, cell: pd.Series) -> None:
    """The button to take the gap onto the priority list, or the way to its item or its proposal."""
    if not (selection.theme and selection.district) or _unfolds(inventory, selection):
        _not_taken(inventory, text, "drawer.propose_needs")
        return
    finding = f"gap|{selection.theme}|{selection.district}"
    listed = taken.link(inventory, text, finding)
    if listed:
        item_actions.take_back_button(inventory, text, listed)
    elif pd.isna(cell["gap_places"]) or cell["gap_places"] <= 0:
        _not_taken(inventory, text, "drawer.propose_no_gap")
    else:
        item_form.take_button(inventory, text, finding)


def _not_taken(inventory: Inventory, text: Text, why: str) -> None:
    if page.may(inventory, Action.TAKE_ITEM):
        st.button(text("items.take"), disabled=True, help=text(why), key="take_not")


def _unfolds(inventory: Inventory, selection: Selection) -> bool:
    return len(coverage.matrix(inventory, "theme", "city", Selection(themes=selection.themes))) > 1


def _survey(inventory: Inventory, text: Text, names: Names, selection: Selection) -> None:
    """The buttons to mark the cell as surveyed or not applicable."""
    if not (selection.theme and selection.district and page.may(inventory, Action.RECORD_SURVEY)):
        return
    themes = names.themes_below(selection.theme) or [selection.theme]
    with st.popover(text("drawer.survey")):
        st.caption(text("drawer.survey_of", themes=", ".join(names.of("theme", key) for key in themes)))
        state = st.radio(
            text("drawer.state"),
            surveying.STATES,
            key="survey_state",
            format_func=lambda name: text(f"survey.{name}"),
            label_visibility="collapsed",
        )
        method = st.text_input(text("drawer.method"), key="survey_method", max_chars=200)
        reason = None
        if state == "not_applicable":
            reason = st.text_input(text("drawer.why_not"), key="survey_reason", max_chars=300)
        if st.button(text("drawer.save"), key="survey_now", type="primary"):
            cells = [(theme, selection.district) for theme in themes]

            def mark(actor: Actor) -> None:
                surveying.mark(inventory, cells, state, actor, reason, method)

            page.act_here(inventory, text, Action.RECORD_SURVEY, mark, text("drawer.survey_saved"))
