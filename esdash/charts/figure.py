"""A figure that is ready to be sent: its parts are taken as they are, once."""

from collections.abc import Sequence
from typing import Any

from plotly.basedatatypes import BaseFigure


class Figure(BaseFigure):  # type: ignore[misc]  # plotly has no types
    """Traces and layout as plotly's browser code reads them, in plain dictionaries that nobody changes any more.

    plotly's own figure checks every value when it is made (5 ms for a map) and is copied whole whenever Streamlit
    sends it, at every click (1 to 2 ms). Tests check ours (tests/charts/test_figure.py).
    """

    def __init__(self, data: Sequence[dict[str, Any]], layout: dict[str, Any]) -> None:
        """Take the traces and the layout, without the set-up of plotly's own figure."""
        self._ready = {"data": list(data), "layout": layout}

    def to_dict(self) -> dict[str, Any]:
        """The figure itself, no copy."""
        return self._ready
