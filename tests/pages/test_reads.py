"""The figures on the pages against plain SQL on the tables of the file, and against each other."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from tests.conftest import NOW
from tests.pages.said import plain, table, words

TODAY = NOW.date()

RUNNING = "WITH running AS (FROM inventory.initiative WHERE status = 'active' AND coalesce(ended_on >= $day, true)) "
# The same offers on an earlier day, from what the change log says was written last until its end (UTC).
THEN = """WITH last_written AS (
    SELECT after FROM inventory.change_log
    WHERE table_name = 'initiative' AND changed_at < $day + INTERVAL 1 DAY
    QUALIFY row_number() OVER (PARTITION BY record_id ORDER BY change_id DESC) = 1
),
running AS (
    SELECT CAST(after ->> 'capacity' AS INTEGER) AS capacity,
        CAST(after ->> 'volunteers_active' AS INTEGER) AS volunteers_active,
    FROM last_written
    WHERE after ->> 'status' = 'active' AND coalesce(CAST(after ->> 'ended_on' AS DATE) >= $day, true)
) """


def tile(visitor: AppTest, label: str) -> tuple[int, int]:
    """Figure of a tile and its change, which stands beside its link; 0 without one."""
    (metric,) = [metric for metric in visitor.metric if metric.label == label]
    shown = [node for node in visitor.main if node.type in ("metric", "markdown")]
    place = next(place for place, node in enumerate(shown) if node is metric)
    beside = shown[place + 1]
    signed = re.search(r"\[([+\u2212]\d+)", str(beside.value)) if beside.type == "markdown" else None
    return number(metric.value), number(signed[1]) if signed else 0


def number(words: str) -> int:
    """1.537 → 1537; 423, gesucht 180 → 423."""
    found = re.match(r"[+\u2212-]?[\d.]+", words)
    assert found, words
    return int(found[0].replace(".", "").replace("\N{MINUS SIGN}", "-"))


@pytest.mark.parametrize("kind", ["example", "public", "hostile"])
def test_the_tile_of_the_offers(app: Callable[..., AppTest], raw: Callable[..., list[tuple]], kind: str) -> None:
    running = raw(kind, RUNNING + "SELECT count(*) FROM running", day=TODAY)[0][0]
    assert tile(app(kind), "Laufende Angebote")[0] == running


def test_what_is_next_are_the_first_of_the_list(app: Callable[..., AppTest]) -> None:
    listed = [button.label for button in app("example", "priorities").button if str(button.key).startswith("item_p")]
    first = [plain(label).removesuffix("]") for label in listed[:5]]
    assert len(first) == 5
    shown = plain(words(app("example")))
    for title in first:  # a long title is cut, and whole on hover
        assert title[:45] in shown


def meetings(raw: Callable[..., list[tuple]]) -> list[date]:
    return [
        day
        for (day,) in raw(
            "example",
            "SELECT held_on FROM inventory.meeting WHERE meeting_state IN ('held', 'closed') ORDER BY held_on DESC",
        )
    ]


def test_changes_since_each_meeting(app: Callable[..., AppTest], raw: Callable[..., list[tuple]]) -> None:
    visitor = app("example")
    seen = set()
    assert len(meetings(raw)) >= 2
    for day in meetings(raw):
        visitor.selectbox(key="overview.since").set_value(f"{day:%Y-%m-%d}").run()
        assert not visitor.exception
        now, change = tile(visitor, "Laufende Angebote")
        assert change == now - raw("example", THEN + "SELECT count(*) FROM running", day=day)[0][0], day
        seen.add(words(visitor))
    assert len(seen) == len(meetings(raw))  # each day shows other changes


def test_both_pages_say_the_same_of_a_day(app: Callable[..., AppTest], raw: Callable[..., list[tuple]]) -> None:
    """'Weiße Flecken +11' here and '24 geschlossen, 0 neu' there: now one count, and a change that agrees."""
    for day in meetings(raw):
        overview, gaps = app("example", since=f"{day:%Y-%m-%d}"), app("example", "gaps", versus=f"{day:%Y-%m-%d}")
        counts = r"Weiße Flecken seit [\d.]+: (\d+) geschlossen, (\d+) neu\..*erhobene Felder: (\d+)"
        said = re.search(counts, words(gaps))
        assert said
        _, change = tile(overview, "Weiße Flecken")
        assert change == int(said[2]) - int(said[1])
        assert f"{said[3]} Felder erhoben" in words(overview)


def test_the_day_of_comparison_is_in_the_link(app: Callable[..., AppTest], raw: Callable[..., list[tuple]]) -> None:
    newest, *older = meetings(raw)
    visitor = app("example", since=f"{older[-1]:%Y-%m-%d}")
    chosen = visitor.selectbox(key="overview.since")
    assert chosen.value == f"{older[-1]:%Y-%m-%d}"
    assert visitor.query_params == {"since": f"{older[-1]:%Y-%m-%d}"}
    chosen.set_value(f"{newest:%Y-%m-%d}").run()
    assert visitor.query_params == {}  # the last meeting needs no parameter


@pytest.mark.parametrize("page", ["overview", "changes"])
def test_any_other_day(app: Callable[..., AppTest], raw: Callable[..., list[tuple]], page: str) -> None:
    visitor = app("example", page)
    visitor.selectbox(key=f"{page}.since").set_value("other").run()
    assert not visitor.exception
    visitor.date_input(key=f"{page}.since_day").set_value(date(2026, 2, 3)).run()
    assert not visitor.exception
    assert visitor.query_params["since"] == "2026-02-03"
    if page == "overview":
        now, change = tile(visitor, "Laufende Angebote")
        assert change == now - raw("example", THEN + "SELECT count(*) FROM running", day=date(2026, 2, 3))[0][0]
    else:
        assert "Seit dem 03.02.2026: " in words(visitor)


@pytest.mark.parametrize("day", ["1999-01-01", "2099-01-01", "2026-02-30", "gestern", "2026-11-22"])
def test_a_day_without_a_state_is_not_compared_with(app: Callable[..., AppTest], day: str) -> None:
    visitor = app("example", since=day)
    assert not visitor.exception
    assert visitor.query_params == {}
    assert visitor.selectbox(key="overview.since").value == "2026-09-16"


def test_a_young_inventory_compares_with_nothing(app: Callable[..., AppTest]) -> None:
    visitor = app("one")
    assert len(visitor.selectbox) == 0
    assert tile(visitor, "Laufende Angebote")[1] == 0
    assert "steht hier ab morgen" in words(app("one", "changes"))


def test_trainings(app: Callable[..., AppTest], raw: Callable[..., list[tuple]]) -> None:
    coming, free, waiting = raw(
        "example",
        """SELECT count(*), sum(greatest(0, seats - booked)), sum(waiting) FROM inventory.session
        WHERE starts_on >= $day AND status IN ('planned', 'confirmed')""",
        day=TODAY,
    )[0]
    visitor = app("example", "trainings")
    assert len(table(visitor, "starts_on", "seats")) == coming
    said = f"Noch geplant: {coming} Termine mit {free} freien Plätzen; auf Wartelisten stehen {waiting} Ehrenamtliche."
    assert any(plain(part.value).startswith(said) for part in visitor.markdown)
    courses = raw("example", "SELECT count(*) FROM inventory.course WHERE status <> 'archived'")[0][0]
    assert len(table(visitor, "upcoming", "hours")) == courses
    taught = {
        module
        for (module,) in raw(
            "example", "SELECT DISTINCT unnest(module_ids) FROM inventory.course WHERE status IN ('active', 'planned')"
        )
    }
    modules = app("example", "trainings", trainings="modules")
    for key, name in raw("example", "SELECT module_id, name_de FROM inventory.module"):
        assert (name in plain(modules.warning[0].value)) == (key not in taught)


def test_trainings_of_a_module_and_a_provider(app: Callable[..., AppTest], raw: Callable[..., list[tuple]]) -> None:
    module, provider = raw(
        "example",
        """SELECT module_ids[1], organization_id FROM inventory.course JOIN inventory.session AS s USING (course_id)
        WHERE starts_on >= $day AND s.status IN ('planned', 'confirmed') ORDER BY course_id LIMIT 1""",
        day=TODAY,
    )[0]
    visitor = app("example", "trainings", module=module, provider=provider)
    expected = raw(
        "example",
        "SELECT count(*) FROM inventory.course "
        "WHERE list_contains(module_ids, $module) AND organization_id = $provider",
        module=module,
        provider=provider,
    )[0][0]
    assert len(table(visitor, "upcoming", "hours")) == expected
    assert visitor.query_params == {"module": module, "provider": provider}


def test_gaps_of_a_choice(app: Callable[..., AppTest], raw: Callable[..., list[tuple]]) -> None:
    everything = table(app("example", "gaps"), "gap_places", "coverage")
    district = raw("example", "SELECT name FROM inventory.district WHERE district_id = '16'")[0][0]
    visitor = app("example", "gaps", district_in="16")
    here = table(visitor, "gap_places", "coverage")
    assert set(here["district"]) == {district}
    assert len(here) == (everything["district"] == district).sum()
    assert f"Nachweis: {district}" in [plain(title.value) for title in visitor.subheader]
    assert (here["gap_places"] <= here["places_needed"] + 0.05).all()
    assert here["gap_places"].is_monotonic_decreasing
