"""The picture of free seats: squares, their numbers, the line of each module."""

from __future__ import annotations

from datetime import date

import pandas as pd

from esdash import charts
from esdash.charts.sessions import seats_state
from esdash.texts import Text

TEXT = Text("de")
TODAY = date(2026, 11, 22)  # a Sunday
NONE = None


def coming(*rows: tuple[str, str, float | None, float | None, float | None]) -> pd.DataFrame:
    """Sessions of a line: line, day, seats, booked, waiting."""
    frame = pd.DataFrame(rows, columns=["line", "starts_on", "seats", "booked", "waiting"])
    frame["starts_on"] = pd.to_datetime(frame["starts_on"])
    return frame.assign(course="<b>Kurs</b>", organization="Verein", free=(frame["seats"] - frame["booked"]).clip(0))


LINES = pd.DataFrame(
    {
        "line": ["m1", "m2"],
        "line_words": ["Datenschutz", "Trauma"],
        "next_free": ["Mo 30.11. · 21 frei", "voll, 4 warten"],
        "seat": [True, False],
    }
)


def test_a_square_holds_the_free_seats_of_its_week() -> None:
    """Both dates of m1 lie in the week of 30 November, the second one after that of today; m2 is full, 4 wait."""
    frame = coming(("m1", "2026-11-30", 30, 9, 0), ("m1", "2026-12-03", 10, 10, 2), ("m2", "2026-11-24", 16, 16, 4))
    (drawn,) = charts.sessions(frame, LINES, TODAY, TEXT).data
    assert list(zip(drawn.y, drawn.x, drawn.text, strict=True)) == [(0, 2, "<b>21</b>"), (1, 1, "<b>4</b>")]
    assert drawn.marker.color[0] != drawn.marker.color[1]
    assert "&lt;b&gt;Kurs" in drawn.hovertext[0]


def test_what_is_full_or_unknown_says_so_without_a_number() -> None:
    frame = coming(("m1", "2026-11-30", 8, 8, 0), ("m2", "2026-11-30", None, None, None))
    (drawn,) = charts.sessions(frame, LINES, TODAY, TEXT).data
    assert list(drawn.text) == ["<b>0</b>", "<b>?</b>"]


def test_each_line_names_its_next_free_seat_and_the_key_stands_above() -> None:
    figure = charts.sessions(coming(("m1", "2026-11-30", 30, 9, 0)), LINES, TODAY, TEXT)
    said = [note.text for note in figure.layout.annotations]
    assert all(word in said[0] for word in ("freie Plätze", "so viele warten", "ausgebucht", "Plätze unbekannt"))
    assert said[1:] == ["Datenschutz", "<b>Mo 30.11. · 21 frei</b>", "Trauma", "<b>voll, 4 warten</b>"]


def test_the_state_of_seats() -> None:
    assert [seats_state(*one) for one in ((8, 8, 3), (8, 8, 0), (8, 5, NONE), (NONE, 5, 0))] == [
        *("waiting", "full", "free", "unknown"),
    ]
