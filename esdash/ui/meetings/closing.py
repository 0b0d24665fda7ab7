"""Minutes, what is missing before closing, closing itself, and corrections afterwards."""

from datetime import timedelta

import streamlit as st

from esdash.analysis.meetings import missing, points
from esdash.errors import UserError
from esdash.inventory import Inventory
from esdash.inventory.access import Action, Actor
from esdash.inventory.steering import versions
from esdash.inventory.steering.meetings import closing, meetings, minutes
from esdash.inventory.steering.meetings.closing import Seen
from esdash.inventory.steering.meetings.meetings import Plan
from esdash.inventory.steering.versions import Draft
from esdash.texts import Text
from esdash.ui.meetings import minutes_files
from esdash.ui.meetings.choice import MEETINGS, Row
from esdash.ui.priorities import freezing
from esdash.ui.shell import author, messages, page
from esdash.wording import meetings as words
from esdash.wording import minutes as minutes_words
from esdash.wording.escaping import plain
from esdash.wording.names import Names

QUARTER = timedelta(weeks=13)  # a steering group meets four times a year: the day that is proposed for the next time
HEIGHT = 420  # pixels of the field with the minutes


def show(inventory: Inventory, text: Text, names: Names, meeting: Row, rows: list[Row]) -> None:
    """The minutes of a meeting that runs, with closing; those of a closed one with its corrections."""
    if meeting["meeting_state"] == "closed":
        _closed(inventory, text, meeting)
    elif meeting["meeting_state"] != meetings.RUNNING or meeting["cancelled"]:
        st.info(text("minutes.later"))
    elif not meeting["body_id"]:
        _old(text, meeting)
    else:
        left, right = st.columns([5, 3], gap="large")
        with left:
            _edit(inventory, text, meeting)
        with right:
            _close(inventory, text, meeting, rows)


# ---------------------------------------------------------------- while the meeting runs


def _edit(inventory: Inventory, text: Text, meeting: Row) -> None:
    """The text, drafted or edited, and what an edited one does not hold yet."""
    page.heading(text("minutes.heading"))
    st.caption(text("minutes.edited" if meeting["minutes_edited"] else "minutes.drafted"))
    now = minutes_words.current(inventory, meeting, text)
    if not page.may(inventory, Action.WRITE_MINUTES):
        st.text(now)
        return
    key = f"minutes_{meeting['meeting_id']}_{meeting['version']}_{hash(now)}"
    st.text_area(text("minutes.heading"), now, key=key, height=HEIGHT, label_visibility="collapsed")
    with st.container(horizontal=True, gap="small"):
        st.button(text("minutes.save"), key="minutes_save", on_click=_save, args=(inventory, text, meeting, key))
        more = minutes_words.missing_in(inventory, meeting, text)
        if more:
            label = text.count("minutes.append", len(more))
            st.button(label, key="minutes_append", on_click=_append, args=(inventory, text, meeting, more))
        if meeting["minutes_edited"]:
            st.button(text("minutes.again"), key="minutes_again", on_click=_again, args=(inventory, text, meeting))


def _save(inventory: Inventory, text: Text, meeting: Row, key: str) -> None:
    words = str(st.session_state.get(key) or "")

    def act(actor: Actor) -> None:
        minutes.write(inventory, actor, meeting["meeting_id"], words, meeting["version"])

    page.act(inventory, text, Action.WRITE_MINUTES, act, text("meetings.saved"))


def _append(inventory: Inventory, text: Text, meeting: Row, more: list[str]) -> None:
    def act(actor: Actor) -> None:
        minutes.append(inventory, actor, meeting["meeting_id"], "\n\n".join(more))

    page.act(inventory, text, Action.WRITE_MINUTES, act, text("meetings.saved"))


def _again(inventory: Inventory, text: Text, meeting: Row) -> None:
    def act(actor: Actor) -> None:
        minutes.draft_again(inventory, actor, meeting["meeting_id"], meeting["version"])

    page.act(inventory, text, Action.WRITE_MINUTES, act, text("minutes.drafted_again"))


def _close(inventory: Inventory, text: Text, meeting: Row, rows: list[Row]) -> None:
    """What is missing, what closing will do, and the button."""
    page.heading(text("closing.heading"))
    found = missing.before_closing(meeting, rows)
    for one in found:
        words = text.count(f"closing.missing_{one.kind}", len(one.points), points=", ".join(one.points))
        (st.error if one.stops else st.warning)(plain(words))
    if not found:
        st.success(text("closing.complete"))
    adopted = missing.adopted_list(rows)
    if adopted:
        st.markdown(plain(text("closing.freezes", number=adopted["decision_number"])))
    if not page.allowed(inventory, text, Action.CLOSE_MEETING):
        return
    coming = points.coming(inventory, meeting["body_id"])
    follows = None
    if coming:
        st.markdown(plain(text("closing.next", meeting=words_of(coming, text))))
    else:
        day = st.date_input(
            text("closing.next_day"), meeting["held_on"] + QUARTER, format=text("form.date_input"), key="closing_next"
        )
        follows = _follows(meeting, day, text) if day else None
    seen = versions.last_change_of(inventory)
    st.button(
        text("closing.close"),
        type="primary",
        key="closing_close",
        disabled=any(one.stops for one in found),
        on_click=_close_now,
        args=(inventory, text, meeting, seen, follows, adopted),
    )


def words_of(meeting: Row, text: Text) -> str:
    """A coming meeting in one line."""
    return f"{text.date(meeting['held_on'])}, {meeting['name']}"


def _follows(meeting: Row, day: object, text: Text) -> Plan:
    name = text("closing.next_name", day=day)
    roles = {name: meeting[name] for name in ("begins", "ends", "location_id", "chair_role", "minutes_role")}
    return Plan(name, day, **roles)  # type: ignore[arg-type]  # the widget returns one day


@author.first
def _close_now(
    inventory: Inventory, text: Text, meeting: Row, seen: int, follows: Plan | None, adopted: Row | None
) -> None:
    """Close with the minutes that stand there, and freeze the adopted list in the same transaction."""

    def act(actor: Actor) -> None:
        now = points.meeting(inventory, meeting["meeting_id"]) or meeting
        words = minutes_words.current(inventory, now, text)
        frozen: Draft | None = None
        if adopted and now["meeting_state"] != "closed":
            frozen = freezing.draft(inventory, text, meeting["meeting_id"], adopted["decision_id"])
            if frozen.last_change != seen:
                raise UserError("meeting_changed_meanwhile")
        closing.close(inventory, actor, meeting["meeting_id"], Seen(words, seen, frozen, follows))

    if page.act(inventory, text, Action.CLOSE_MEETING, act):
        MEETINGS.meeting = meeting["meeting_id"]  # otherwise the next one would be shown
        messages.tell("done", text("closing.closed", number=meeting["number"]))


# ---------------------------------------------------------------- afterwards


def _closed(inventory: Inventory, text: Text, meeting: Row) -> None:
    page.heading(text("minutes.heading"))
    approved = points.approved_in(inventory, meeting)
    stand = text("minutes.approved", meeting=words.named(approved, text)) if approved else text("minutes.not_approved")
    st.caption(plain(f"{text('minutes.closed', day=meeting['held_on'])} {stand}"))
    minutes_files.buttons(inventory, text, meeting)
    st.text(meeting["minutes"] or text("word.unknown"))
    for paragraph in minutes_words.corrections(minutes.corrections(meeting), text):
        st.text(paragraph)
    if meeting["minutes_sha256"]:
        st.caption(text("minutes.checksum", sha256=meeting["minutes_sha256"]))
    if page.may(inventory, Action.CLOSE_MEETING):
        _correct(inventory, text, meeting)


def _correct(inventory: Inventory, text: Text, meeting: Row) -> None:
    with st.popover(text("minutes.correct")), st.form("minutes_correct", border=False, clear_on_submit=True):
        st.caption(text("minutes.correct_what"))
        for name in ("old", "new"):
            st.text_area(text(f"minutes.{name}"), key=f"correct_{name}", max_chars=2000, height=90)
        st.text_input(text("minutes.why"), key="correct_why", max_chars=300)
        st.form_submit_button(
            text("minutes.correct_now"), type="primary", on_click=_correct_now, args=(inventory, text, meeting)
        )


def _correct_now(inventory: Inventory, text: Text, meeting: Row) -> None:
    old, new, why = (str(st.session_state.get(f"correct_{name}") or "") for name in ("old", "new", "why"))

    def act(actor: Actor) -> None:
        minutes.correct(inventory, actor, meeting["meeting_id"], old, new, why)

    page.act(inventory, text, Action.CLOSE_MEETING, act, text("minutes.corrected"))


def _old(text: Text, meeting: Row) -> None:
    """A meeting of an older file, without a group: only its minutes."""
    st.text(meeting["minutes"] or text("word.unknown"))
