"""The proposals of a plan: a table to choose from, the details of one, and actions on it."""

from typing import Any

import pandas as pd
import streamlit as st

from esdash.analysis.bundling import result
from esdash.analysis.bundling.bundling import Plan
from esdash.analysis.bundling.solver import Pair
from esdash.inventory import Inventory
from esdash.inventory.access import Action, Actor
from esdash.inventory.steering import bundling
from esdash.texts import Text
from esdash.ui.priorities import item_form, taken
from esdash.ui.shell import author, page, url
from esdash.ui.trainings import choice, decided
from esdash.ui.trainings.choice import TRAININGS
from esdash.ui.widgets import tables
from esdash.wording import training_plan as wording
from esdash.wording import trainings as words
from esdash.wording.escaping import bold, plain
from esdash.wording.names import Names

LONGEST_REASON = 300
_NO_REASON = "accept without a reason"
TABLE_HEIGHT = 560  # height of the table [pixels], about that of the proposal beside it


def show(inventory: Inventory, plan: Plan, frame: pd.DataFrame, kinds: wording.Kinds, text: Text, names: Names) -> None:
    """The table, and beside it the chosen proposal."""
    left, right = st.columns([2, 1], gap="medium")
    with left:
        if frame.empty:
            st.info(text("plan.merges_none") if kinds is wording.SHORT else text("plan.access_none"))
        else:
            alt = text("plan.table_alt", n=len(frame))
            picked = tables.show(frame, wording.columns(kinds, text), text, "merges", alt, TABLE_HEIGHT, choose=True)
            if picked and picked != st.session_state.get("merge_picked"):
                choice.look_at(picked)
            st.session_state["merge_picked"] = picked
    with right:
        wanted = TRAININGS.merge
        pair = choice.pairs([wanted])[0] if wanted else None
        if pair is None:
            st.caption(text("plan.choose_hint"))
        elif pair not in plan.problem.moves:
            st.info(text("plan.no_merge"))
        else:
            _details(inventory, plan, pair, text, names)


def assumptions(inventory: Inventory, text: Text) -> None:
    """The pinned and forbidden merges of this visitor, each with a button to undo that."""
    asked = [("pin", word) for word in TRAININGS.pinned] + [("ban", word) for word in TRAININGS.banned]
    if not asked:
        return
    with st.expander(text.count("plan.assumptions", len(asked)), expanded=len(asked) == 1):
        for name, word in asked:
            first, second = (words.session_name(inventory, key, text) for key in word.split("|"))
            with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
                st.text(text(f"plan.assumed_{name}", first=first, second=second), width="stretch")
                st.button(text("plan.release"), key=f"release_{name}_{word}", on_click=choice.release, args=(word,))


# ---------------------------------------------------------------- one proposal


def _details(inventory: Inventory, plan: Plan, pair: Pair, text: Text, names: Names) -> None:
    row = result.merge(plan, pair)
    with st.container(border=True, gap="small"):
        first = words.day_and_course(row["starts_on"], row["course"], text)
        second = words.day_and_course(row["kept_starts_on"], row["kept_course"], text)
        st.markdown(text("plan.merge_title", first=bold(first), second=bold(second)))
        if pair[0] not in plan.into or plan.into[pair[0]] != pair[1]:
            st.caption(text("plan.not_in_plan"))
        with st.container(gap="xsmall"):
            for line in _lines(inventory, plan, row, text):
                st.text(line)
        for line in words.losses(pd.Series(row), names):
            st.warning(plain(text("plan.loses", n=row["people"], why=line)))
        _actions(inventory, plan, pair, row, text)
        finding = f"bundling|{'|'.join(pair)}"
        if taken.link(inventory, text, finding) is None:
            item_form.take_button(inventory, text, finding)
        with st.container(horizontal=True, gap="medium"):
            url.link("entry", text("plan.open_session"), table="session", id=pair[0])
            url.link("entry", text("plan.open_kept"), table="session", id=pair[1])


def _lines(inventory: Inventory, plan: Plan, row: dict[str, Any], text: Text) -> list[str]:
    """The merge in sentences: people, distance, provider, seats taken, savings."""
    kept = plan.problem.sessions[row["kept_id"]]
    teaches = row["teaches"] if not row["contact_role"] else f"{row['teaches']} ({row['contact_role']})"
    way = (
        text("plan.way_online")
        if row["minutes"] is None and not row["km"]
        else text("plan.way", km=text.number(row["km"], 1), minutes=text.value(row["minutes"]))
    )
    arriving = sum(plan.problem.sessions[s]["booked"] for s, k in plan.into.items() if k == row["kept_id"])
    taken = kept["booked"] + arriving + plan.problem.taken(row["kept_id"])
    lines = [
        text.count("plan.move", row["people"], days=_days(row, text), way=way),
        text("plan.teaching", teaches=teaches),
        text("plan.filled", taken=taken, seats=kept["seats"]),
        text(
            "plan.saving_hours_unknown" if row["hours"] is None else "plan.saving",
            seats=row["seats"],
            hours=text.value(row["hours"]),
            euros=words.euros(row["euros"], text),
            burden=words.euros(row["burden"], text),
        ),
    ]
    if not row["euros_known"]:
        lines.append(text("plan.usual_cost"))
    if row["waiting"]:
        lines.append(text.count("plan.still_waiting", row["waiting"]))
    ahead = (row["starts_on"] - inventory.today()).days
    return [*lines, text.count("plan.ahead", ahead)]


def _days(row: dict[str, Any], text: Text) -> str:
    """How many days earlier or later the other session is."""
    days = (row["kept_starts_on"] - row["starts_on"]).days
    if not days:
        return text("plan.same_day")
    return text.count("plan.later" if days > 0 else "plan.earlier", abs(days))


def _actions(inventory: Inventory, plan: Plan, pair: Pair, row: dict[str, Any], text: Text) -> None:
    """The buttons to pin, forbid and accept the merge, or to undo these."""
    word = "|".join(pair)
    if pair in plan.problem.accepted:
        decision = next(entry for entry in plan.problem.decided if entry.pair == pair)
        st.success(plain(decided.signed(decision, text)))
        if page.may(inventory, Action.ACCEPT_BUNDLING):
            decided.withdraw_button(inventory, decision, text, "details")
        return
    accepting = page.allowed(inventory, text, Action.ACCEPT_BUNDLING)
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        if word in [*TRAININGS.pinned, *TRAININGS.banned]:
            st.button(text("plan.release"), key="release_merge", on_click=choice.release, args=(word,))
        if word not in TRAININGS.pinned:
            st.button(text("plan.pin"), key="pin_merge", help=text("plan.pin_help"), on_click=choice.pin, args=(word,))
        if word not in TRAININGS.banned:
            st.button(text("plan.ban"), key="ban_merge", help=text("plan.ban_help"), on_click=choice.ban, args=(word,))
        if accepting and plan.into.get(pair[0]) == pair[1]:
            _accepting(inventory, plan, pair, row, text)


def _accepting(inventory: Inventory, plan: Plan, pair: Pair, row: dict[str, Any], text: Text) -> None:
    with st.popover(text("plan.accept"), type="primary"):
        st.caption(text("plan.accept_note"))
        st.text_input(
            text("plan.reason"),
            key="accept_reason",
            max_chars=LONGEST_REASON,
            placeholder=text("plan.reason_example"),
        )
        if st.session_state.pop(_NO_REASON, False):
            st.warning(text("plan.reason_missing"))
        seen = {key: int(plan.problem.sessions[key]["version"]) for key in pair}
        st.button(
            text("plan.accept_now"),
            key="accept_now",
            type="primary",
            on_click=_accept,
            args=(inventory, pair, tuple(row["losses"]), seen, text),
        )


def _accept(inventory: Inventory, pair: Pair, losses: tuple[str, ...], seen: dict[str, int], text: Text) -> None:
    reason = str(st.session_state.get("accept_reason") or "").strip()
    if not reason:
        st.session_state[_NO_REASON] = True  # said beside the field, which a message elsewhere would scroll away
    else:
        _accept_for(inventory, pair, losses, seen, reason, text)


@author.first
def _accept_for(
    inventory: Inventory, pair: Pair, losses: tuple[str, ...], seen: dict[str, int], reason: str, text: Text
) -> None:
    def act(actor: Actor) -> None:
        bundling.accept(inventory, *pair, actor, reason, losses, seen)

    if page.act(inventory, text, Action.ACCEPT_BUNDLING, act, text("plan.accepted_now")):
        choice.release("|".join(pair))
        st.session_state["accept_reason"] = ""
