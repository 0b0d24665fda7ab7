"""Points on the map: the district they lie in, and the net that a click falls on."""

import pytest

from esdash.analysis.records import ground
from esdash.inventory import Inventory
from esdash.inventory.access import Action
from tests.people import ADA

# Two squares side by side, the left one with a dent from the east: (lon, lat)
LEFT = [[11.00, 52.00], [11.01, 52.00], [11.005, 52.005], [11.01, 52.01], [11.00, 52.01]]
RIGHT = [[11.01, 52.00], [11.02, 52.00], [11.02, 52.01], [11.01, 52.01]]


@pytest.fixture
def shaped(tiny: Inventory) -> Inventory:
    with tiny.change(ADA, Action.EDIT_RECORDS) as change:
        shapes = {
            "01": {"type": "Polygon", "coordinates": [LEFT]},
            "02": {"type": "MultiPolygon", "coordinates": [[RIGHT]]},
            "03": None,
        }
        change.update(
            "district",
            [{"district_id": key, "geometry": shape} for key, shape in shapes.items()],
        )
    return tiny


def test_each_point_of_the_net_lies_in_its_district(shaped: Inventory) -> None:
    net = ground.net(shaped)
    left = net[net["district_id"] == "01"]
    dent = 11.005 + (left["lat"] - 52.005).abs()  # its two sides run from the corners to (11.005, 52.005)
    assert (left["lon"] <= dent + 0.00002).all()  # points are rounded to 0.00001 degrees
    assert ((left["lat"] < 52.002) & (left["lon"] > 11.0075)).any()  # the corner above and below the dent
    assert net.loc[net["district_id"] == "02", "lon"].min() > 11.0099
    assert net["lat"].between(51.9999, 52.0101).all()


def test_the_net_covers_the_city_and_nothing_else(shaped: Inventory) -> None:
    net = ground.net(shaped)
    assert set(net["district_id"]) == {"01", "02"}
    # by area: the left square lost a quarter of itself
    assert (net["district_id"] == "01").mean() == pytest.approx(0.75 / 1.75, abs=0.03)
    assert len(net) <= ground.COARSE**2
    assert (net["lon"].min(), net["lon"].max()) == pytest.approx((11.0, 11.02), abs=0.0006)


def test_a_close_net_is_fine(shaped: Inventory) -> None:
    net = ground.net(shaped, (52.005, 11.015))
    steps = net["lat"].drop_duplicates().sort_values().diff().dropna()
    assert steps.max() * ground.KM_PER_DEGREE * 1000 == pytest.approx(77, abs=2)  # 2.4 km in 31 steps


def test_districts_without_shapes(tiny: Inventory) -> None:
    with tiny.change(ADA, Action.EDIT_RECORDS) as change:
        change.update("district", [{"district_id": key, "geometry": None} for key in ("01", "02", "03")])
    net = ground.net(tiny)
    assert net["district_id"].isna().all() and len(net)
