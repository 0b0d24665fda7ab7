"""Frames of the analysis as people read them: names for ids, words for states, and the columns with their headings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from typing import Any

import pandas as pd
import streamlit as st

from esdash.analysis.records import records, search
from esdash.analysis.trainings import training
from esdash.inventory import Inventory
from esdash.texts import Text
from esdash.ui.shell.cached import kept
from esdash.ui.widgets.names import names_of
from esdash.wording.columns import Column
from esdash.wording.names import Names

LOOK_BACK = timedelta(days=60)  # of the time line: enough to see what just ran, without hiding what comes


def initiatives(inventory: Inventory, text: Text, query: str, chosen: Mapping[str, Sequence[str]]) -> pd.DataFrame:
    """One row per chosen initiative with names and words."""
    wanted = tuple((facet, tuple(options)) for facet, options in sorted(chosen.items()) if options)
    return _initiatives(inventory.state, inventory.today(), text.language, query, wanted, inventory)


@st.cache_resource(max_entries=32, show_spinner=False)  # not @kept: people search for anything, and frames are large
def _initiatives(
    state: tuple[str, int], today: Any, language: str, query: str, wanted: tuple[Any, ...], _inventory: Inventory
) -> pd.DataFrame:
    text = Text(language)
    lookup = names_of(_inventory, text)
    frame = search.initiatives(_inventory, query, dict(wanted))
    frame["themes"] = _joined(frame["theme_ids"], "theme", lookup)
    frame["target_groups"] = _joined(frame["target_group_ids"], "target_group", lookup)
    frame["languages"] = _joined(frame["language_ids"], "language", lookup)
    frame["when"] = [weekly(times, text) for times in frame["times"]]
    frame["where"] = [_where(row, lookup, text) for row in frame[["mode", "district_id", "district_ids"]].itertuples()]
    frame["status_word"] = frame["status_today"].map(lambda value: text(f"status.{value}"))
    frame["freshness_word"] = frame["freshness"].map(lambda value: text(f"freshness.{value}"))
    return frame


def initiative_columns(text: Text) -> list[Column]:
    """Columns of the table and the download of initiatives."""
    kinds = {
        "name": ("text", 40),
        "organization": ("text", 32),
        "themes": ("text", 30),
        "target_groups": ("text", 30),
        "where": ("text", 20),
        "when": ("text", 24),
        "languages": ("text", 20),
        "capacity": ("integer", None),
        "waiting": ("integer", None),
        "volunteers_active": ("integer", None),
        "volunteers_wanted": ("integer", None),
        "status_word": ("text", 12),
        "assured_on": ("date", None),
        "freshness_word": ("text", 20),
    }
    return _columns(kinds, text)


def organizations(inventory: Inventory, frame: pd.DataFrame, everything: bool) -> pd.DataFrame:
    """Organisations of the chosen initiatives, as their carrier or partner; `everything`: also those without any."""
    found = records.organizations(inventory)
    found = found[found["status"] == "active"]
    if everything:
        return found
    chosen = set(frame["organization_id"]).union(*(items(ids) for ids in frame["partner_ids"]))
    return found[found["organization_id"].isin(chosen)]


def organization_columns(text: Text) -> list[Column]:
    """Columns of the table and the download of organisations."""
    kinds: dict[str, tuple[str, float | None]] = {
        "name": ("text", 44),
        "kind": ("text", 28),
        "offers": ("integer", None),
        "courses": ("integer", None),
        "website": ("text", 30),
        "assured_on": ("date", None),
        "source": ("text", 40),
    }
    columns = _columns(kinds, text)
    return [Column("name", text("column.organization"), "text", 44), *columns[1:]]


@kept
def sessions(inventory: Inventory, text: Text) -> pd.DataFrame:
    """Sessions with words for place and state."""
    frame = training.sessions(inventory)
    frame["where"] = [
        text("mode.online") if mode == "online" else text.value(place)
        for mode, place in zip(frame["mode"], frame["place"], strict=True)
    ]
    frame["modules"] = _joined(frame["module_ids"], "module", names_of(inventory, text))
    frame["status_word"] = frame["status"].map(lambda value: text(f"session_status.{value}"))
    return frame


def time_line(inventory: Inventory, text: Text, modules: Sequence[str], providers: Sequence[str]) -> pd.DataFrame:
    """The sessions that the time line shows: those that come, and those that just ran."""
    frame = taught(sessions(inventory, text), modules, providers)
    recent = frame["starts_on"] >= pd.Timestamp(inventory.today() - LOOK_BACK)
    return frame[recent & (frame["status"] != "cancelled")]


def taught(frame: pd.DataFrame, modules: Sequence[str], providers: Sequence[str]) -> pd.DataFrame:
    """Courses or sessions that teach one of the modules at one of the providers; none chosen means all."""
    if modules:
        frame = frame[[bool(set(modules) & set(items(ids))) for ids in frame["module_ids"]]]
    return frame[frame["organization_id"].isin(providers)] if providers else frame


def session_columns(text: Text) -> list[Column]:
    """Columns of the table and the download of training sessions."""
    kinds = {
        "starts_on": ("date", None),
        "course": ("text", 40),
        "organization": ("text", 30),
        "where": ("text", 24),
        "seats": ("integer", None),
        "booked": ("integer", None),
        "free": ("integer", None),
        "waiting": ("integer", None),
        "status_word": ("text", 14),
        "modules": ("text", 40),
    }
    return _columns(kinds, text)


@kept
def courses(inventory: Inventory, text: Text) -> pd.DataFrame:
    """Courses with the names of their modules and languages."""
    frame, names = training.courses(inventory), names_of(inventory, text)
    frame["modules"] = _joined(frame["module_ids"], "module", names)
    frame["languages"] = _joined(frame["language_ids"], "language", names)
    frame["level_word"] = [text(f"level.{v}") if isinstance(v, str) else None for v in frame["level"]]
    return frame


def course_columns(text: Text) -> list[Column]:
    """Columns of the table of courses."""
    kinds = {
        "name": ("text", 40),
        "organization": ("text", 30),
        "modules": ("text", 40),
        "level_word": ("text", 14),
        "hours": ("decimal", None),
        "languages": ("text", 16),
        "upcoming": ("integer", None),
        "next_on": ("date", None),
        "free": ("integer", None),
        "waiting": ("integer", None),
    }
    return _columns(kinds, text)


def gaps(frame: pd.DataFrame, names: Names) -> pd.DataFrame:
    """Cells of coverage with names and words."""
    text = names.text
    frame["theme"] = [names.of("theme", key) for key in frame["theme_id"]]
    frame["target_group"] = [names.of("target_group", key) for key in frame["target_group_id"]]
    frame["district"] = [names.of("district", key) for key in frame["district_id"]]
    frame["state_word"] = frame["state"].map(lambda value: text(f"state.{value}"))
    frame["quality_word"] = [text(f"quality.{v}") if isinstance(v, str) else None for v in frame["quality"]]
    frame["persons_word"] = [
        people(persons, quality, text) for persons, quality in zip(frame["persons"], frame["quality"], strict=True)
    ]
    return frame


def people(persons: float, quality: str | None, text: Text) -> str:
    """How many people, as a table shows it; a hidden small number says so, it is not unknown (METHODS M4)."""
    return text("quality.suppressed") if quality == "suppressed" else text.number(persons, 0)


def gap_columns(text: Text) -> list[Column]:
    """Columns of the table and the download of gaps."""
    kinds = {
        "theme": ("text", 27),
        "target_group": ("text", 27),
        "district": ("text", 32),
        "gap_places": ("decimal", None),
        "persons": ("integer", None),
        "places_needed": ("decimal", None),
        "places_reaching": ("decimal", None),
        "coverage": ("percent", None),
        "state_word": ("text", 20),
        "quality_word": ("text", 14),
    }
    return _columns(kinds, text)


def items(values: Any) -> list[Any]:
    """The items of a list cell; none where the list is unknown."""
    return list(values) if isinstance(values, Iterable) and not isinstance(values, str) else []


def weekly(times: Iterable[Mapping[str, Any]] | None, text: Text) -> str:
    """Weekly times in words: "Mo 14:00–16:00"."""
    if times is None or (isinstance(times, float) and pd.isna(times)) or times is pd.NA:
        return text("word.unknown")
    parts = [
        f"{text('weekday_short.' + str(t['weekday']))} {text.value(t['begins'])}\N{EN DASH}{text.value(t['ends'])}"
        for t in times
    ]
    return ", ".join(parts) or "\N{EN DASH}"


def _where(row: Any, names: Names, text: Text) -> str:
    if row.mode == "online":
        return text("mode.online")
    if isinstance(row.district_id, str):
        return names.short("district", row.district_id)
    served = row.district_ids
    if served is None or served is pd.NA or isinstance(served, float):
        return text("word.unknown")
    return text("mode.mobile_in", districts=", ".join(names.short("district", key) for key in served))


def _joined(column: pd.Series, kind: str, names: Names) -> list[str]:
    return [names.all(kind, keys) for keys in column]


def _columns(kinds: Mapping[str, tuple[str, float | None]], text: Text) -> list[Column]:
    return [Column(name, text(f"column.{name}"), kind, width) for name, (kind, width) in kinds.items()]  # type: ignore[arg-type]
