"""Where districts lie on the tile map: set in the city's folder, or worked out from their centres."""

from __future__ import annotations

import csv
from itertools import combinations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from esdash.analysis.coverage import tiles as asked
from esdash.errors import UserError
from esdash.inventory import Inventory, city, default_city, tiles
from esdash.inventory.tiles import Tile
from esdash.inventory.travel import Point
from esdash.texts import Text
from tests.conftest import TINY_CITY
from tests.people import ADA


def test_a_city_that_sets_no_tiles(tiny: Inventory) -> None:
    """Nordvorstadt lies north of Mitte, and Am Fluss east of it."""
    assert asked.positions(tiny) == {"01": Tile(1, 2), "02": Tile(1, 1), "03": Tile(2, 2)}
    assert asked.rivers(tiny) == {}


def test_tiles_of_a_changed_folder_reach_an_inventory_in_use(tiny: Inventory) -> None:
    found = city.compare(tiny, city.read("musterstadt", files()))
    assert (found.count("added"), found.count("changed"), found.count("gone")) == (2, 3, 0)
    city.apply(tiny, found, ADA, "Kacheln")
    assert asked.positions(tiny) == {"01": Tile(1, 1), "02": Tile(3, 2), "03": Tile(2, 2)}
    assert asked.rivers(tiny) == {"Fluss": [(0, 1), (2.5, 1)]}
    new = files(", , ,")
    city.apply(tiny, city.compare(tiny, city.read("musterstadt", new)), ADA, "keine Kacheln")
    assert asked.positions(tiny)["01"] == Tile(1, 2)
    assert asked.rivers(tiny) == {}  # the line was drawn between the tiles of the city


def files(tiles: str = "1,1 3,2 2,2", rivers: str = "Fluss,2,2.5,1 Fluss,1,0,1") -> dict[str, bytes]:
    """The folder of Musterstadt with tiles for its districts, and rivers."""
    found = city.files_of(TINY_CITY)
    head, *rows = found["districts.csv"].decode().splitlines()
    lines = [f"{row},{tile}" for row, tile in zip(rows, tiles.split(" "), strict=True)]
    found["districts.csv"] = "\n".join([f"{head},tile_column,tile_row", *lines]).encode()
    found["tile_rivers.csv"] = "\n".join(["river,bend,west,north", *rivers.split(" ")]).encode()
    return found


@pytest.mark.parametrize(
    ("tiles", "line", "said"),
    [
        ("1,1 1,1 2,1", 3, "Nordvorstadt liegt auf derselben Kachel wie Mitte (Spalte 1, Zeile 1)"),
        ("1,1 , 2,1", 3, "Nordvorstadt hat keine Kachel, andere Stadtbezirke haben eine"),
        ("1,1 1, 2,1", 3, "Nordvorstadt hat keine Kachel"),
        ("1,1 1,2 x,1", 4, "„tile_column“: „x“ ist keine ganze Zahl"),
        ("1,1 1,2 1.5,1", 4, "„tile_column“: „1.5“ ist keine ganze Zahl"),
        ("0,1 1,2 2,1", 2, "„tile_column“: 0 ist zu klein"),
        ("1,31 1,2 2,1", 2, "„tile_row“: 31 ist zu groß"),
    ],
)
def test_tiles_that_cannot_be_are_refused(tiles: str, line: int, said: str) -> None:
    assert refusal(files(tiles)).startswith(f"districts.csv, Zeile {line}")
    assert said in refusal(files(tiles))


@pytest.mark.parametrize(
    ("rivers", "said"),
    [
        ("Elbe,1,0,2", "tile_rivers.csv, Zeile 2: Der Fluss Elbe hat nur einen Punkt."),
        ("Elbe,1,0,2 Elbe,2,6,x", "tile_rivers.csv, Zeile 3, „north“: „x“ ist keine Zahl."),
        ("Elbe,1,0,2 Elbe,1,6,2", "tile_rivers.csv, Zeile 3: „Elbe|1“ (river, bend) steht schon in Zeile 2."),
        ("Elbe,1,0,2 Elbe,2,31,2", "tile_rivers.csv, Zeile 3, „west“: 31 ist zu groß."),
    ],
)
def test_rivers_that_cannot_be_are_refused(rivers: str, said: str) -> None:
    assert refusal(files(rivers=rivers)) == said


def refusal(given: dict[str, bytes]) -> str:
    with pytest.raises(UserError) as caught:
        city.read("musterstadt", given)
    return Text("de").error(caught.value)[0]


# ---------------------------------------------------------------- worked out

SPOT = st.tuples(st.floats(-180, 180), st.floats(-89, 89))


@given(st.lists(SPOT, max_size=40))
@example([(12.0, 51.0)] * 5)  # all in one place
@example([(12.0, 51.0 + n / 100) for n in range(9)])  # all in one line
def test_each_district_has_one_tile_of_its_own(spots: list[Point]) -> None:
    centres = {f"{number:02}": spot for number, spot in enumerate(spots)}
    found = tiles.worked_out(centres)
    assert found.keys() == centres.keys()
    assert len(set(found.values())) == len(centres)
    assert all(1 <= side <= tiles.MOST for tile in found.values() for side in tile)
    assert not found or min(tile.column for tile in found.values()) == min(tile.row for tile in found.values()) == 1
    assert tiles.worked_out(dict(centres)) == found


def dessau(kind: str) -> dict[str, tuple[Point, Tile]]:
    """District → its centre and its tile: set by hand, or worked out."""
    with (default_city() / "districts.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    centres = {row["short_name"]: (float(row["lon"]), float(row["lat"])) for row in rows}
    by_hand = {row["short_name"]: Tile(int(row["tile_column"]), int(row["tile_row"])) for row in rows}
    placed = by_hand if kind == "by hand" else tiles.worked_out(centres)
    return {name: (centre, placed[name]) for name, centre in centres.items()}


@pytest.mark.parametrize("kind", ["by hand", "worked out"])
def test_the_map_keeps_its_directions(kind: str) -> None:
    """Of two districts that lie clearly east and west, or north and south, hardly any change sides."""
    kept = changed = 0
    for (a, tile_a), (b, tile_b) in combinations(dessau(kind).values(), 2):
        east, north = (a[0] - b[0]) * 68.8, (a[1] - b[1]) * 111.3  # kilometres
        for way, side in ((east, tile_a.column - tile_b.column), (north, tile_b.row - tile_a.row)):
            if abs(way) > 2:
                kept, changed = kept + (way * side > 0), changed + (way * side < 0)
    assert kept > 300
    assert changed <= 0.02 * (kept + changed)
    rows, columns = (max(tile[side] for _, tile in dessau(kind).values()) for side in (1, 0))
    assert rows <= 6 and columns <= 6  # or the map does not fit a projector


def test_the_rivers_of_dessau_lie_between_their_banks() -> None:
    """North of the Elbe lie six districts, and east of the Mulde four."""
    placed = {name: tile for name, (_, tile) in dessau("by hand").items()}
    north = {"Streetz", "Mühlstedt", "Brambach", "Rodleben", "Roßlau", "Meinsdorf"}
    east = {"Waldersee", "Mildensee", "Kleutsch", "Sollnitz"}
    assert {name for name, tile in placed.items() if tile.row <= 2} == north
    assert {name for name, tile in placed.items() if tile.column > 5 and tile.row > 2} == east
    with (default_city() / "tile_rivers.csv").open(encoding="utf-8", newline="") as file:
        bends = list(csv.DictReader(file))
    assert {row["north"] for row in bends if row["river"] == "Elbe"} == {"2"}
    assert {row["west"] for row in bends if row["river"] == "Mulde"} == {"5"}
