"""Deciding item by item: the point with its figures, the form of the decision, and what was decided."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import streamlit as st

from esdash.inventory import Inventory
from esdash.inventory.access import Action, Actor
from esdash.inventory.steering.meetings import decisions, majority, meetings
from esdash.inventory.steering.meetings.majority import ADOPTING, NOT_COUNTED, VOICES, Votes
from esdash.inventory.steering.meetings.said import LONGEST_TEXT, RESULTS, Said
from esdash.texts import Text
from esdash.ui.meetings import agenda, promise
from esdash.ui.meetings.choice import MEETINGS, Row
from esdash.ui.shell import author, page, printing, url
from esdash.wording import agenda as agenda_words
from esdash.wording import meetings as words
from esdash.wording import points
from esdash.wording.escaping import bold, plain
from esdash.wording.names import Names
from esdash.wording.points import Face

REPORTS = ("opening", "measure", "commitment", "answer")


def show(inventory: Inventory, text: Text, names: Names, meeting: Row, rows: list[Row]) -> None:
    """The points one by one, with the form of the decision while the meeting runs."""
    st.session_state.pop("decided_now", None)
    if meeting["meeting_state"] not in meetings.COMING:
        st.markdown(plain(words.quorum(meeting, text)))
    on = [row for row in rows if row["state"] != "withdrawn"]
    if not on:
        st.info(text("agenda.empty"))
        return
    keys = [row["agenda_item_id"] for row in on]
    by_key = dict(zip(keys, on, strict=True))
    first = next((row["agenda_item_id"] for row in on if row["state"] in ("pending", "discussed")), keys[0])
    row = by_key[MEETINGS.point if MEETINGS.point in by_key else first]
    _point(text, by_key, row)
    shown = points.face(inventory, row, text)
    left, right = st.columns([5, 4], gap="large")
    with left:
        about(row, shown, text, inventory.today())
    with right:
        if row["kind"] == "commitment":
            promise.show(inventory, text, row)
        decided(row, names, text)
        if meeting["meeting_state"] == meetings.RUNNING and row["state"] == "decided":
            _go_on(text, on, keys.index(row["agenda_item_id"]))
        if meeting["meeting_state"] == meetings.RUNNING and page.allowed(inventory, text, Action.DECIDE_POINT):
            if row["kind"] == "block":
                block(inventory, text, row, [one for one in rows if one["block_id"] == row["agenda_item_id"]])
            else:
                form(inventory, text, names, meeting, row, shown)
        elif meeting["meeting_state"] in meetings.COMING:
            st.caption(text("decide.not_yet"))


def _point(text: Text, by_key: dict[str, Row], row: Row) -> None:
    """The choice of the point; on paper the chosen one."""

    def named(key: str) -> str:
        return f"{by_key[key]['number']} {by_key[key]['name']} · {agenda.outcome(by_key[key], text)}"

    if printing.on():
        st.markdown(bold(named(row["agenda_item_id"])))
        return
    keys, key = list(by_key), f"decide_point_{row['agenda_item_id']}_{row['state']}"  # the browser keeps its words
    at = keys.index(row["agenda_item_id"])
    st.selectbox(text("decide.point"), keys, at, named, key=key, on_change=_take, args=(key,))


def about(row: Row, shown: Face, text: Text, today: date) -> None:
    """What the group has to know about the point."""
    st.markdown(bold(f"{row['number'] or ''} {row['name']}".strip()))
    st.caption(plain(agenda_words.why(row, text)))
    if shown.figures:
        for column, figure in zip(st.columns(len(shown.figures)), shown.figures, strict=True):
            with column.container(gap=None):
                st.markdown(f"### {plain(figure.value)}", anchors=False)
                st.caption(plain(figure.words))
    for line in shown.lines:
        st.markdown(plain(line))
    if row["view_url"]:
        agenda.view(row, text, today)
    if shown.link:
        url.link(shown.link[0], text("decide.evidence"), **shown.link[1])


def decided(row: Row, names: Names, text: Text) -> None:
    """The decision about the point that counts now."""
    if not row["decision_id"]:
        return
    with st.container(border=True, gap="xsmall"):
        head = text("decide.decision", number=row["decision_number"], result=words.outcome(row, text))
        st.markdown(bold(head))
        st.text(row["resolution_text"])
        said = [words.votes(row, text), words.seats(row, names, text), words.task(row, names, text)]
        st.caption(plain(" · ".join(part for part in said if part)))
        if row["reason"]:
            st.caption(plain(text("decide.because", reason=row["reason"])))


def form(inventory: Inventory, text: Text, names: Names, meeting: Row, row: Row, shown: Face, preset: str = "") -> None:
    """The form of a decision, filled with what is proposed or was decided."""
    key = f"{row['agenda_item_id']}_{row['decision_id'] or ''}"
    chosen = row["result"] or preset or usual(row)
    result = st.selectbox(
        text("decide.result"),
        RESULTS,
        RESULTS.index(chosen),
        lambda name: text(f"meetings.result_{name}"),
        key=f"result_{key}",
    )
    wording = row["resolution_text"] or shown.proposal or row["name"]
    st.text_area(text("decide.wording"), wording, max_chars=LONGEST_TEXT, key=f"wording_{key}", height=110)
    recorded = st.segmented_control(
        text("decide.recorded"),
        majority.RECORDED,
        default=row["recorded"] or "consensus",
        key=f"recorded_{key}",
        format_func=lambda name: text(f"decide.recorded_{name}"),
        required=True,
    )
    if recorded == "counts":
        for column, name in zip(st.columns(4), VOICES, strict=True):
            column.number_input(text(f"meetings.voice_{name}"), 0, None, row[name], 1, key=f"{name}_{key}")
    elif recorded == "by_seat":
        _seats(text, names, meeting, row, key)
    rule = row["majority"] or meeting["body_majority"] or "simple"
    if recorded != "consensus":
        st.radio(
            text("decide.rule"),
            ("simple", "two_thirds"),
            ("simple", "two_thirds").index(rule),
            format_func=lambda name: text(f"meetings.rule_{name}"),
            key=f"rule_{key}",
            horizontal=True,
        )
    _further(text, names, row, shown, str(result), key)
    st.button(
        text("decide.replace" if row["decision_id"] else "decide.now"),
        type="primary",
        key=f"decide_{key}",
        on_click=_decide,
        args=(inventory, text, dict(row), key),
    )


def block(inventory: Inventory, text: Text, row: Row, inside: list[Row]) -> None:
    """The button that decides all open points of a block as proposed."""
    open_still = [one for one in inside if one["state"] == "pending"]
    for one in inside:
        st.markdown(plain(f"{one['number'] or '–'} {one['name']}: {agenda.outcome(one, text)}"))
    if open_still:
        st.button(
            text.count("decide.block", len(open_still)),
            type="primary",
            key=f"block_{row['agenda_item_id']}",
            on_click=decide_block,
            args=(inventory, text, row["agenda_item_id"]),
        )


def decide_block(inventory: Inventory, text: Text, block_id: str) -> None:
    """Decide all open points of a block without objection, as proposed."""
    said = Said("adopted", text("decide.as_proposed"))

    def act(actor: Actor) -> None:
        decisions.decide_block(inventory, actor, block_id, said)

    page.act(inventory, text, Action.DECIDE_POINT, act, text("decide.block_done"))


def at_once(inventory: Inventory, text: Text, row: Row, shown: Face) -> None:
    """Decide a point without objection as it is proposed, with lead and date where both are; reports are noted."""
    both = {"lead_organization_id": shown.lead_organization_id, "due_on": shown.due_on}
    task = both if all(both.values()) else {}
    said = Said(usual(row), shown.proposal or row["name"], as_of=inventory.today(), **task)

    def act(actor: Actor) -> None:
        decisions.decide(inventory, actor, row["agenda_item_id"], said, row["decision_id"])

    page.act(inventory, text, Action.DECIDE_POINT, act, text("decide.done"))


def usual(row: Row) -> str:
    """The result that a point of this kind usually has: a report is taken note of."""
    return "noted" if row["kind"] in REPORTS else "adopted"


# ---------------------------------------------------------------- inside


def _go_on(text: Text, on: list[Row], place: int) -> None:
    """The way to the next point that is still open, so that nobody decides again over the one just decided."""
    still = [row for row in [*on[place + 1 :], *on[:place]] if row["state"] in ("pending", "discussed")]
    if still:
        label = text("decide.go_on", number=still[0]["number"])
        st.button(label, key="decide_go_on", on_click=_go_to, args=(still[0]["agenda_item_id"],))


def _go_to(key: str) -> None:
    MEETINGS.point = key


def _take(key: str) -> None:
    MEETINGS.point = st.session_state[key]


def _seats(text: Text, names: Names, meeting: Row, row: Row, key: str) -> None:
    """One choice per seat that is present."""
    seats = meeting["present_organization_ids"] or meeting["seat_organization_ids"] or []
    for seat in names.by_name("organization", seats):
        st.segmented_control(
            names.of("organization", seat),
            VOICES,
            default=row["seats"].get(seat),
            key=f"seat_{seat}_{key}",
            format_func=lambda name: text(f"meetings.voice_{name}"),
        )


def _further(text: Text, names: Names, row: Row, shown: Face, result: str, key: str) -> None:
    """What belongs to a result: lead and date, a later day, another office."""
    if result in ADOPTING:
        left, right = st.columns(2)
        known = names.by_name("organization", names.ids("organization"))
        lead = row["lead_organization_id"] or shown.lead_organization_id
        left.selectbox(
            text("decide.lead"),
            known,
            known.index(lead) if lead in known else None,
            lambda organization: names.of("organization", organization),
            key=f"lead_{key}",
            placeholder=text("points.open"),
        )
        right.date_input(
            text("decide.due"), row["due_on"] or shown.due_on, format=text("form.date_input"), key=f"due_{key}"
        )
    elif result == "deferred":
        st.date_input(text("decide.until"), row["deferred_until"], format=text("form.date_input"), key=f"until_{key}")
    elif result == "referred":
        st.text_input(text("decide.to"), row["referred_to"] or "", 120, key=f"to_{key}")
    st.text_input(text("decide.reason"), row["reason"] or "", 300, key=f"reason_{key}")


@author.first
def _decide(inventory: Inventory, text: Text, row: Row, key: str) -> None:
    said = _said(st.session_state, inventory, row, key)

    def act(actor: Actor) -> None:
        decisions.decide(inventory, actor, row["agenda_item_id"], said, row["decision_id"])

    if page.act(inventory, text, Action.DECIDE_POINT, act, text("decide.done")):
        MEETINGS.point = row["agenda_item_id"]
        st.session_state["decided_now"] = True


def _said(given: Any, inventory: Inventory, row: Row, key: str) -> Said:
    """The decision as it stands in the form."""
    result, recorded = str(given[f"result_{key}"]), str(given[f"recorded_{key}"])
    votes = Votes(*(given.get(f"{name}_{key}") for name in VOICES)) if recorded == "counts" else NOT_COUNTED
    ends = f"_{key}"
    seats: Mapping[str, str] = {
        name.removeprefix("seat_").removesuffix(ends): given[name]
        for name in list(given)
        if isinstance(name, str) and name.startswith("seat_") and name.endswith(ends) and given[name]
    }
    adopting = result in ADOPTING
    return Said(
        result,
        str(given[f"wording_{key}"] or ""),
        recorded,
        votes,
        seats if recorded == "by_seat" else {},
        given.get(f"rule_{key}"),
        given.get(f"reason_{key}") or None,
        given.get(f"until_{key}"),
        given.get(f"to_{key}"),
        given.get(f"lead_{key}") if adopting else None,
        given.get(f"due_{key}") if adopting else None,
        view_url=row["view_url"],
        as_of=inventory.today(),
    )
