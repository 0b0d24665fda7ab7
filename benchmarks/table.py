"""What all measurements share: the median of repeated runs, and the printed table."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Sequence


def median_milliseconds(run: Callable[[], object], repeat: int) -> float:
    """Median time of a function; its first call is not counted."""
    run()
    times = []
    for _ in range(repeat):
        began = time.perf_counter()
        run()
        times.append((time.perf_counter() - began) * 1000)
    return statistics.median(times)


def ratio(value: float, floor: float) -> str:
    """The ratio to the yardstick: "× 2.5"."""
    return f"× {value / floor:.1f}"


def show(title: str, heading: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """A Markdown table with aligned columns; numbers get one decimal."""
    cells = [[_written(cell) for cell in row] for row in (heading, *rows)]
    widths = [max(len(row[column]) for row in cells) for column in range(len(heading))]
    rule = [f"{'-' * width}" for width in widths]
    print(f"\n{title}\n")
    for row in (cells[0], rule, *cells[1:]):
        print("| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) + " |", flush=True)


def _written(cell: object) -> str:
    if cell is None:
        return "–"
    return f"{cell:.1f}" if isinstance(cell, float) else str(cell)
