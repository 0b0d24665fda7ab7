"""The common look of all figures: colours, states of coverage, layout."""

from typing import Any

INK = "#1F2933"
QUIET = "#5C6670"
LINE = "#D5DBE1"
ACCENT = "#005F8F"
ATTENTION = "#B3400B"

# One colour for each state of coverage: of a single theme × target group ×
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
    "unknown": "#E3E6EA",
    "not_surveyed": "#E3E6EA",
    "none_known": "#F1EDE6",
    "open": "#FFFFFF",
    "not_applicable": "#FFFFFF",
}

# Missing places: more missing is stronger. Number of offers: 0, 1, 2, 3, 4, 5 and more. Changes: diverging around 0.
_MISSING = ["#F3F5F7", "#FDF6F2", "#FBE3D6", "#F2B899", "#DE7E4F", "#B3400B"]
_OFFERS = ["#F3F5F7", "#DCEAF3", "#C3DBEA", "#A9CBE0", "#67A1C5", "#2F7FAE"]
_CHANGES = {
    **{"worse_2": "#DC8C63", "worse_1": "#F3CBB4", "same": "#F3F5F7", "better_1": "#A9CBE0", "better_2": "#2F7FAE"}
}

# The colour of each class of the key (wording/classes.py), in all figures and files.
COLOURS = {
    **STATES,
    **{f"missing_{number}": colour for number, colour in enumerate(_MISSING)},
    **{f"offers_{number}": colour for number, colour in enumerate(_OFFERS)},
    **_CHANGES,
}
DARK = ("covered", "quarter_4", "missing_5", "offers_5", "better_2")  # white letters on these
STRONG = ("thin", "partial", "quarter_1", "quarter_3", "missing_3", "missing_4", "offers_3", "offers_4")  # no grey ones

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
