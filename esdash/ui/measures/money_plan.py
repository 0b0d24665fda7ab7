"""The approved plan: its lines, entering one, changing one with a reason, and taking over a whole table."""

from typing import Any

import streamlit as st

from esdash.analysis.budget import budget
from esdash.inventory import Inventory
from esdash.inventory.access import Action, Actor
from esdash.inventory.steering import budget as writing
from esdash.inventory.steering.budget_records import DIRECTIONS, FIRST_YEAR, LAST_YEAR, Line
from esdash.model.amounts import exact
from esdash.texts import Text
from esdash.ui.measures import money_state as state
from esdash.ui.measures import money_table
from esdash.ui.measures.money_state import MONEY, year
from esdash.ui.shell import author, messages, page
from esdash.ui.widgets import tables
from esdash.wording import money as words
from esdash.wording.escaping import bold, plain

COLUMNS = ("category", "year", "direction_word", "planned_eur", "programme", "note")  # where there are several


def show(inventory: Inventory, text: Text) -> None:
    """The forms, the chosen line, and all lines as they were approved."""
    enter(inventory, text, False)
    frame = budget.plan(inventory)
    frame = frame[
        frame["year"].eq(year() or frame["year"]) & frame["programme"].eq(MONEY.programme or frame["programme"])
    ]
    frame["direction_word"] = [text(f"money.direction_{name}") for name in frame["direction"]]
    frame["note"] = [note or "" for note in frame["note"]]
    plan = budget.plan(inventory)
    several = {"direction_word": plan["direction"].nunique() > 1, "programme": plan["programme"].nunique() > 1}
    shown = [name for name in COLUMNS if several.get(name, True)]
    above = st.container(border=True, gap="small")
    columns = words.named(text, *shown)
    picked = tables.show(
        frame[["budget_line_id", *shown]],
        columns,
        text,
        "money_plan",
        text("money.plan_alt", n=len(frame)),
        900,
        choose=True,
    )
    if picked:
        MONEY.line = picked
    chosen = frame[frame["budget_line_id"] == MONEY.line].to_dict("records")
    with above:
        if chosen:
            _one(inventory, text, chosen[0])
        else:
            st.caption(text("money.click_line"))


def enter(inventory: Inventory, text: Text, first: bool) -> None:
    """The two ways to enter lines; both are open where there is no plan yet (`first`)."""
    if not page.allowed(inventory, text, Action.PLAN_BUDGET):
        return
    with st.expander(text("money.table_take"), expanded=first, key="money_table_open"):
        money_table.show(inventory, text)
    with st.expander(text("money.line_new"), expanded=first, key="money_line_open"):
        key = state.key("line")
        with st.form(f"money_line_{key}", border=False):
            _fields(inventory, text, key, {})
            st.form_submit_button(text("money.line_save"), type="primary", on_click=_add, args=(inventory, text, key))


def _fields(inventory: Inventory, text: Text, key: str, line: dict[Any, Any]) -> None:
    usual = line or money_table.usual(inventory)
    category, when, amount, direction = st.columns([3, 1, 1, 2])
    category.text_input(
        text("money.column_category"),
        line.get("category", ""),
        key=f"money_category_{key}",
        max_chars=80,
        placeholder=text("money.category_example"),
    )
    when.number_input(
        text("money.column_year"),
        FIRST_YEAR,
        LAST_YEAR,
        int(line.get("year") or inventory.today().year),
        step=1,
        format="%d",
        key=f"money_year_{key}",
    )
    with amount:
        given = line.get("planned_eur")
        written = "" if given is None else text.number(given, 2) if text.language == "de" else exact(given)
        state.amount_field(text, f"money_planned_{key}", written)
    direction.radio(
        text("money.column_direction_word"),
        DIRECTIONS,
        DIRECTIONS.index(line.get("direction", DIRECTIONS[0])),
        lambda name: text(f"money.direction_{name}"),
        key=f"money_direction_{key}",
        horizontal=True,
        disabled=bool(line),
    )
    programme, funder, note = st.columns([2, 2, 2])
    programme.text_input(
        text("money.programme"),
        usual.get("programme") or "",
        key=f"money_programme_{key}",
        max_chars=120,
        placeholder=text("money.programme_example"),
    )
    funder.text_input(text("money.funder"), usual.get("funder") or "", key=f"money_funder_{key}", max_chars=120)
    note.text_input(
        text("money.column_note"),
        line.get("note") or "",
        key=f"money_note_{key}",
        max_chars=500,
        placeholder=text("money.note_example"),
    )


def _read(key: str) -> Line:
    """What stands in the fields. Raises UserError for an amount that is none."""
    return Line(
        programme=state.written(f"money_programme_{key}"),
        category=state.written(f"money_category_{key}"),
        year=int(st.session_state[f"money_year_{key}"]),
        planned_eur=state.amount(f"money_planned_{key}"),
        direction=str(st.session_state[f"money_direction_{key}"]),
        funder=state.written(f"money_funder_{key}"),
        note=state.written(f"money_note_{key}"),
    )


@author.first
def _add(inventory: Inventory, text: Text, key: str) -> None:
    added: list[Line] = []

    def act(actor: Actor) -> None:
        added.append(_read(key))
        writing.add_line(inventory, added[0], actor)

    if page.act(inventory, text, Action.PLAN_BUDGET, act):
        state.renew("line")
        MONEY.view = "plan"  # the first line came from the page without a plan; the next one is entered here
        line = words.line({"category": added[0].category, "year": added[0].year}, text)
        messages.tell("done", text("money.line_saved", line=line, amount=words.euro(added[0].planned_eur, text)))


def _one(inventory: Inventory, text: Text, line: dict[Any, Any]) -> None:
    """A line: what it holds, changing it, and taking it out of the plan."""
    st.markdown(f"{bold(words.line(line, text))} · {words.euro(line['planned_eur'], text)}")
    st.caption(plain(text("money.plan_of", programme=line["programme"], funder=text.value(line["funder"]))))
    if not page.may(inventory, Action.PLAN_BUDGET):
        return
    key = f"{line['budget_line_id']}_{line['version']}"
    with st.form(f"money_change_{key}", border=False):
        _fields(inventory, text, key, line)
        st.text_input(
            text("money.why"),
            key=f"money_why_{key}",
            max_chars=state.LONGEST_REASON,
            placeholder=text("money.why_example"),
        )
        with st.container(horizontal=True):
            st.form_submit_button(
                text("money.line_change"), type="primary", on_click=_change, args=(inventory, text, line, key)
            )
            st.form_submit_button(text("money.line_drop"), on_click=_drop, args=(inventory, text, line, key))


def _change(inventory: Inventory, text: Text, line: dict[Any, Any], key: str) -> None:
    def act(actor: Actor) -> None:
        why = state.written(f"money_why_{key}")
        writing.change_line(inventory, line["budget_line_id"], line["version"], _read(key), actor, why)

    page.act(inventory, text, Action.PLAN_BUDGET, act, text("money.line_changed"))


@author.first
def _drop(inventory: Inventory, text: Text, line: dict[Any, Any], key: str) -> None:
    def act(actor: Actor) -> None:
        why = state.written(f"money_why_{key}")
        writing.drop_line(inventory, line["budget_line_id"], line["version"], actor, why)

    if page.act(inventory, text, Action.PLAN_BUDGET, act, text("money.line_dropped")):
        MONEY.line = None
