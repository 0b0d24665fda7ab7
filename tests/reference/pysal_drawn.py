"""Coverage of the inputs of drawn.py, computed with PySAL `access`, for test_pysal_coverage.py.

Run by hand where pysal_coverage.py runs (it says how), from the folder of the repository:

    PYTHONPATH=. pysal/bin/python tests/reference/pysal_drawn.py

Written with access 1.1.10.post3. It writes expected_25x500.csv and expected_2000x2000.csv beside itself: coverage with
all digits, of the large input every tenth point, and in the last row the sum over all points.
"""

import math

import pandas as pd
from access import Access, weights

from tests.reference import drawn
from tests.reference.pysal_coverage import STEPS, write

STORED = 200


def coverage_of(tables: drawn.Tables) -> pd.Series:
    """District → coverage (enhanced two-step floating catchment)."""
    population, planning, travel, offers = tables
    per_100 = float(planning[0]["places_per_100"])
    need = pd.Series({row["district"]: float(row["persons"]) * per_100 / 100 for row in population})
    supply = pd.Series({row["offer"]: float(row["places"]) for row in offers})
    ways = pd.DataFrame(travel).astype({"minutes": float})
    homes = pd.DataFrame(offers)[["offer", "home"]]
    cost = homes.merge(ways, left_on="home", right_on="from")[["to", "offer", "minutes"]]
    reach = Access(
        demand_df=need.to_frame("places").rename_axis("district"),
        demand_value="places",
        supply_df=supply.to_frame("places").rename_axis("offer"),
        supply_value="places",
        cost_df=cost,
        cost_origin="to",
        cost_dest="offer",
        cost_name="minutes",
    ).enhanced_two_stage_fca(name="e2sfca", cost="minutes", max_cost=max(STEPS), weight_fn=weights.step_fn(STEPS))
    return reach["e2sfca_places"].reindex(sorted(need.index)).fillna(0.0)


def main() -> None:
    for name, tables in drawn.DRAWN.items():
        found = coverage_of(tables())
        rows = [("german", "adults", key, repr(float(value))) for key, value in found.items()]
        rows = rows[:: max(1, len(rows) // STORED)]
        total = ("all", "all", "sum", repr(math.fsum(found)))
        write(f"expected_{name}.csv", ("theme", "group", "district", "coverage"), [*rows, total])


if __name__ == "__main__":
    main()
