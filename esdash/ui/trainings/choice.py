"""The page state of Schulungen, with the limits and wishes for the plan."""

from collections.abc import Collection, Iterator, Sequence
from functools import partial

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from esdash.analysis.bundling.bundling import Wish
from esdash.analysis.bundling.solver import Pair
from esdash.analysis.judgements import BUNDLE_DAYS, BUNDLE_KM, MOVE_PRICE_EUR
from esdash.texts import Text
from esdash.ui.shell.state import Many, Maybe, OneOf, PageState
from esdash.ui.widgets import filters
from esdash.wording.names import Names

PARTS = ("merges", "held", "free", "topics", "access", "uncounted")  # tables below the chart of the plan
# Steps of the sliders: fine for small values, coarse for large ones.
DAYS = ("0", "3", "7", "10", "14", "21", "28", "42", "60")
KILOMETRES = ("0", "1", "2", "3", "4", "6", "8", "10", "15", "20")
PRICES = ("0", "1", "2", "3", "5", "7", "10", "15", "20", "30")
MOST_PAIRS = 50  # most pinned or forbidden merges in a link


class Trainings(PageState):
    """The open part, the filters of the dates, and the plan: limits, pinned and forbidden merges, the merge shown."""

    page = "trainings"
    view = OneOf(("sessions", "plan", "modules"), link="trainings")
    modules = Many(link="module")
    providers = Many(link="provider")
    part = OneOf(PARTS, link="plan")
    days = OneOf(DAYS, default=f"{BUNDLE_DAYS}")
    km = OneOf(KILOMETRES, default=f"{BUNDLE_KM}")
    price = OneOf(PRICES, default=f"{MOVE_PRICE_EUR}")
    pinned = Many(link="pin")  # merges as s|k
    banned = Many(link="ban")
    merge = Maybe()


TRAININGS = Trainings()
_SLIDERS = {"days": Trainings.days, "km": Trainings.km, "price": Trainings.price}


def take(names: Names, providers: Collection[str], sessions: Collection[str]) -> None:
    """Read the link into the page state; `sessions`: ids that a merge may name."""
    pair = Pairs(set(sessions))
    TRAININGS.take(modules=names.ids("module"), providers=providers, pinned=pair, banned=pair, merge=pair)


def view(text: Text) -> tuple[str, DeltaGenerator]:
    """The switch between the three parts of the page, and the room beside it for filters."""
    left, right = st.columns([2, 3], gap="medium", vertical_alignment="bottom")
    with left:
        chosen = filters.switch(Trainings.view, text("plan.view"), lambda name: text(f"plan.view_{name}"))
    return chosen, right.container()


def part(text: Text, counts: dict[str, int]) -> str:
    """The switch between the tables of the plan, each with how many rows it has."""

    def words(name: str) -> str:
        return text("care.counted", name=text(f"plan.part_{name}"), n=counts[name])

    return filters.switch(Trainings.part, text("plan.part"), words, PARTS)


def sliders(text: Text) -> None:
    """The sliders in one row: limits in days and kilometres, price of a move."""
    for room, (name, field) in zip(st.columns(len(_SLIDERS), gap="medium"), _SLIDERS.items(), strict=True):
        room.select_slider(
            text(f"plan.slider_{name}"),
            field.options,
            key=field.key,
            format_func=partial(_step, name, text),
            help=text(f"plan.slider_{name}_help"),
        )


def _step(name: str, text: Text, step: str) -> str:
    return text(f"plan.step_{name}", n=int(step))


def wish() -> Wish:
    """The limits, price, and pinned and forbidden merges for the plan."""
    how_far = int(TRAININGS.days), float(TRAININGS.km), float(TRAININGS.price)
    return Wish(*how_far, pairs(TRAININGS.pinned), pairs(TRAININGS.banned))


def pairs(words: Sequence[str]) -> tuple[Pair, ...]:
    """Merges as texts of the URL: s|k."""
    split = [word.split("|") for word in words[:MOST_PAIRS]]
    return tuple((first, second) for first, second in split)


class Pairs(Collection[str]):
    """The set of all possible texts s|k, without storing them."""

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
    """Pin this merge: the plan must make it."""
    release(pair)
    TRAININGS.pinned = [*TRAININGS.pinned, pair]


def ban(pair: str) -> None:
    """Forbid this merge."""
    release(pair)
    TRAININGS.banned = [*TRAININGS.banned, pair]


def release(pair: str) -> None:
    """Unpin or allow this merge: the plan decides about it again."""
    TRAININGS.pinned = [other for other in TRAININGS.pinned if other != pair]
    TRAININGS.banned = [other for other in TRAININGS.banned if other != pair]


def look_at(pair: str | None) -> None:
    """Show the details of a merge."""
    TRAININGS.merge = pair


def from_chart() -> None:
    """A click on a session in the chart that goes into another shows that merge."""
    points = st.session_state["plan_chart"]["selection"]["points"]
    if points and points[0].get("customdata"):
        data = points[0]["customdata"]
        look_at(data[0] if isinstance(data, list) else data)
