"""One record of any kind: its state and its fields. The page adds the buttons for actions."""

from collections.abc import Callable, Collection, Mapping
from typing import Any, TypeAlias

import streamlit as st

from esdash.analysis.maintenance import keeping
from esdash.inventory import Inventory
from esdash.model.fields import Field
from esdash.model.kinds import BY_TABLE
from esdash.texts import Text
from esdash.ui.shell import url
from esdash.ui.widgets import badges
from esdash.ui.widgets.facts import fact
from esdash.wording import labels
from esdash.wording.escaping import plain
from esdash.wording.values import Values, values_of

Instead: TypeAlias = Mapping[str, str | Callable[[], None]]

CONSENT_COLOURS: dict[str, badges.Colour] = {"public": "green", "internal": "blue", "missing": "red", "expired": "red"}


def state(inventory: Inventory, text: Text, record: keeping.Kept) -> None:
    """Badges for status, traffic light and other reasons to check, beside them the day of the last confirmation."""
    listed = record.listed
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        badges.state(text, listed["status_today"], listed["light"])
        for reason in listed["reasons"]:
            if reason not in ("never", "stale"):  # the traffic light shows it already
                st.badge(text(f"record.reason_{reason}"), color="orange")
        if listed["table_name"] == "contact":
            consent = keeping.consent_state(inventory, record.values)
            if consent != "nobody":
                st.badge(text(f"record.consent_{consent}"), color=CONSENT_COLOURS[consent])
        st.caption(_confirmed(text, listed), width="content")


def _confirmed(text: Text, listed: Mapping[str, Any]) -> str:
    if listed["assured_on"] is None:
        return text("record.never_confirmed")
    who = plain(text.value(listed["assured_by"]))
    key = "record.confirmed" if listed["holds_until"] is None else "record.confirmed_until"
    return text(key, day=listed["assured_on"], who=who, until=listed["holds_until"])


def facts(
    inventory: Inventory,
    text: Text,
    record: keeping.Kept,
    instead: Instead | None = None,
    said: Collection[str] = (),
) -> None:
    """The fields of the record page in two columns.

    `instead`: other words for a field, or what draws them; `said`: fields that are shown elsewhere.
    """
    table = record.listed["table_name"]
    words, other = values_of(inventory, text, table), instead or {}
    for place, side in zip(st.columns(2, gap="medium"), ("left", "right"), strict=True):
        with place, st.container(gap="xsmall"):
            for field in BY_TABLE[table].on_page(side):
                if field.name not in said:
                    with fact(labels.label(text, field)):
                        drawn = other.get(field.name)
                        if callable(drawn):
                            drawn()
                        elif drawn:
                            st.text(drawn)
                        else:
                            _fact(words, field, record)
            if table == "contact" and side == "right":
                st.caption(text(f"record.consent_{keeping.consent_state(inventory, record.values)}_help"))


def link(label: str, table: str, record_id: str) -> None:
    """A link to the page of a record."""
    url.link("entry", plain(label), table=table, id=record_id)


def _fact(words: Values, field: Field, record: keeping.Kept) -> None:
    """A field with its value, never read as Markdown; names of other records link to their pages."""
    name, value = field.name, record.values[field.name]
    target = words.target(name)
    if target and value:
        for named in value if isinstance(value, list) else [value]:
            link(words.name(target, named), target, named)
    elif value is None and not field.meaning_of_missing(record.values):
        st.caption(words.value(name, value))
    else:
        st.text(words.value(name, value, record.values))
