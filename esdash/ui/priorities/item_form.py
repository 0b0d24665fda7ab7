"""The form for an item of the list: taking a finding, writing one by hand, changing one."""

from collections.abc import Mapping
from decimal import Decimal
from functools import partial
from typing import Any
from urllib.parse import urlencode

import streamlit as st

from esdash.analysis.priorities import findings
from esdash.analysis.priorities.findings import About
from esdash.analysis.priorities.priorities import CRITERIA
from esdash.inventory import Inventory
from esdash.inventory.access import Action, Actor
from esdash.inventory.steering import items
from esdash.inventory.steering.tasks import LONGEST_TITLE, Evidence, Task
from esdash.texts import Text, is_missing
from esdash.ui.shell import author, page
from esdash.ui.widgets import dialog
from esdash.wording import items as words
from esdash.wording.names import Names, names_of

LONGEST_REASON, LONGEST_MEASURE = 300, 1000  # characters
MOST_EUR = 9_999_999.0  # a whole programme has 50,000; more is a slip of the key

Row = Mapping[str, Any]


def take_button(inventory: Inventory, text: Text, finding_id: str, place: str = "", primary: bool = False) -> None:
    """The button to take a finding onto the list; nothing if the visitor may not, or if the finding is gone.

    `place` distinguishes several buttons for one finding on a page.
    """
    if not page.may(inventory, Action.TAKE_ITEM):
        return
    about = findings.about(inventory, finding_id)
    if about:
        key, title = f"take_{finding_id}{place}", text("items.take_title")
        content = partial(_take, inventory, text, finding_id, about)
        dialog.button(text("items.take"), key, title, content, "primary" if primary else "secondary")


def write_button(inventory: Inventory, text: Text) -> None:
    """The button to write an item of one's own."""
    if page.may(inventory, Action.WRITE_ITEM):
        label = text("items.write")
        dialog.button(label, "write_item", label, partial(_write, inventory, text))


def edit_button(inventory: Inventory, text: Text, row: Row, place: str = "") -> None:
    """The button to change an item of the list."""
    if page.may(inventory, Action.EDIT_ITEM):
        label = text("items.edit")
        dialog.button(label, f"edit_item{place}", label, partial(_edit, inventory, text, row))


# ---------------------------------------------------------------- what the three dialogs hold


def _take(inventory: Inventory, text: Text, finding_id: str, about: About) -> None:
    names = names_of(inventory, text)
    where, parameters = words.address(finding_id, about.case)
    found = {
        **{"title": words.proposed_of(finding_id, about, text, names), "origin": finding_id.split("|")[0]},
        **{"theme_ids": about.theme_ids, "district_ids": about.district_ids},
        **{"target_group_ids": about.target_group_ids},
    }
    url = f"/{where}?{urlencode(parameters)}"
    evidence = Evidence(about.figures, url, inventory.today(), about.organization_ids)

    task = _fields(inventory, text, names, found, "take")
    reason = st.text_input(text("items.reason"), key="take_reason", max_chars=LONGEST_REASON)
    author.ask(text, "take_item")
    if task.title == found["title"]:  # as worked out: it then follows the language
        task = _untitled(task)

    def act(actor: Actor) -> None:
        items.take(inventory, finding_id, actor, reason, task, evidence)

    dialog.save(inventory, text, Action.TAKE_ITEM, act, text("items.take_now"), text("items.taken_now"), "take_save")


def _write(inventory: Inventory, text: Text) -> None:
    names = names_of(inventory, text)
    task = _fields(inventory, text, names, {"origin": "hand"}, "write")
    points, why = _points(text, {}, "write")
    reason = st.text_input(text("items.reason"), key="write_reason", max_chars=LONGEST_REASON)
    author.ask(text, "write_item")

    def act(actor: Actor) -> None:
        items.write(inventory, task, actor, reason, points, why)

    dialog.save(inventory, text, Action.WRITE_ITEM, act, text("items.write_now"), text("items.written"), "write_save")


def _edit(inventory: Inventory, text: Text, row: Row) -> None:
    names, key = names_of(inventory, text), f"edit_{row['priority_item_id']}"
    shown = {**row, "title": words.title(row, text)}
    task = _fields(inventory, text, names, shown, key)
    if task.title == shown["title"] and not row["written"]:
        task = _untitled(task)
    by_people = row["origin"] not in ("gap", "overlap")
    points, why = _points(text, row, key) if by_people else (None, None)
    reason = st.text_input(text("items.reason_edit"), key=f"{key}_reason", max_chars=LONGEST_REASON)
    author.ask(text, "edit_item")

    def act(actor: Actor) -> None:
        version = int(row["version"])
        changed = items.edit(inventory, row["priority_item_id"], task, actor, version, reason)
        if by_people:
            items.rate(inventory, row["priority_item_id"], points, why, actor, version + changed)

    dialog.save(inventory, text, Action.EDIT_ITEM, act, text("items.edit_now"), text("items.edited"), "edit_save")


# ---------------------------------------------------------------- the fields


def _fields(inventory: Inventory, text: Text, names: Names, row: Row, key: str) -> Task:
    """The fields of a task, filled from `row`; returns what stands in them."""
    title = st.text_input(
        text("items.title"), row.get("title") or "", LONGEST_TITLE, f"{key}_title", help=text("items.title_help")
    )
    measure = st.text_area(
        text("items.measure"),
        _words(row.get("measure")),
        height=80,
        max_chars=LONGEST_MEASURE,
        key=f"{key}_measure",
        placeholder=text("items.measure_example"),
    )
    left, right = st.columns(2, gap="medium")
    with left:
        themes = _several(text, names, "theme", "items.theme", row.get("theme_ids"), key)
        districts = _several(text, names, "district", "items.where", row.get("district_ids"), key)
        groups = _several(text, names, "target_group", "items.for_whom", row.get("target_group_ids"), key)
    with right:
        lead = _words(row.get("lead_organization_id")) or None
        organizations = names.by_name("organization", names.ids("organization"))
        lead = st.selectbox(
            text("items.lead"),
            organizations,
            organizations.index(lead) if lead in organizations else None,
            lambda organization: names.of("organization", organization),
            f"{key}_lead",
            placeholder=text("items.open"),
        )
        partners = _several(text, names, "organization", "items.partners", row.get("partner_ids"), key)
        cost, due = _cost_and_due(inventory, text, row, key)
    return Task(title.strip() or None, measure, themes, groups, districts, lead, partners, cost, due)


def _cost_and_due(inventory: Inventory, text: Text, row: Row, key: str) -> tuple[Decimal | None, Any]:
    left, right = st.columns(2)
    known = row.get("cost_eur")
    amount = left.number_input(
        text("items.cost"),
        0.0,
        MOST_EUR,
        None if known is None or is_missing(known) else float(known),
        10.0,
        "%.2f",
        f"{key}_cost",
        placeholder=text("items.open"),
        help=text("items.cost_help"),
    )
    day = row.get("due_on")
    due = right.date_input(
        text("items.due"),
        None if day is None or is_missing(day) else day,
        key=f"{key}_due",
        format=text("form.date_input"),
    )
    if due is not None and Task(due_on=due).past_due(inventory.today()):
        st.caption(f":orange[{text('items.past_due')}]")
    return (None if amount is None else Decimal(f"{amount:.2f}")), due


def _several(text: Text, names: Names, kind: str, label: str, chosen: Any, key: str) -> list[str]:
    ids = names.by_name(kind, names.ids(kind)) if kind == "organization" else names.ids(kind)
    picked: list[str] = st.multiselect(
        text(label),
        ids,
        [one for one in (chosen or []) if one in ids],
        lambda one: names.of(kind, one),
        key=f"{key}_{kind}",
        placeholder=text("items.choose"),
        select_all=False,
    )
    return picked


def _points(text: Text, row: Row, key: str) -> tuple[dict[str, float] | None, str | None]:
    """The judgement of people: sliders for the criteria, shown once somebody wants to judge."""
    judged = not is_missing(row.get("judged"))
    st.caption(text("items.rate_what"))
    if not st.toggle(text("items.rate"), judged, key=f"{key}_rate"):
        return None, None
    columns = st.columns(2, gap="medium")
    points = {}
    for place, name in enumerate(CRITERIA):
        known = row.get(name)
        value = 50 if known is None or is_missing(known) else round(float(known))
        with columns[place % 2]:
            points[name] = float(st.slider(text(f"criterion.{name}"), 0, 100, value, key=f"{key}_{name}"))
    why = st.text_input(text("items.rate_why"), _words(row.get("score_reason")), LONGEST_REASON, f"{key}_why")
    return points, why


def _untitled(task: Task) -> Task:
    return Task(**{**vars(task), "title": None})


def _words(value: Any) -> str:
    return value if isinstance(value, str) else ""
