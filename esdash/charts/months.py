"""A time axis in the language of the visitor; plotly itself would write English."""

from collections.abc import Sequence
from datetime import date

import pandas as pd

from esdash.texts import Text

MOST = 8  # most month names on an axis, so that they fit on a phone


def months(days: Sequence[date], today: date, text: Text) -> dict[str, list[object]]:
    """Ticks at the first of each month between these days; the year stands below the first one and each January."""
    last, first = max(days, default=today), min(days, default=today)
    firsts = [stamp.date() for stamp in pd.date_range(first.replace(day=1), last, freq="MS")]
    shown = firsts[:: 1 + len(firsts) // MOST]
    return {
        "tickvals": list(shown),
        "ticktext": [_month(day, day == shown[0] or day.month == 1, text) for day in shown],
    }


def _month(day: date, with_year: bool, text: Text) -> str:
    return text(f"month.{day.month}") + (f"<br>{day.year}" if with_year else "")
