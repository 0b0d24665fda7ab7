"""The page state of Datenpflege, and the switches between its parts."""

from collections.abc import Mapping, Sequence

import pandas as pd
import streamlit as st

from esdash.analysis.duplicates import duplicates
from esdash.analysis.maintenance import freshness
from esdash.analysis.questions import questions
from esdash.inventory import Inventory
from esdash.texts import Text
from esdash.ui.shell.state import Maybe, OneOf, PageState, Words
from esdash.ui.widgets import filters
from esdash.wording import labels

ALL = "all"
KEPT_TABLES = ("initiative", "location", "course", "contact", "organization", "contact_point")


class Care(PageState):
    """The open part, and the choices in each part."""

    page = "care"
    part = OneOf(("todo", "ask", "stale", "doubles", "safety"), link="care")
    todo = OneOf((ALL, *freshness.GROUPS))
    stale = OneOf((ALL, *KEPT_TABLES))
    doubles = OneOf((ALL, *duplicates.TABLES))
    pair = Words()  # table|record|record
    joining = Maybe(("1",))  # whether the pair is being merged
    call = Words()  # the organisation whose answers are being typed in


CARE = Care()


def part(inventory: Inventory, text: Text) -> str:
    """The switch between the parts; returns the open part."""
    CARE.take(None, **_known(inventory))
    return filters.switch(Care.part, text("care.part"), lambda name: text(f"care_part.{name}"))


def _known(inventory: Inventory) -> dict[str, set[str]]:
    """The pairs and calls that a link may name. The part that lists them says itself what has gone since."""
    known: dict[str, set[str]] = {}
    shown = st.query_params.get("care")
    if st.query_params.get("pair"):
        known["pair"] = set(pair_keys(duplicates.queue(inventory)))
    if st.query_params.get("call"):
        known["call"] = set(questions.calls(inventory)["organization_id"])
    at_home = {"pair": "doubles", "call": "ask"}
    return {name: keys for name, keys in known.items() if not keys or shown != at_home[name]}


def pair_keys(queue: pd.DataFrame) -> list[str]:
    """The pairs of the queue as a link names them."""
    return ["|".join(row) for row in queue[["table_name", "a_id", "b_id"]].to_numpy()]


def kinds(text: Text, tables: Sequence[str], counts: Mapping[str, int], field: OneOf) -> str:
    """The switch between kinds of records, each with its number of records; kinds without any are left out."""

    def words(name: str) -> str:
        number = sum(counts.values()) if name == ALL else counts.get(name, 0)
        return text(
            "care.counted",
            name=text("care.every_kind") if name == ALL else labels.kind(text, name, several=True),
            n=number,
        )

    return filters.switch(field, text("care.kinds"), words, [ALL, *(table for table in tables if counts.get(table))])


def none_of(name: str) -> str | None:
    """The chosen option as a condition; None for "all"."""
    return None if name == ALL else name
