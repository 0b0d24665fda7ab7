"""The plan to bundle trainings: what it comes to, the picture, and the tables behind it."""

from __future__ import annotations

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from esdash import charts
from esdash.analysis.bundling import Plan
from esdash.charts import look
from esdash.inventory import Inventory
from esdash.texts import Text
from esdash.ui import page, session, tables
from esdash.ui.care import said
from esdash.ui.names import Names
from esdash.ui.trainings import choice, decided, download, frames, planning, proposals, words

TABLE_HEIGHT = 610  # pixels; the topics of a network fit
TOPICS_SHOWN = 30  # in the picture; those with merges come first


def show(inventory: Inventory, text: Text, known: Names, sentence: DeltaGenerator) -> None:
    """Sliders, what the plan comes to, its picture, its tables, and what was accepted."""
    with st.container():  # a message that comes and goes must not close what is open below
        said.show()
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
        _picture(inventory, plan, text, known)
        _tables(inventory, plan, text, known)
    decided.show(inventory, plan, text)


def _objections(inventory: Inventory, plan: Plan, text: Text) -> None:
    """What people asked for and cannot be, one message each; and what they asked for at all."""
    for pair, refusal in plan.problem.refused.items():
        first, second = (session.plain(words.session_name(inventory, key, text)) for key in pair)
        message = [text("plan.refused", first=first, second=second)]
        others = [session.plain(words.session_name(inventory, key, text)) for key in refusal.other or ("", "")]
        message.append(text(f"plan.refused_{refusal.why}", other=others[0], other_kept=others[1]))
        st.warning(" ".join(message))
    for pair in sorted(plan.problem.overruled):
        first, second = (session.plain(words.session_name(inventory, key, text)) for key in pair)
        st.warning(text("plan.overruled", first=first, second=second))
    proposals.assumptions(inventory, text)


def _picture(inventory: Inventory, plan: Plan, text: Text, known: Names) -> None:
    frame = frames.timeline(plan, known, text)
    if frame.empty:
        return
    shown = frame[frame["place"] < TOPICS_SHOWN]
    page.heading(text("plan.picture"))
    st.plotly_chart(
        charts.bundling(shown, inventory.today(), text),
        key="plan_chart",
        config=look.CONFIG,
        on_select=choice.from_chart,
        selection_mode="points",
        alt=text("plan.picture_alt", n=len(shown), merged=len(plan.into)),
    )
    left_out = int(frame["topic"].nunique() - shown["topic"].nunique())
    more = [text.count("plan.topics_left_out", left_out)] if left_out else []
    st.caption(" ".join([text("plan.legend"), *more]))


def _tables(inventory: Inventory, plan: Plan, text: Text, known: Names) -> None:
    merged, apart, free = (
        frames.merges(plan, known, text),
        frames.kept_apart(plan, known, text),
        frames.free(plan, text),
    )
    held, topics = frames.held(plan, text), frames.topics(plan, known, text)
    left_out = frames.uncounted(plan, inventory, text)
    counts = {
        **{"merges": len(merged), "held": len(held), "free": int(free["people"].sum())},
        **{"topics": len(topics), "access": len(apart), "uncounted": len(left_out)},
    }
    part = choice.part(text, counts)
    if part == "merges":
        proposals.show(inventory, plan, merged, frames.SHORT, text, known)
        st.caption(words.savings(plan, text))
    elif part == "access":
        st.caption(text("plan.access_note"))
        proposals.show(inventory, plan, apart, frames.ACCESS, text, known)
    else:
        frame, kinds = {
            "held": (held, frames.HELD),
            "free": (free, frames.FREE),
            "topics": (topics, frames.TOPICS),
            "uncounted": (left_out, frames.UNCOUNTED),
        }[part]
        st.caption(text(f"plan.{part}_note"))
        if frame.empty:
            st.info(text(f"plan.{part}_none"))
        else:
            columns = frames.columns(kinds, text)
            tables.show(frame, columns, text, f"plan_{part}", text("plan.table_alt", n=len(frame)), TABLE_HEIGHT)
    download.buttons(inventory, plan, text, known)
