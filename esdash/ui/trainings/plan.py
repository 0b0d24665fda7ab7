"""The plan to bundle trainings: its figures, its chart, and its tables."""

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from esdash.analysis.bundling.bundling import Plan
from esdash.charts import look
from esdash.inventory import Inventory
from esdash.texts import Text
from esdash.ui.shell import how, messages, page
from esdash.ui.trainings import choice, decided, download, frames, planning, proposals
from esdash.ui.widgets import tables
from esdash.wording import training_plan as wording
from esdash.wording import trainings as words
from esdash.wording.escaping import plain
from esdash.wording.names import Names

TABLE_HEIGHT = 610  # height of the chart [pixels], enough for the topics of a network

KINDS = {
    "held": wording.HELD,
    "free": wording.FREE,
    "topics": wording.TOPICS,
    "uncounted": wording.UNCOUNTED,
}


def show(inventory: Inventory, text: Text, names: Names, sentence: DeltaGenerator, room: DeltaGenerator) -> None:
    """The sliders in their room, the figures of the plan, its chart, its tables, and accepted merges."""
    with st.container():  # a container, so that a message that comes and goes does not close what is open below
        messages.show()
    with room:
        choice.sliders(text)
    plan = planning.plan(
        inventory, choice.wish(), text, lambda first: sentence.markdown(words.plan_sentence(first, text))
    )
    sentence.markdown(words.plan_sentence(plan, text))
    with st.container():
        _objections(inventory, plan, text)
    if not plan.problem.sessions and not plan.problem.uncounted:
        st.info(text("plan.empty"))
    else:
        _picture(inventory, plan, text, names)
        _tables(inventory, plan, text, names)
    decided.show(inventory, plan, text)


def _objections(inventory: Inventory, plan: Plan, text: Text) -> None:
    """Messages about pinned merges that are not possible; and the list of pinned and forbidden ones."""
    for pair, refusal in plan.problem.refused.items():
        first, second = (plain(words.session_name(inventory, key, text)) for key in pair)
        message = [text("plan.refused", first=first, second=second)]
        others = [plain(words.session_name(inventory, key, text)) for key in refusal.other or ("", "")]
        message.append(text(f"plan.refused_{refusal.why}", other=others[0], other_kept=others[1]))
        st.warning(" ".join(message))
    for pair in sorted(plan.problem.overruled):
        first, second = (plain(words.session_name(inventory, key, text)) for key in pair)
        st.warning(text("plan.overruled", first=first, second=second))
    proposals.assumptions(inventory, text)


def _picture(inventory: Inventory, plan: Plan, text: Text, names: Names) -> None:
    made = frames.tables(inventory, names, plan)
    if not made.drawn:
        return
    page.heading(text("plan.picture"))
    st.plotly_chart(
        made.picture,
        key="plan_chart",
        config=look.CONFIG,
        on_select=choice.from_chart,
        selection_mode="points",
        alt=text("plan.picture_alt", n=made.drawn, merged=len(plan.into)),
    )
    more = [text.count("plan.topics_left_out", made.topics_left_out)] if made.topics_left_out else []
    st.caption(" ".join([text("plan.legend"), *more, words.counted(plan, text)]))
    how.link(text, "bundling")


def _tables(inventory: Inventory, plan: Plan, text: Text, names: Names) -> None:
    made = frames.tables(inventory, names, plan)
    counts = {name: len(getattr(made, name)) for name in choice.PARTS}
    counts["free"] = int(made.free["people"].sum())
    part = choice.part(text, counts)
    if part == "merges":
        proposals.show(inventory, plan, made.merges, wording.SHORT, text, names)
        st.caption(words.savings(plan, text))
    elif part == "access":
        st.caption(text("plan.access_note"))
        proposals.show(inventory, plan, made.access, wording.ACCESS, text, names)
    else:
        frame: pd.DataFrame = getattr(made, part)
        note = words.waiting(plan.problem, text) if part == "free" else text(f"plan.{part}_note")
        if note:
            st.caption(note)
        if frame.empty:
            st.info(text(f"plan.{part}_none"))
        else:
            columns = wording.columns(KINDS[part], text)
            tables.show(frame, columns, text, f"plan_{part}", text("plan.table_alt", n=len(frame)), TABLE_HEIGHT)
    download.buttons(inventory, plan, text)
