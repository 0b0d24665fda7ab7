"""The presentation for the room: one thing per screen, large, moved by the arrow keys, without bars around it.

Sizes come from the theme: the fifth and sixth level of headings are set for reading from six metres (config.toml).
"""

from collections.abc import Callable
from typing import Any, NamedTuple

import streamlit as st

from esdash.analysis.meetings import agenda as resting
from esdash.inventory import Inventory
from esdash.inventory.access import Action
from esdash.inventory.steering.meetings import meetings
from esdash.texts import Text
from esdash.ui.meetings import agenda, decide, since
from esdash.ui.meetings.choice import MEETINGS, Row
from esdash.ui.shell import author, messages, page, session, url
from esdash.wording import agenda as agenda_words
from esdash.wording import meetings as words
from esdash.wording import points
from esdash.wording import since as since_words
from esdash.wording.escaping import plain
from esdash.wording.names import Names

HEIGHT = 590  # pixels of a screen without its last line, which stays where it is: 720 are usual on a projector
MOST_WORDS = 12  # of a heading; more are not read from the back of a room
MOST_LINES = 6  # of a list on one screen
LONGEST_LINE = 120  # signs of a line; two lines of the screen


class Screen(NamedTuple):
    """One screen: what stands above it, its heading, and what it shows."""

    above: str
    heading: str
    show: Callable[[], None]


def show(inventory: Inventory, text: Text, names: Names, meeting: Row, rows: list[Row]) -> None:
    """The screen whose number the address names, and the buttons to the next and the one before."""
    screens = _screens(inventory, text, names, meeting, rows)
    number = min(MEETINGS.present or 1, len(screens))
    screen = screens[number - 1]
    with st.container(height=HEIGHT, border=False, gap="xsmall"):
        with st.container(horizontal=True, vertical_alignment="center"):
            with st.container(width="stretch"):
                st.title(f":gray[{plain(screen.above)}]", anchor=False)
            if meeting["number"]:
                st.markdown(f"###### :gray[{plain(meeting['number'])}]", anchors=False, width="content")
        st.markdown(f"##### {plain(shortened(screen.heading))}", anchors=False)
        for message in messages.taken():
            if message.kind != "done":  # what was decided stands on the screen
                large(f"{message.words} {message.hint}".strip())
        screen.show()
    _steps(inventory, text, meeting, number, len(screens))


def large(line: str) -> None:
    """A line that can be read from the back of the room."""
    words = line if len(line) <= LONGEST_LINE else f"{line[: LONGEST_LINE - 1].rstrip()}…"
    st.markdown(f"###### {plain(words)}", anchors=False)


def shortened(heading: str) -> str:
    """At most so many words as are read at a glance."""
    found = heading.split()
    return heading if len(found) <= MOST_WORDS else " ".join([*found[:MOST_WORDS], "…"])


# ---------------------------------------------------------------- the screens


def _screens(inventory: Inventory, text: Text, names: Names, meeting: Row, rows: list[Row]) -> list[Screen]:
    """First the meeting and what changed, then each point, at the end what was decided."""
    on = [row for row in rows if row["state"] != "withdrawn" and row["block_id"] is None]
    taken_out = [row for row in rows if row["block_id"] is not None and row["state"] == "withdrawn"]
    found = [_first(inventory, text, names, meeting, on)]
    day = since.before(inventory, meeting)
    if day is not None:
        found.append(_since(inventory, text, day))
    for place, row in enumerate(on, start=1):
        inside = [one for one in rows if one["block_id"] == row["agenda_item_id"] and one not in taken_out]
        found.append(_point(inventory, text, names, meeting, row, inside, place, len(on)))
    return [*found, _last(inventory, text, meeting, rows)]


def _first(inventory: Inventory, text: Text, names: Names, meeting: Row, on: list[Row]) -> Screen:
    def content() -> None:
        for row in on[:MOST_LINES]:
            minutes = text("present.minutes", n=row["planned_minutes"]) if row["planned_minutes"] else ""
            large(f"{row['number']}  {row['name']}{minutes}")
        if len(on) > MOST_LINES:
            large(text("present.more", n=len(on) - MOST_LINES))
        if meeting["present_organization_ids"] is not None:
            large(words.quorum(meeting, text))

    return Screen(words.when(meeting, text), meeting["name"], content)


def _since(inventory: Inventory, text: Text, day: Any) -> Screen:
    def content() -> None:
        gaps, _, _ = since_words.gaps(inventory, text, day).partition(". ")
        large(f"{gaps}.")
        for line in since_words.changes(inventory, text, day)[: MOST_LINES - 1] or [text("since.list_same")]:
            large(line if len(line) <= LONGEST_LINE else f"{line.partition(':')[0]}.")

    return Screen(text("since.title", day=day), text("present.since"), content)


def _point(
    inventory: Inventory, text: Text, names: Names, meeting: Row, row: Row, inside: list[Row], place: int, many: int
) -> Screen:
    above = [text("present.point", n=place, of=many)]
    if row["times_carried"]:
        above.append(agenda_words.times(int(row["times_carried"]), text))
    if row["planned_minutes"]:
        above.append(text("present.planned", n=row["planned_minutes"]))

    def content() -> None:
        shown = points.face(inventory, row, text)
        _figures(shown)
        for one in inside[:MOST_LINES]:
            large(f"{one['number']}  {one['name']}" + (f" ({agenda.outcome(one, text)})" if one["decision_id"] else ""))
        for line in shown.lines if row["decision_id"] is None else ():
            large(line)
        if row["decision_id"]:
            made = text("decide.decision", number=row["decision_number"], result=words.outcome(row, text))
            for line in filter(None, (f"{made}, {words.votes(row, text)}", words.task(row, names, text))):
                large(line)
        if meeting["meeting_state"] == meetings.RUNNING and page.may(inventory, Action.DECIDE_POINT):
            _buttons(inventory, text, names, meeting, row, shown)

    return Screen(" · ".join(above), row["name"], content)


def _figures(shown: points.Face) -> None:
    if not shown.figures:
        return
    for column, figure in zip(st.columns(len(shown.figures), gap="medium"), shown.figures, strict=True):
        with column.container(gap=None):
            st.markdown(f"##### {plain(figure.value)}", anchors=False)
            large(figure.words)


def _last(inventory: Inventory, text: Text, meeting: Row, rows: list[Row]) -> Screen:
    def content() -> None:
        made = [row for row in rows if row["decision_id"]]
        for row in made[: MOST_LINES - 1]:
            large(f"{row['decision_number']}  {row['name']}: {words.outcome(row, text)}")
        if len(made) >= MOST_LINES:
            large(text("present.more", n=len(made) - MOST_LINES + 1))
        open_still = [row for row in rows if row["state"] in ("pending", "discussed") and row["kind"] != "block"]
        large(text.count("present.open", len(open_still)) if open_still else text("present.all_decided"))
        rests = resting.resting(inventory, meeting["meeting_id"])
        if rests:
            large(agenda_words.rests(rests, agenda_words.item_titles(inventory, text), text))

    return Screen(words.when(meeting, text), text("present.last"), content)


# ---------------------------------------------------------------- buttons


def _buttons(inventory: Inventory, text: Text, names: Names, meeting: Row, row: Row, shown: points.Face) -> None:
    """Adopting at once, without objection; everything else opens the form."""
    with st.container(horizontal=True, gap="small"):
        if row["kind"] == "block":
            if row["state"] == "pending":
                st.button(
                    text("present.adopt_block"),
                    type="primary",
                    key="present_block",
                    on_click=decide.decide_block,
                    args=(inventory, text, row["agenda_item_id"]),
                )
            return
        if row["decision_id"] is None:
            st.button(
                text("present.note" if decide.usual(row) == "noted" else "present.adopt"),
                type="primary",
                key="present_adopt",
                on_click=decide.at_once,
                args=(inventory, text, row, shown),
            )
        choices = ("adopted_changed", "deferred", "rejected") if row["decision_id"] is None else ("replace",)
        for name in choices:
            if st.button(text(f"present.{name}"), key=f"present_{name}"):
                _dialog(inventory, text, names, meeting, row, shown, name if name != "replace" else "")


def _dialog(
    inventory: Inventory, text: Text, names: Names, meeting: Row, row: Row, shown: points.Face, preset: str
) -> None:
    def content() -> None:
        if st.session_state.pop("decided_now", False):
            st.rerun()
        messages.show()
        author.ask(text, "present")
        decide.form(inventory, text, names, meeting, row, shown, preset)

    st.dialog(row["name"], width="large")(content)()


def _steps(inventory: Inventory, text: Text, meeting: Row, number: int, many: int) -> None:
    """Back and on, by button and arrow key; out of the presentation; how far it is, and where the data come from."""
    left, right = st.columns([2, 3], vertical_alignment="center")
    with left.container(horizontal=True, gap="small", vertical_alignment="center"):
        st.button(
            text("present.back"),
            key="present_back",
            shortcut="Left",
            disabled=number == 1,
            on_click=_go,
            args=(number - 1,),
        )
        st.button(
            text("present.on"),
            key="present_on",
            shortcut="Right",
            disabled=number == many,
            on_click=_go,
            args=(number + 1,),
        )
        url.link("meetings", text("present.leave"), meeting=meeting["meeting_id"])
    example = text("present.example") if session.is_example(inventory) else ""
    foot = [example, text("present.data", day=inventory.today()), f"{number}/{many}"]
    right.markdown(f"###### :gray[{plain(' · '.join(filter(None, foot)))}]", anchors=False, text_alignment="right")


def _go(number: int) -> None:
    MEETINGS.present = number
