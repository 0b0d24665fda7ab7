"""The page Methode: three worked examples that agree with the other pages, topics, settings, and links to them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from esdash.analysis import judgements
from esdash.texts import Text
from esdash.ui.method import settings
from esdash.ui.shell import screen
from esdash.ui.shell.how import OF_PAGE, TOPICS
from esdash.ui.shell.navigation import PAGES
from tests.pages.conftest import Opened
from tests.pages.said import plain, words

DE = Text("de")
UI = Path(__file__).parents[2]


def numbers(cells: list[str]) -> list[float]:
    return [float(cell.strip("*").replace(".", "").replace(",", ".")) for cell in cells]


def test_the_rows_of_each_example_add_up_to_its_total(app: Opened) -> None:
    visitor = app("example", "method")
    gap, case, first = (table.value for table in visitor.table)
    for column in ("gebraucht", "gedeckt", "fehlen"):
        *rows, total = numbers(list(gap[column]))
        assert round(sum(rows), 1) == total
    *rows, score = numbers(list(case["Punkte"]))
    assert round(sum(rows), 2) == score >= 0.7
    *rows, points = numbers(list(first["Punkte"]))
    assert round(sum(rows), 1) == points
    people, per_100, needed = (numbers(list(gap[c])[:-1]) for c in ("Personen", "Plätze je 100", "gebraucht"))
    for persons, value, places in zip(people, per_100, needed, strict=True):
        assert abs(persons * value / 100 - places) <= 0.05 + 1e-9


def test_the_largest_gap_is_the_one_that_weisse_flecken_names(app: Opened) -> None:
    gap = app("example", "method").table[0].value
    missing = list(gap["fehlen"])[-1].strip("*")
    assert f"{missing} Plätze" in words(app("example", "gaps"))


def test_the_first_finding_has_the_points_of_the_list_of_findings(app: Opened) -> None:
    total = list(app("example", "method").table[2].value["Punkte"])[-1].strip("*")
    findings = app("example", "priorities", priorities="proposals")
    frame = next(f.value for f in findings.dataframe if {"rank", "priority"} <= set(f.value))
    assert DE.number(float(frame.iloc[0]["priority"]), 1) == total


def test_on_a_telephone_the_same_figures_stand_in_lines(app: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    gap = app("example", "method").table[0].value
    monkeypatch.setattr(screen, "narrow", lambda: True)
    visitor = app("example", "method")
    assert not visitor.table
    for row in gap.to_dict("records"):
        assert f"fehlen: {plain(row['fehlen'])}" in words(visitor)


@pytest.mark.parametrize("kind", ["empty", "public", "one"])
def test_where_nothing_can_be_worked_out_the_page_says_what_is_missing(app: Opened, kind: str) -> None:
    visitor = app(kind, "method")
    for name, found in zip(("gap", "overlap", "priority"), range(3), strict=True):
        assert DE(f"worked.{name}") in words(visitor)
        assert len(visitor.table) > found or DE(f"worked.{name}_none") in words(visitor)


@pytest.mark.parametrize("topic", TOPICS)
def test_a_link_to_a_topic_shows_it_with_its_settings(app: Opened, topic: str) -> None:
    visitor = app("empty", "method", method="topics", topic=topic)
    assert DE(f"method.{topic}_title") in [heading.value for heading in visitor.subheader]
    set_here = [row for table in visitor.table for row in table.value.to_dict("records")]
    assert len(set_here) == len(settings.of(topic))


def test_each_setting_belongs_to_one_topic() -> None:
    found = [entry.key for topic in TOPICS for entry in settings.of(topic)]
    assert sorted(found) == sorted(entry.key for entry in judgements.listed())


def test_settings_are_searched_in_words_and_reasons(app: Opened) -> None:
    visitor = app("empty", "method", method="settings", query="warteliste")
    assert not visitor.table and DE("method.no_setting") in words(visitor)
    visitor = app("empty", "method", method="settings", query="fuß TEMPO")
    assert [row[DE("column.value")] for table in visitor.table for row in table.value.to_dict("records")] == [
        "4,5 km pro Stunde"
    ]


def test_every_topic_that_a_page_links_to_exists() -> None:
    linked = set()
    for path in [*(UI / "esdash").rglob("*.py"), *(UI / "pages").glob("*.py")]:
        linked |= set(re.findall(r"\bhow\.link\(text, \"(\w+)\"", path.read_text(encoding="utf-8")))
    assert linked | set(OF_PAGE.values()) <= set(TOPICS) and set(OF_PAGE) <= set(PAGES)


@pytest.mark.parametrize("page", OF_PAGE)
def test_each_page_with_figures_leads_to_how_they_are_worked_out(app: Opened, page: str) -> None:
    links = [link.proto for link in app("example", page).get("page_link")]
    assert any(OF_PAGE[page] in link.query_string and link.page.endswith("method") for link in links)
