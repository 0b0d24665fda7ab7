"""How long 10,000 weightings of many items take, compared with only computing their scores."""

from __future__ import annotations

import numpy as np

from benchmarks import table
from esdash.analysis.priorities import priorities

REPEAT = 5
LONGEST = 1.0  # seconds for 500 items, around the agreed weights and over all weights together
ITEMS = (12, 150, 500)
SHARE = dict(zip(priorities.CRITERIA, (0.35, 0.30, 0.20, 0.15), strict=True))


def run() -> bool:
    """Print the table. False if it takes longer than allowed."""
    rows = [_measure(count) for count in ITEMS]
    heading = ("items", "weightings", "stability [ms]", "seconds", "floor [ms]", "ratio", "in time")
    table.show(f"Stability of an order (SMAA). Milliseconds, median of {REPEAT}", heading, rows)
    print("\nratio: to multiplying weights and criteria, without any rank, in the same run.")
    return all(row[-1] == "yes" for row in rows)


def _measure(count: int) -> tuple[str | int | float, ...]:
    values = np.random.default_rng(1).random((count, len(priorities.CRITERIA)))
    samples = priorities.weightings(SHARE)

    def stability() -> None:
        for sample in priorities.weightings(SHARE):
            priorities.first_rank_share(values, sample)

    took = table.median_milliseconds(stability, REPEAT)
    floor = table.median_milliseconds(lambda: [sample @ values.T for sample in samples], REPEAT)
    weightings = sum(len(sample) for sample in samples)
    in_time = "yes" if took < 1000 * LONGEST else "NO"
    return (count, weightings, took, f"{took / 1000:.2f}", floor, table.ratio(took, floor), in_time)
