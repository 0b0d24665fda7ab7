"""Decisions: who, when, why, the figures, whether they still hold; and taking them back."""

from collections.abc import Mapping
from typing import Any

import streamlit as st

from esdash.analysis.overlaps import overlaps
from esdash.analysis.records import history
from esdash.inventory import Inventory
from esdash.inventory.access import Action, Actor
from esdash.inventory.steering import deciding
from esdash.texts import Text
from esdash.ui.overlaps import decide
from esdash.ui.shell import page, printing, url
from esdash.ui.widgets import tables
from esdash.wording import overlaps as words
from esdash.wording.columns import headed
from esdash.wording.escaping import bold, plain
from esdash.wording.names import Names
from esdash.wording.values import values_of

AT_ONCE = 10

Decision = Mapping[str, Any]


def show(inventory: Inventory, text: Text, names: Names) -> None:
    """All decisions, the newest first."""
    found = overlaps.decisions(inventory)
    if not found:
        st.info(text("overlaps.nothing_decided"))
    shown = len(found) if printing.on() else st.session_state.setdefault("decided_shown", AT_ONCE)
    holding = {decision["verdict"] for decision in found[:shown] if decision["holds"]}
    listed = decide.listed(inventory) if "double_structure" in holding else None
    waiting = (
        decide.doubles(inventory) if "duplicate" in holding and page.may(inventory, Action.MERGE_RECORDS) else set()
    )
    for decision in found[:shown]:
        with st.container(border=True):
            _one(inventory, decision, text, names, listed, waiting)
    if len(found) > shown:
        st.button(text("decided.more", n=len(found) - shown), on_click=_more)
    _log(inventory, text)


def _log(inventory: Inventory, text: Text) -> None:
    """The log of all decisions, including those taken back."""
    frame = overlaps.history(inventory)
    if frame.empty:
        return
    frame["offers"] = [" · ".join(names) for names in frame["initiative_names"]]
    for side in ("before", "after"):
        frame[f"{side}_word"] = [
            text(f"overlaps.verdict_{v}") if isinstance(v, str) else "\N{EN DASH}" for v in frame[side]
        ]
    columns = headed(
        text,
        "",
        *(("changed_at", "overlaps.column_day"), ("actor", "overlaps.column_by"), ("offers", "overlaps.column_offers")),
        *(
            ("before_word", "overlaps.column_before"),
            ("after_word", "overlaps.column_after"),
            ("reason", "overlaps.why"),
        ),
    )
    with printing.unfolded(text("overlaps.log", n=len(frame))):
        tables.show(frame, columns, text, "overlaps_log", text("overlaps.log", n=len(frame)))


def _one(
    inventory: Inventory,
    decision: Decision,
    text: Text,
    names: Names,
    listed: list[dict[Any, Any]] | None,
    waiting: set[str],
) -> None:
    st.markdown(bold(" · ".join(decision["initiative_names"])))
    st.text(
        text(
            "overlaps.decision",
            verdict=text(f"overlaps.verdict_{decision['verdict']}"),
            day=decision["decided_on"],
            by=text.value(decision["decided_by"]),
            reason=text.value(decision["reason"]),
        )
    )
    figures = decision["figures"]
    if figures.get("supply") is not None and figures.get("need") is not None:
        supply, need = (text.number(figures[name], 0) for name in ("supply", "need"))
        st.caption(text("overlaps.figures_then", supply=supply, need=need))
    if decision["changes"]:
        lines = [text("overlaps.open_again"), *words.changes(decision, values_of(inventory, text, "initiative"))]
        st.warning(plain("\n".join(lines)).replace("\n", "  \n"))
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        for key, name in zip(decision["initiative_ids"], decision["initiative_names"], strict=False):
            url.link("initiatives", plain(name), id=key)
        if not printing.on():
            with st.popover(text("overlaps.history"), type="tertiary"):
                _history(inventory, str(decision["decision_id"]), text)
        if decision["holds"] and decision["verdict"] == "duplicate":
            decide.merging(text, decision["initiative_ids"], waiting)
        if decision["holds"] and decision["verdict"] == "double_structure" and listed:
            decide.priority(inventory, text, decision["initiative_ids"], listed, str(decision["decision_id"]))
        if page.may(inventory, Action.DECIDE_OVERLAP):
            _withdraw(inventory, decision, text)


def _history(inventory: Inventory, decision_id: str, text: Text) -> None:
    """One row per step of a decision in the change log, the newest first."""
    steps = history.of(inventory, "overlap_case", decision_id).drop_duplicates("change_id")
    for step in steps.itertuples():
        st.text(
            text(
                f"overlaps.step_{step.event}",
                day=step.changed_at,
                by=text.value(step.actor),
                reason=text.value(step.reason),
            )
        )


def _withdraw(inventory: Inventory, decision: Decision, text: Text) -> None:
    key = str(decision["decision_id"])
    with st.popover(text("overlaps.withdraw")), st.form(f"withdraw_{key}", border=False):
        st.text_input(text("overlaps.withdraw_why"), key=f"withdraw_why_{key}", max_chars=300)
        st.form_submit_button(
            text("overlaps.withdraw_now"), on_click=_take_back, args=(inventory, text, key, int(decision["version"]))
        )


def _take_back(inventory: Inventory, text: Text, key: str, version: int) -> None:
    reason = str(st.session_state.get(f"withdraw_why_{key}") or "").strip() or None

    def act(actor: Actor) -> None:
        deciding.withdraw(inventory, key, actor, reason, version)

    page.act(inventory, text, Action.DECIDE_OVERLAP, act, text("overlaps.withdrawn"))


def _more() -> None:
    st.session_state["decided_shown"] += AT_ONCE
