"""The map stays that of the city: a point far away is named beside it and does not shrink the districts."""

import pandas as pd
import pytest

from esdash import charts
from esdash.analysis.records import records
from esdash.inventory import Inventory


@pytest.fixture
def districts(tiny: Inventory) -> pd.DataFrame:
    """Three squares from 52 to 52.02 north and 11 to 11.02 east; half of their extent is 0.01 degrees."""
    return records.reference(tiny, "district")


def drawn(figure: dict[str, list[dict]]) -> list[float]:
    return [lat for trace in figure["data"] if trace["y"] is not None for lat in trace["y"] if lat is not None]


@pytest.mark.parametrize(
    ("lat", "lon", "shown"),
    [
        (52.005, 11.005, True),
        (52.029, 11.005, True),  # a partner outside, within half of the extent
        (52.04, 11.005, False),
        (11.005, 52.005, False),  # swapped
        (0.0, 0.0, False),
    ],
)
def test_points_far_away_are_named_and_not_drawn(lat: float, lon: float, shown: bool, districts: pd.DataFrame) -> None:
    points = pd.DataFrame({"lat": [52.004, lat], "lon": [11.004, lon], "name": ["Nah", "Fern"]}, index=[7, 9])
    assert charts.beyond(districts, points) == ({} if shown else {9: "Fern"})
    figure = charts.district_map(districts, {}, {}, points=points).to_dict()
    assert max(map(abs, drawn(figure))) <= 52.03 and min(drawn(figure)) >= 51.99
