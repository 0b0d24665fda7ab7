"""The common look of all figures: colours, states of coverage, layout."""

from typing import Any

INK = "#1F2933"
QUIET = "#5C6670"
LINE = "#D5DBE1"
ACCENT = "#005F8F"
ATTENTION = "#B3400B"

# One colour and one sign for each state of coverage, in all figures and files: of a single theme × target group ×
# district, of a sum of several (in quarters), and where nothing reaches or nothing is known.
STATES = {
    "covered": "#2F7FAE",
    "partial": "#A9CBE0",
    "thin": "#F3B79A",
    "quarter_4": "#2F7FAE",
    "quarter_3": "#A9CBE0",
    "quarter_2": "#FAE0D2",
    "quarter_1": "#F3B79A",
    "white": "#FFFFFF",
    "small": "#FBF8F6",
    "unknown": "#F3F5F7",
    "not_surveyed": "#E3E6EA",
    "not_applicable": "#FFFFFF",
}
WITHOUT_FIGURE = ("unknown", "not_surveyed", "not_applicable")
DARK = ("covered", "quarter_4")  # white letters on these
SIGNS = {"white": "✕", "small": "○", "unknown": "?", "not_surveyed": "?", "not_applicable": "\N{EN DASH}"}

# Change of a cell between two states: colour, and a sign if the number alone is not clear.
CHANGES = {
    "closed": "#2F7FAE",
    "better": "#A9CBE0",
    "same": "#F3F5F7",
    "worse": "#F3B79A",
    "opened": "#FFFFFF",
    "found": "#E3E6EA",
    "lost": "#E3E6EA",
    "unknown": "#E3E6EA",
}
CHANGE_SIGNS = {"closed": "✓", "opened": "✕", "same": "=", "unknown": "?"}

# Number of offers: 0, 1, 2, 3, 4, 5 and more.
COUNTS = ["#F3F5F7", "#DCEAF3", "#C3DBEA", "#A9CBE0", "#67A1C5", "#2F7FAE"]

# The four criteria of the priority list; each at least 3:1 on white.
CRITERIA = {"size": "#005F8F", "seriousness": "#D55E00", "inequity": "#009E73", "effectiveness": "#5C6670"}


def layout(height: int, **more: Any) -> dict[str, Any]:
    """Layout of a figure of the given height [pixels], without frame and zoom."""
    return {
        "height": height,
        "margin": {"l": 0, "r": 0, "t": 8, "b": 0},
        "font": {"color": INK, "size": 13},
        "plot_bgcolor": "rgba(0,0,0,0)",
        "paper_bgcolor": "rgba(0,0,0,0)",
        "showlegend": False,
        "dragmode": False,
        "hoverlabel": {"bgcolor": "#FFFFFF", "bordercolor": LINE, "font": {"color": INK}, "align": "left"},
        **more,
    }


def axis(**more: Any) -> dict[str, Any]:
    """An axis without grid and zero line."""
    return {"showgrid": False, "zeroline": False, "fixedrange": True, "automargin": True, **more}


def short(name: str, letters: int = 26) -> str:
    """A name cut to the room beside an axis."""
    return name if len(name) <= letters else name[: letters - 1].rstrip() + "…"


CONFIG = {"displayModeBar": False, "responsive": True}
