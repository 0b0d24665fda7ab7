"""METHODS M4 on the screen: a hidden number says so, and the page tells nobody how large it is."""

import random
from collections.abc import Callable, Iterator
from pathlib import Path

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from esdash.analysis import open_inventory
from esdash.inventory.access import Action
from tests.analysis.attacker import ranges
from tests.conftest import NOW
from tests.pages.conftest import Opened
from tests.people import TEST

THRESHOLD = 5
HIDDEN = "unter Schwelle"
GROUPS = {"Frauen": "women", "Asylsuchende und Geduldete": "asylum"}


@pytest.fixture(scope="module")
def people() -> dict[str, int]:
    """population_id → true number."""
    return {}


@pytest.fixture(scope="module")
def made(people: dict[str, int], example_made: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """The example with random people, in the place of the usual inventories."""
    path = tmp_path_factory.mktemp("secretive") / "inventory.duckdb"
    path.write_bytes(example_made.read_bytes())
    inventory, draw = open_inventory(path, lambda: NOW), random.Random(4)
    keys = [row["population_id"] for row in inventory.rows("SELECT population_id FROM population")]
    people |= {key: draw.choice([0, 1, 2, 4, 5, 9, draw.randint(0, 300)]) for key in keys}
    with inventory.change(TEST, Action.EDIT_RECORDS) as change:
        change.update("city", [{"city_id": "dessau-rosslau", "small_number_threshold": THRESHOLD}])
        change.update("population", [{"population_id": key, "persons": number} for key, number in people.items()])
        for group in GROUPS.values():
            total = sum(number for key, number in people.items() if key.endswith(f"|{group}"))
            change.update("city_total", [{"target_group_id": group, "persons": total}])
    inventory.close()
    return lambda kind: path


def table(page: AppTest, column: str) -> pd.DataFrame:
    return next(frame.value for frame in page.dataframe if column in frame.value)


def number(words: str) -> float | None:
    return None if words == HIDDEN else float(words.replace(".", "").replace(",", "."))


@pytest.fixture(scope="module")
def totals(app: Opened) -> Iterator[dict[str, float | None]]:
    page = app("example", "method", method="values")
    frame = next(f.value for f in page.dataframe if {"persons_word", "as_of"} <= set(f.value))
    yield {row.target_group: number(row.persons_word) for row in frame.itertuples()}


@pytest.mark.parametrize("group", GROUPS)
def test_the_page_tells_no_hidden_number(
    group: str, app: Opened, people: dict[str, int], totals: dict[str, float | None]
) -> None:
    page = app("example", "gaps", show="need", group=GROUPS[group], theme_in="education")
    need = table(page, "persons_word")
    districts = {key: key.split("|")[0] for key in people}
    assert set(districts.values())
    found: dict[str, float | None] = {}
    for row in need.itertuples():
        assert found.setdefault(row.district, number(row.persons_word)) == number(row.persons_word)
        if row.persons_word == HIDDEN:
            assert pd.isna(row.places_needed) or row.places_needed == 0
            assert row.quality_word == HIDDEN
    true = {key: value for key, value in people.items() if key.endswith(f"|{GROUPS[group]}")}
    small = [value for value in true.values() if 0 < value < THRESHOLD]
    hidden = [name for name, value in found.items() if value is None]
    assert len(hidden) >= len(small) > 0
    assert totals[group] == sum(true.values())
    assert all(high - low >= THRESHOLD for low, high in ranges(found, totals[group]).values())
    shown = [value for value in found.values() if value is not None]
    assert all(value == 0 or value >= THRESHOLD for value in shown)
