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

# Label of the tile → one row with its figure, from the running offers of a day.
FIGURES = {
    "Aktive Angebote": "SELECT count(*) FROM running",
    "Plätze pro Woche": "SELECT sum(capacity) FROM running",
    "Ehrenamtliche aktiv": "SELECT sum(volunteers_active) FROM running",
}
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


def tile(visitor: AppTest, label: str) -> tuple[int, str]:
    """Figure and change of a tile."""
    (metric,) = [metric for metric in visitor.metric if metric.label == label]
    return number(metric.value), metric.delta


def number(words: str) -> int:
    """1.537 → 1537; 423, gesucht 180 → 423."""
    found = re.match(r"[+\u2212-]?[\d.]+", words)
    assert found, words
    return int(found[0].replace(".", "").replace("\N{MINUS SIGN}", "-"))


@pytest.mark.parametrize("kind", ["example", "public", "hostile"])
def test_tiles(app: Callable[..., AppTest], raw: Callable[..., list[tuple]], kind: str) -> None:
    visitor = app(kind)
    for label, sql in FIGURES.items():
        expected = raw(kind, RUNNING + sql, day=TODAY)[0][0]
        if expected is None:
            assert next(m.value for m in visitor.metric if m.label == label).startswith("unbekannt")
        else:
            assert tile(visitor, label)[0] == expected, label
    organizations = raw(kind, "SELECT count(*) FROM inventory.organization WHERE status = 'active'")[0][0]
    assert tile(visitor, "Organisationen")[0] == organizations
    fresh, running = raw(
        kind,
        RUNNING + "SELECT count(*) FILTER (date_diff('day', assured_on, $day) <= 90), count(*) FROM running",
        day=TODAY,
    )[0]
    assert tile(visitor, "Aktuelle Angaben")[0] == round(100 * fresh / running)


def test_tiles_agree_with_the_pages_behind_them(app: Callable[..., AppTest]) -> None:
    overview, gaps, priorities = (
        app("example"),
        app("example", "gaps"),
        app("example", "priorities", priorities="proposals"),
    )
    items = table(priorities, "rank", "title")
    assert tile(overview, "Offene Befunde")[0] == len(items)
    white = re.search(r"In (\d+) von \d+ Fällen", words(gaps))
    assert white and tile(overview, "Weiße Flecken")[0] == int(white[1])
    running = table(app("example", "initiatives", status="active"), "name", "organization", "themes")
    assert tile(overview, "Aktive Angebote")[0] == len(running)
    assert tile(overview, "Plätze pro Woche")[0] == running["capacity"].sum()
    fresh = table(app("example", "initiatives", status="active", freshness="fresh"), "name", "organization", "themes")
    assert tile(overview, "Aktuelle Angaben")[0] == round(100 * len(fresh) / len(running))
    listed = [button.label for button in app("example", "priorities").button if str(button.key).startswith("item_p")]
    first = [plain(label).removesuffix("]") for label in listed[:5]]
    assert len(first) == 5
    for title in first:  # what is on the list comes first; proposals only without a list
        assert title in plain(words(overview))


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
        for label, sql in FIGURES.items():
            now, change = tile(visitor, label)
            assert number(change) == now - raw("example", THEN + sql, day=day)[0][0], (day, label)
        assert f"seit {day:%d.%m.%Y}" in words(visitor)
        seen.add(tuple(metric.delta for metric in visitor.metric))
    assert len(seen) == len(meetings(raw))  # each day shows other changes


def test_both_pages_say_the_same_of_a_day(app: Callable[..., AppTest], raw: Callable[..., list[tuple]]) -> None:
    """'Weiße Flecken +11' here and '24 geschlossen, 0 neu' there: now one sentence, and a change that agrees."""
    for day in meetings(raw):
        overview, gaps = app("example", since=f"{day:%Y-%m-%d}"), app("example", "gaps", versus=f"{day:%Y-%m-%d}")
        said = re.search(r"Weiße Flecken seit [\d.]+: (\d+) geschlossen, (\d+) neu\..*", words(gaps))
        assert said and said[0] in words(overview)
        _, change = tile(overview, "Weiße Flecken")
        assert number(change) == int(said[2]) - int(said[1])


def test_the_day_of_comparison_is_in_the_link(app: Callable[..., AppTest], raw: Callable[..., list[tuple]]) -> None:
    newest, *older = meetings(raw)
    visitor = app("example", since=f"{older[-1]:%Y-%m-%d}")
    chosen = visitor.selectbox(key="overview.since")
    assert chosen.value == f"{older[-1]:%Y-%m-%d}"
    assert visitor.query_params == {"since": f"{older[-1]:%Y-%m-%d}"}
    chosen.set_value(f"{newest:%Y-%m-%d}").run()
    assert visitor.query_params == {}  # the last meeting needs no parameter


def test_any_other_day(app: Callable[..., AppTest], raw: Callable[..., list[tuple]]) -> None:
    visitor = app("example")
    visitor.selectbox(key="overview.since").set_value("other").run()
    visitor.date_input(key="overview.since_day").set_value(date(2026, 2, 3)).run()
    assert not visitor.exception
    for label, sql in FIGURES.items():
        now, change = tile(visitor, label)
        assert number(change) == now - raw("example", THEN + sql, day=date(2026, 2, 3))[0][0], label
    assert "seit 03.02.2026" in words(visitor)


@pytest.mark.parametrize("day", ["1999-01-01", "2099-01-01", "2026-02-30", "gestern", "2026-11-22"])
def test_a_day_without_a_state_is_not_compared_with(app: Callable[..., AppTest], day: str) -> None:
    visitor = app("example", since=day)
    assert not visitor.exception
    assert visitor.query_params == {}
    assert "seit 16.09.2026" in words(visitor)


def test_a_young_inventory_compares_with_nothing(app: Callable[..., AppTest]) -> None:
    visitor = app("one")
    assert len(visitor.selectbox) == 0
    assert [metric.delta for metric in visitor.metric] == [""] * 8


def test_trainings(app: Callable[..., AppTest], raw: Callable[..., list[tuple]]) -> None:
    coming, free, waiting = raw(
        "example",
        """SELECT count(*), sum(greatest(0, seats - booked)), sum(waiting) FROM inventory.session
        WHERE starts_on >= $day AND status IN ('planned', 'confirmed')""",
        day=TODAY,
    )[0]
    visitor = app("example", "trainings")
    assert len(table(visitor, "starts_on", "seats")) == coming
    assert plain(visitor.markdown[1].value).startswith(
        f"Noch geplant: {coming} Termine mit {free} freien Plätzen; auf Wartelisten stehen {waiting} Ehrenamtliche."
    )
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
