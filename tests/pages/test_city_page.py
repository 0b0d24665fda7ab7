"""The facts of the city on the page Importieren: upload, check, take over; refused ones get their sentence."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from esdash.analysis import open_inventory
from esdash.inventory import city, create, default_city, default_path
from esdash.inventory.importing import UndoConflicts
from esdash.inventory.steering import ranges, surveying
from esdash.texts import Text
from esdash.ui.shell import session
from esdash.ui.shell.messages import Message
from tests.conftest import NOW, load_tiny_city
from tests.inventory.test_city import NO_ESSENTIALS, THEME, edited
from tests.pages.said import give_a_name, plain, texts, words
from tests.people import ADA

DE = texts("de")
POPULATION = (default_city() / "population.csv").read_text(encoding="utf-8")
RANGES = (default_city() / "capacity_ranges.csv").read_bytes()
THEMES = (default_city() / "themes.csv").read_text(encoding="utf-8")

Opened = Callable[..., AppTest]


@pytest.fixture
def page(at: Opened, lent: Callable[[str], Path]) -> AppTest:
    """The part of the page, on an inventory of its own without records; one theme has been surveyed."""
    path = lent("empty")
    surveying.mark(session.at(path), [("german_courses", "01")], "surveyed", ADA)
    return at(path, "imports", **{"import": "city"})


def persons() -> float:
    inventory = session.at(default_path())
    return float(inventory.value("SELECT persons FROM population WHERE population_id = '01|children'"))


def click(visitor: AppTest, label: str) -> AppTest:
    (button,) = [button for button in visitor.button if plain(button.label) == label]
    return button.click().run()


def test_from_the_file_to_the_new_figures_and_back(page: AppTest) -> None:
    page.file_uploader[0].upload(
        "population.csv", POPULATION.replace("01,children,293,", "01,children,322.3,").encode()
    )
    page.run()
    assert not page.exception
    assert "„population.csv“ ändert den Bestand: 0 neu, 1 geändert, 0 entfallen. Gleich bleiben 199." in words(page)
    assert page.dataframe[1].value["change"].tolist() == ["Personen: 293 → 322,3"]
    click(page, "1 Änderung übernehmen")
    assert persons() == 293
    give_a_name(page, "Ada")
    assert persons() == 322.3
    assert "„population.csv“ ist übernommen: 0 neu, 1 geändert, 0 entfallen." in words(page)
    assert page.dataframe[0].value["kind"].tolist() == ["Angaben der Stadt"]
    key = page.dataframe[0].value["import_run_id"][0]
    row = {"table_name": "theme", "record_id": "german_courses", "cause": "referenced", "by_table": "survey"}
    conflicts = UndoConflicts(key, [row | {"by_record": "german_courses|01"}])
    page.session_state["messages"] = [Message("error", *Text("de").error(conflicts), error=conflicts)]
    page.run()
    assert not page.exception
    assert "Deutsch lernen" in words(page) and "german_courses|01" in words(page)


def test_what_people_agreed_on_is_replaced_only_when_somebody_says_so(page: AppTest) -> None:
    inventory = session.at(default_path())
    ranges.agree(inventory, [ranges.Range("work", 8, 14, 24)], ADA, "Sitzung")  # later than the day in the file
    page.file_uploader[0].upload("capacity_ranges.csv", RANGES).run()
    assert page.button(key="city_apply").label == "Nichts zu übernehmen"
    assert "das ist neuer als die Datei. Der Wert im Bestand bleibt." in page.dataframe[1].value["note"][0]
    page.checkbox(key="city_overwrite").check().run()
    assert page.button(key="city_apply").label == "1 Änderung übernehmen"
    assert "Der Wert der Datei ersetzt ihn." in page.dataframe[1].value["note"][0]


def test_what_is_wrong_or_in_use_is_said(page: AppTest) -> None:
    page.file_uploader[0].upload(
        "population.csv", POPULATION.replace("01,children,293,", "01,children,viele,").encode()
    )
    page.run()
    assert "population.csv, Zeile 2, „persons“: „viele“ ist keine Zahl." in words(page)
    page.file_uploader[0].set_value([("angebote.zip", b"PK", "application/zip")]).run()
    assert "angebote.zip ist beschädigt oder keine ZIP-Datei." in words(page)
    without = "".join(line for line in THEMES.splitlines(keepends=True) if not line.startswith("german_courses"))
    page.file_uploader[0].set_value([("themes.csv", without.encode(), "text/csv")]).run()
    assert "Das Thema „Deutsch lernen“: 8 Planungswerte; 1 Erhebung." in words(page)
    assert page.button(key="city_apply").disabled


def test_pages_compare_with_a_day_when_the_city_had_other_themes(at: Opened, tmp_path: Path) -> None:
    """Since Saturday one theme went and another came, and a district is new; every page still compares."""
    path, saturday = tmp_path / "inventory.duckdb", NOW - timedelta(days=1)
    create(path, "empty", load_tiny_city, ADA, lambda: saturday)
    inventory = open_inventory(path, clock=lambda: saturday)
    surveying.mark(inventory, [("homework", "01"), ("essentials", "01")], "surveyed", ADA)
    surveying.mark(inventory, [("essentials", "01")], "not_surveyed", ADA)
    inventory.close()
    inventory = open_inventory(path, clock=lambda: NOW)
    new = {
        "districts.csv": [("\n03,", "\n04,Aue,Aue,52.02,11.02,,,,,4\n03,")],
        "travel.csv": [("\n03,03,", "\n04,04,9,estimated,x\n03,03,")],
    }
    files = edited(new, edited(NO_ESSENTIALS, edited(THEME)))
    city.apply(inventory, city.compare(inventory, city.read("musterstadt", files)), ADA)
    surveying.mark(inventory, [("sport", "01")], "surveyed", ADA)
    inventory.close()
    day = f"{saturday:%Y-%m-%d}"
    for page, query in (("overview", {"since": day}), ("gaps", {"versus": day})):
        visitor = at(path, page, **query)
        assert not visitor.exception, page
        assert not visitor.error, (page, [error.value for error in visitor.error])
