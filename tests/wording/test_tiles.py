"""The tile map as it is drawn. Figures by hand from tests/tiny_city.

German for adults needs 20, 10 and 4 places in the districts 01, 02, 03.
"""

from __future__ import annotations

from typing import Any

import pytest

from esdash import charts
from esdash.analysis.selection import MEASURES, Selection, View
from esdash.charts import look
from esdash.charts.tile_map import least_width
from esdash.inventory import Inventory
from esdash.inventory.file.conditions import Conditions, NewOffer
from esdash.texts import Text
from esdash.wording import tiles
from esdash.wording.tiles import TileMap
from tests.analysis.entries import enter, online, survey

DE = Text("de")
GERMAN = Selection(("adults",), ("german_courses",))
SURE = "\N{NO-BREAK SPACE}%"


@pytest.fixture
def town(tiny: Inventory) -> Inventory:
    """Everywhere surveyed; German reaches 01 with 12 places and 02 with 9."""
    survey(tiny)
    enter(tiny, online("a", district_ids=["01"], capacity=12), online("b", district_ids=["02"], capacity=9))
    return tiny


def drawn(inventory: Inventory, measure: str = "gap", **more: Any) -> TileMap:
    return tiles.tile_map(inventory, DE, View(measure=measure, selection=GERMAN, **more))


def test_tiles_by_hand(town: Inventory) -> None:
    shown = drawn(town)
    assert [(tile.name, tile.column, tile.row) for tile in shown.tiles] == [
        *(("Mitte", 1, 2), ("Nord", 1, 1), ("Fluss", 2, 2)),
    ]
    assert [tile.cell.word for tile in shown.tiles] == ["8,0", "1,0", "✕ 4,0"]  # 20 − 12, 10 − 9, 4 without an offer
    assert [tile.cell.met for tile in shown.tiles] == [0.6, 0.9, 0.0]
    assert [tile.cell.quiet for tile in shown.tiles] == [False, True, False]  # fewer than three places are missing
    assert shown.title == "Fehlende Plätze pro Woche je Stadtbezirk"
    assert "Lage vereinfacht" in shown.note and "Balken" in shown.note
    assert "Mitte: 8,0; Nord: 1,0; Fluss: 4,0" in shown.alt
    table, columns = tiles.as_table(shown, DE)
    assert table.to_numpy().tolist() == [
        ["Mitte", "8,0", f"60{SURE}"],
        ["Nordvorstadt", "1,0", f"90{SURE}"],
        ["Am Fluss", "4,0", f"0{SURE}"],
    ]
    assert [column.label for column in columns][1:] == [shown.title, "Gedeckter Bedarf"]


@pytest.mark.parametrize("measure", MEASURES)
def test_the_tiles_show_the_measure_and_its_classes(town: Inventory, measure: str) -> None:
    shown = drawn(town, measure)
    figure = charts.tile_map(shown).to_dict()
    assert figure["data"][0]["marker"]["color"] == [look.COLOURS[tile.cell.step] for tile in shown.tiles]
    written = [words.replace("<b>", "").replace("</b>", "") for words in figure["data"][-1]["text"]]
    assert written == [words for tile in shown.tiles for words in (tile.name, tile.cell.word)]
    assert figure["data"][0]["customdata"] == ["01", "02", "03"]


def test_names_and_numbers_are_large_and_bars_as_long_as_the_share(town: Inventory) -> None:
    shown = drawn(town)
    data = charts.tile_map(shown).to_dict()["data"]
    sizes = dict(zip(data[-1]["text"], data[-1]["textfont"]["size"], strict=True))
    assert min(size for words, size in sizes.items() if words in ("Mitte", "Nord", "Fluss")) >= 15
    assert min(size for words, size in sizes.items() if "," in words) >= 20
    whole, met = data[1], data[2]
    assert [part / all_ for part, all_ in zip(met["width"], whole["width"], strict=True)] == pytest.approx(
        [0.6, 0.9, 0.0]
    )
    assert least_width(shown) >= 5 * 107  # names of 14 letters fit


def test_what_is_not_known_has_no_figure_and_no_bar(tiny: Inventory) -> None:
    """Nobody has looked; women are hidden in 02 and 03 (METHODS M4)."""
    shown = drawn(tiny)
    assert [(tile.cell.word, tile.why, tile.cell.met) for tile in shown.tiles] == [("?", "kein Angebot?", None)] * 3
    assert shown.note == "Lage vereinfacht."
    enter(tiny, online("a", district_ids=["01"], capacity=12))
    assert [tile.why for tile in drawn(tiny).tiles] == ["nicht erhoben", "kein Angebot?", "kein Angebot?"]
    survey(tiny)
    women = tiles.tile_map(tiny, DE, View(measure="gap", selection=Selection(("women",))))
    assert [tile.why for tile in women.tiles] == ["", "unter Schwelle", "unter Schwelle"]
    assert [tile.cell.word for tile in women.tiles][1:] == ["○ 0,1–5,5"] * 2  # no offer; its ends
    assert "Nord: zwischen 0,1 und 5,5 (unter Schwelle)" in women.alt


def test_a_supposition_and_a_choice(town: Inventory) -> None:
    new = NewOffer("Neu", 7.0, ("german_courses",), ("adults",), mode="mobile", district_ids=("01",))
    shown = tiles.tile_map(
        town.under(Conditions(offers=(new,))),
        DE,
        View(measure="gap", selection=Selection(("adults",), ("german_courses",), ("03",))),
    )
    assert [tile.cell.word for tile in shown.tiles] == ["−7,0", "±0", "±0"]
    assert all(tile.cell.met is None for tile in shown.tiles)  # a bar beside a difference would be read as one
    assert shown.title.endswith(": Veränderung")
    assert [tile.chosen for tile in shown.tiles] == [False, False, True]
    frames = charts.tile_map(shown).to_dict()["data"][0]["marker"]["line"]["color"]
    assert frames.count(look.ACCENT) == 1


def test_a_name_is_never_read_as_markup(town: Inventory) -> None:
    shown = drawn(town)
    names = {
        "<b>M</b>": "&lt;b&gt;M&lt;/b&gt;",
        "<b>Mitte</b>": "&lt;b&gt;Mitte&lt;/…",  # shortened by whole signs, as they are read
    }
    for name, read in names.items():
        first = shown.tiles[0]._replace(name=name)
        words = charts.tile_map(shown._replace(tiles=[first])).to_dict()["data"][-1]["text"]
        assert words[0] == read


def test_rivers_and_their_names(town: Inventory) -> None:
    shown = drawn(town)._replace(rivers={"Elbe": [(0, 1), (2, 1)]})
    data = charts.tile_map(shown).to_dict()["data"]
    assert [(part["x"], part["y"]) for part in data if part.get("mode") == "lines"] == [([0, 2], [1, 1])]
    assert data[-1]["text"][-1] == "Elbe"
    assert data[-1]["y"][-1] < 1  # above the line
