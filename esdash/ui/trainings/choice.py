"""What a person looks at on the page Schulungen, and what the plan shall keep to; the URL carries it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from functools import partial

import streamlit as st

from esdash.analysis.bundling.bundling import Wish
from esdash.analysis.bundling.solver import Pair
from esdash.analysis.judgements import BUNDLE_DAYS, BUNDLE_KM, MOVE_PRICE_EUR
from esdash.texts import Text
from esdash.ui.shell import url
from esdash.wording.names import Names

VIEWS = ("sessions", "plan", "modules")
PARTS = ("merges", "held", "free", "topics", "access", "uncounted")  # tables below the picture of the plan
# Steps of the sliders: fine where people try, coarse where it makes little difference.
DAYS = ("0", "3", "7", "10", "14", "21", "28", "42", "60")
KILOMETRES = ("0", "1", "2", "3", "4", "6", "8", "10", "15", "20")
PRICES = ("0", "1", "2", "3", "5", "7", "10", "15", "20", "30")
MOST_PAIRS = 50  # pinned or forbidden merges that a link may name

DEFAULTS: dict[str, url.Value | None] = {
    **{"trainings": VIEWS[0], "module": [], "provider": [], "plan": PARTS[0]},
    **{"days": f"{BUNDLE_DAYS}", "km": f"{BUNDLE_KM}", "price": f"{MOVE_PRICE_EUR}"},
    **{"pin": [], "ban": [], "merge": None},
}
_SLIDERS = {"days": DAYS, "km": KILOMETRES, "price": PRICES}


def take(names: Names, providers: Collection[str], sessions: Collection[str]) -> None:
    """Bring the URL into the state of the widgets; `sessions` are those that a merge can name."""
    named = Pairs(set(sessions))
    valid: dict[str, Collection[str]] = {
        "trainings": VIEWS,
        "module": set(names.ids("module")),
        "provider": set(providers),
        "plan": PARTS,
        **_SLIDERS,
        **{"pin": named, "ban": named, "merge": named},
    }
    url.take("trainings", DEFAULTS, valid)


def give() -> None:
    """Write the choice into the URL."""
    url.give("trainings", DEFAULTS)


def view(text: Text) -> str:
    """The switch between the three parts of the page."""
    chosen = st.segmented_control(
        text("plan.view"),
        VIEWS,
        key="trainings",
        required=True,
        format_func=lambda name: text(f"plan.view_{name}"),
        label_visibility="collapsed",
        wrap=True,
    )
    return str(chosen)


def part(text: Text, counts: dict[str, int]) -> str:
    """The switch between the tables of the plan, each with how many rows it has."""
    st.session_state["plan"] = st.session_state["plan"]  # sends new labels to the browser, which knows a choice by them
    chosen = st.segmented_control(
        text("plan.part"),
        PARTS,
        key="plan",
        required=True,
        format_func=lambda name: text("care.counted", name=text(f"plan.part_{name}"), n=counts[name]),
        label_visibility="collapsed",
        wrap=True,
    )
    return str(chosen)


def sliders(text: Text) -> None:
    """How far apart in days and kilometres, and what a move weighs, in one row."""
    with st.container(horizontal=True, gap="medium", vertical_alignment="bottom"):
        for name, steps in _SLIDERS.items():
            st.select_slider(
                text(f"plan.slider_{name}"),
                steps,
                key=name,
                format_func=partial(_step, name, text),
                help=text(f"plan.slider_{name}_help"),
                width=300,
            )


def _step(name: str, text: Text, step: str) -> str:
    return text(f"plan.step_{name}", n=int(step))


def wish() -> Wish:
    """What the plan shall keep to."""
    state = st.session_state
    return Wish(int(state["days"]), float(state["km"]), float(state["price"]), pairs(state["pin"]), pairs(state["ban"]))


def pairs(words: Sequence[str]) -> tuple[Pair, ...]:
    """Merges as the URL names them: s|k."""
    split = [word.split("|") for word in words[:MOST_PAIRS]]
    return tuple((first, second) for first, second in split)


class Pairs(Collection[str]):
    """All merges of sessions, as the URL may name them, without writing them all down."""

    def __init__(self, sessions: set[str]) -> None:
        self.sessions = sessions

    def __contains__(self, word: object) -> bool:
        first, mark, second = str(word).partition("|")
        return bool(mark) and first != second and {first, second} <= self.sessions

    def __iter__(self) -> Iterator[str]:
        return (f"{first}|{second}" for first in self.sessions for second in self.sessions if first != second)

    def __len__(self) -> int:
        return len(self.sessions) * (len(self.sessions) - 1)


# ---------------------------------------------------------------- what buttons do


def pin(pair: str) -> None:
    """This merge must be."""
    release(pair)
    st.session_state["pin"] = [*st.session_state["pin"], pair]


def ban(pair: str) -> None:
    """This merge must not be."""
    release(pair)
    st.session_state["ban"] = [*st.session_state["ban"], pair]


def release(pair: str) -> None:
    """The plan decides about this merge again."""
    for name in ("pin", "ban"):
        st.session_state[name] = [other for other in st.session_state[name] if other != pair]


def look_at(pair: str | None) -> None:
    """Show the details of a merge."""
    st.session_state["merge"] = pair


def from_chart() -> None:
    """A click on a session that goes into another shows that merge."""
    points = st.session_state["plan_chart"]["selection"]["points"]
    if points and points[0].get("customdata"):
        data = points[0]["customdata"]
        look_at(data[0] if isinstance(data, list) else data)
