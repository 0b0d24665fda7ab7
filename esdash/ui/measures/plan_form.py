"""The form of a measure: what, who, until when, its steps, what it should change, and the offers that came from it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from esdash.analysis.measures import effect, listed
from esdash.analysis.records import records
from esdash.analysis.selection import Selection
from esdash.inventory import Inventory
from esdash.inventory.access import Action, Actor
from esdash.inventory.steering import measures
from esdash.inventory.steering.measures import Effect, Milestone, Plan
from esdash.texts import Text, is_missing
from esdash.ui.shell import author, page
from esdash.wording import figures
from esdash.wording.names import Names

LONGEST_TITLE = 120  # signs: two lines on paper
LONGEST_ROLE = 80
_FIELDS = (
    *("title", "lead", "role", "partners", "begins", "offers"),
    *("measure", "themes", "districts", "groups", "as_of", "target"),
)

Row = Mapping[str, Any]


def begin(measure_id: str) -> None:
    """Open the form of a measure ("new": of a new one)."""
    st.session_state["measure form"] = measure_id


def end() -> None:
    """Close the form."""
    st.session_state.pop("measure form", None)


def changing() -> str | None:
    """The measure whose form is open, if any."""
    return st.session_state.get("measure form")


def change(inventory: Inventory, text: Text, names: Names, row: Row) -> None:
    """The form of an existing measure; date and state change by a note about its progress."""
    key = f"plan {row['measure_id']} {row['version']}"
    with st.form(key):
        steps = fields(inventory, text, names, key, row)
        with st.container(horizontal=True):
            st.form_submit_button(
                text("measures.save"),
                type="primary",
                on_click=_save,
                args=(inventory, text, str(row["measure_id"]), int(row["version"]), key, steps),
            )
            st.form_submit_button(text("measures.cancel"), on_click=end)


@author.first
def _save(inventory: Inventory, text: Text, measure_id: str, version: int, key: str, steps: pd.DataFrame) -> None:
    plan = given(key, steps)

    def act(actor: Actor) -> None:
        measures.change_plan(inventory, measure_id, with_figure(inventory, plan), actor, version)

    if page.act(inventory, text, Action.KEEP_MEASURE, act, text("measures.changed")):
        end()


def fields(inventory: Inventory, text: Text, names: Names, key: str, row: Row) -> pd.DataFrame:
    """The fields, filled with what `row` says; returns the steps, which `given` takes."""
    st.text_input(
        text("measures.fact_title"),
        _said(row, "title"),
        LONGEST_TITLE,
        f"{key} title",
        placeholder=text("measures.title_example"),
    )
    left, right = st.columns(2)
    with left:
        leads = names.by_name("organization", names.ids("organization"))
        lead = row.get("lead_organization_id")
        at = leads.index(lead) if lead in leads else None
        of = partial(names.of, "organization")
        st.selectbox(text("measures.fact_lead"), leads, at, of, key=f"{key} lead", placeholder=text("measures.choose"))
        st.multiselect(
            text("measures.fact_partners"),
            leads,
            _ids(row.get("partner_ids")),
            of,
            key=f"{key} partners",
            placeholder=text("measures.choose"),
        )
    with right:
        st.text_input(
            text("measures.fact_role"),
            _said(row, "responsible_role"),
            LONGEST_ROLE,
            f"{key} role",
            placeholder=text("measures.role_example"),
        )
        begins = row.get("starts_on")
        day = None if is_missing(begins) else pd.Timestamp(begins).date()
        st.date_input(text("measures.fact_begins"), day, key=f"{key} begins", format=text("form.date_input"))
    steps = _steps(text, key, listed.milestones(row))
    with st.expander(text("measures.aim")):
        _aim(inventory, text, names, key, row)
    offers = records.initiatives(inventory).set_index("initiative_id")["name"].to_dict()
    st.multiselect(
        text("measures.offers"),
        list(offers),  # by name
        [one for one in _ids(row.get("initiative_ids")) if one in offers],
        lambda one: str(offers[one]),
        key=f"{key} offers",
        placeholder=text("measures.choose"),
        help=text("measures.offers_help"),
    )
    return steps


def given(key: str, steps: pd.DataFrame, **more: Any) -> Plan:
    """What stands in the fields; `more` are the other fields of a Plan."""
    said = {name: st.session_state.get(f"{key} {name}") for name in _FIELDS}
    aim = None
    if said["measure"] and said["as_of"]:
        themes, districts, groups = (tuple(said[name] or ()) for name in ("themes", "districts", "groups"))
        aim = Effect(str(said["measure"]), themes, districts, groups, said["as_of"], target=said["target"])
    return Plan(
        **{"due_on": None, **more},
        title=str(said["title"] or ""),
        lead_organization_id=said["lead"],
        responsible_role=said["role"],
        partner_ids=tuple(said["partners"] or ()),
        starts_on=said["begins"],
        milestones=tuple(_milestones(steps)),
        effect=aim,
        initiative_ids=tuple(said["offers"] or ()),
    )


def with_figure(inventory: Inventory, plan: Plan) -> Plan:
    """The plan with the figure of the day that its effect is compared with, rounded as it is shown."""
    aim = plan.effect
    if aim is None:
        return plan
    selection = Selection(aim.target_group_ids, aim.theme_ids, aim.district_ids)
    found = figures.rounded(effect.then(inventory, aim.measure, selection, aim.as_of), 1)
    return replace(plan, effect=replace(aim, then=found))


# ---------------------------------------------------------------- inside


def _steps(text: Text, key: str, steps: Sequence[Mapping[str, Any]]) -> pd.DataFrame:
    frame = pd.DataFrame([dict(step) for step in steps], columns=["text", "due_on", "done_on"])
    frame = frame.astype({"text": "object", "due_on": "datetime64[s]", "done_on": "datetime64[s]"})
    day = text("form.date")
    st.caption(text("measures.steps_how"))
    return st.data_editor(
        frame,
        key=f"{key} steps",
        num_rows="dynamic",
        hide_index=True,
        column_config={
            "text": st.column_config.TextColumn(text("measures.step"), max_chars=LONGEST_TITLE, width="large"),
            "due_on": st.column_config.DateColumn(text("measures.step_due"), format=day),
            "done_on": st.column_config.DateColumn(text("measures.step_done_on"), format=day),
        },
        placeholder=text("word.no_entry"),
        alt=text("measures.steps"),
    )


def _milestones(steps: pd.DataFrame) -> list[Milestone]:
    rows = steps.to_dict("records")
    return [Milestone(str(r["text"]), _day(r["due_on"]), _day(r["done_on"])) for r in rows if not is_missing(r["text"])]


def _aim(inventory: Inventory, text: Text, names: Names, key: str, row: Row) -> None:
    """What it should change: the figure, where, for whom, since which day, and the figure wanted."""
    found = listed.aim(row)
    left, right = st.columns(2)
    kinds = list(measures.MEASURES)
    with left:
        st.selectbox(
            text("measures.aim_figure"),
            kinds,
            kinds.index(found[0]) if found else None,
            lambda one: text(f"effect.{one}"),
            key=f"{key} measure",
            placeholder=text("measures.aim_none"),
        )
        st.number_input(
            text("measures.aim_target"), 0.0, 100_000.0, found[3] if found else None, 1.0, key=f"{key} target"
        )
    with right:
        st.date_input(
            text("measures.aim_day"),
            found[2] if found else inventory.today(),
            records.first_day(inventory),
            inventory.today(),
            key=f"{key} as_of",
            format=text("form.date_input"),
        )
    tables = (("themes", "theme", names.leaves), ("districts", "district", None), ("groups", "target_group", None))
    for name, table, ids in tables:
        chosen = list(getattr(found[1], name)) if found else []
        st.multiselect(
            text(f"measures.aim_{name}"),
            ids or names.ids(table),
            chosen,
            partial(names.of, table),
            key=f"{key} {name}",
            placeholder=text("word.all"),
        )


def _said(row: Row, name: str) -> str:
    return "" if is_missing(row.get(name)) else str(row[name])


def _ids(value: Any) -> list[str]:
    return [] if value is None or isinstance(value, float) else [str(one) for one in value]


def _day(value: Any) -> date | None:
    return None if is_missing(value) else pd.Timestamp(value).date()
