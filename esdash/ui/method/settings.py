"""The values that we set (judgements), each with its reason, by the topic that they belong to."""

from collections.abc import Iterable

import streamlit as st

from esdash.analysis import judgements
from esdash.analysis.judgements import Judgement
from esdash.model.folding import fold
from esdash.texts import Text
from esdash.ui.method.choice import METHOD, Method
from esdash.ui.shell import page
from esdash.ui.shell.how import TOPICS
from esdash.ui.widgets import filters
from esdash.wording.escaping import plain

# Topic → the beginnings of the names of its values.
_OF = {
    "reach": ("reach_", "evening_from", "travel_"),
    "coverage": ("thin_below", "usual_severity"),
    "white": ("least_gap",),
    "bounds": ("usual_capacity_",),
    "overlap": ("overlap_", "same_", "urgency_"),
    "duplicate": ("duplicate_", "event_days", "idea_similar"),
    "bundling": ("bundle_", "move_", "usual_session", "half_empty"),
    "priority": ("usual_offer", "divided_share"),
    "effect": ("measure_due_soon",),
    "freshness": ("contact_stale", "description_stale", "silent_after", "leaflet_weeks"),
    "search": ("least_phone_digits",),
}


def of(topic: str) -> list[Judgement]:
    """The values of a topic, in the order of the methods."""
    return [entry for entry in judgements.listed() if entry.key.startswith(_OF.get(topic, ("-",)))]


def table(entries: Iterable[Judgement], text: Text, alt: str) -> None:
    """The values with unit and reason."""
    rows = [
        {
            text("column.judgement"): plain(text(f"judgement.{entry.key}")),
            text("column.value"): value(entry, text),
            text("column.reason"): plain(text(f"judgement.{entry.key}_why")),
        }
        for entry in entries
    ]
    st.table(rows, border="horizontal", hide_index=True, alt=alt)


def value(entry: Judgement, text: Text) -> str:
    """The value with its unit: 30 Tage; a share as a percentage; a weight without unit, as it has none."""
    if entry.unit == "share":
        return text.percent(entry.value)
    number = text.number(entry.value)
    return number if entry.unit in ("weight", "severity") else f"{number} {text(f'unit.{entry.unit}')}"


def show(text: Text) -> None:
    """All values by topic, or those in which the searched words occur."""
    st.caption(text("method.constants_note"))
    filters.typed(st, Method.query, text("method.search_settings"), text("method.search_placeholder"))
    found = {topic: [entry for entry in of(topic) if _fits(entry, text)] for topic in TOPICS}
    for topic, entries in found.items():
        if entries:
            page.heading(text(f"method.{topic}_title"))
            table(entries, text, text(f"method.{topic}_title"))
    if not any(found.values()):
        st.info(text("method.no_setting"))


def _fits(entry: Judgement, text: Text) -> bool:
    words = fold(f"{text(f'judgement.{entry.key}')} {text(f'judgement.{entry.key}_why')}")
    return all(fold(word) in words for word in METHOD.query.split())
