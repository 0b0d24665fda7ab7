"""The picture of a bundling plan: what is held, what is hollow, and where each arrow ends."""

from datetime import date

import pandas as pd

from esdash import charts
from esdash.charts.bundling import LIFT, ROLES
from esdash.texts import Text

TODAY = date(2026, 11, 22)
COLUMNS = ["topic", "role", "pair", "kept_on", "into", "starts_on", "course", "organization", "booked", "seats"]
FIRST, SECOND, THIRD = date(2026, 12, 5), date(2026, 12, 12), date(2027, 1, 9)


def figure(*rows: tuple) -> dict:
    frame = pd.DataFrame([(*row, "Kurs <b>", "Verein", 3, 10) for row in rows], columns=COLUMNS)
    return charts.bundling(frame, TODAY, Text("de")).to_plotly_json()


def test_hollow_sessions_point_to_those_that_take_their_people() -> None:
    drawn = figure(
        ("Asylrecht", "goes", "a|b", SECOND, "Ziel", FIRST),
        ("Asylrecht", "takes", None, None, None, SECOND),
        ("Trauma", "agreed", "c|d", SECOND, "Ziel", THIRD),
        ("Trauma", "held", None, None, None, FIRST),
    )
    traces = {trace["name"]: trace for trace in drawn["data"]}
    said = Text("de")
    assert set(traces) == {said(f"plan.role_{role}") for role in ROLES}
    goes = traces[said("plan.role_goes")]
    assert (goes["x"], goes["customdata"], goes["marker"]["color"]) == ([FIRST], [["a|b"]], "#FFFFFF")
    assert traces[said("plan.role_takes")]["y"] == [0]
    arrows = [note for note in drawn["layout"]["annotations"] if note["showarrow"]]
    assert [(arrow["ax"], arrow["x"]) for arrow in arrows] == [(FIRST, SECOND), (THIRD, SECOND)]
    assert [(arrow["ay"], arrow["y"]) for arrow in arrows] == [(-LIFT, 0), (1 - LIFT, 1)]
    assert drawn["layout"]["yaxis"]["ticktext"] == ["Asylrecht", "Trauma"]


def test_hover_says_where_it_goes_and_takes_names_literally() -> None:
    drawn = figure(("Asylrecht", "goes", "a|b", SECOND, "Ziel & Zweck", FIRST))
    assert drawn["data"][0]["text"] == [
        "<b>Kurs &lt;b&gt;</b><br>Verein<br>05.12.2026<br>3 von 10 Plätzen belegt<br>→ Ziel &amp; Zweck, 12.12.2026"
    ]


def test_colour_never_speaks_alone() -> None:
    looks = {(marker["symbol"], marker["size"], marker["color"]) for marker in ROLES.values()}
    assert len(looks) == len(ROLES)
    assert ROLES["held"]["size"] != ROLES["takes"]["size"]
    assert ROLES["goes"]["symbol"] != ROLES["agreed"]["symbol"]
