"""Tables of the analysis in words: names for ids, words for states, columns with headings."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pandas as pd

from esdash.analysis.maintenance import keeping
from esdash.analysis.records import records, search
from esdash.analysis.records.search import Chosen
from esdash.analysis.trainings import training
from esdash.inventory import Inventory
from esdash.inventory.cached import cached
from esdash.texts import Text, is_missing
from esdash.wording import labels
from esdash.wording.columns import Column, headed
from esdash.wording.entries import weekly
from esdash.wording.names import Names, names_of


def initiatives(inventory: Inventory, text: Text, query: str, chosen: Chosen) -> pd.DataFrame:
    """One row per chosen initiative with names and words."""
    return _initiatives(inventory, text, query, [(facet, chosen[facet]) for facet in sorted(chosen) if chosen[facet]])


@cached
def _initiatives(inventory: Inventory, text: Text, query: str, chosen: list[tuple[str, Sequence[str]]]) -> pd.DataFrame:
    names, frame = names_of(inventory, text), search.initiatives(inventory, query, dict(chosen))
    frame["themes"] = _joined(frame["theme_ids"], "theme", names)
    frame["target_groups"] = _joined(frame["target_group_ids"], "target_group", names)
    frame["languages"] = _joined(frame["language_ids"], "language", names)
    frame["when"] = [weekly(times, text) for times in frame["times"]]
    frame["where"] = [_where(row, names) for row in frame[["mode", "district_id", "district_ids"]].itertuples()]
    frame["status_word"] = frame["status_today"].map(lambda value: labels.choice(text, "status", value))
    frame["freshness_word"] = frame["freshness"].map(lambda value: text(f"freshness.{value}"))
    frame["state_and_day"] = [
        _state(row.running, row.status_word, row.freshness_word, row.assured_on, text) for row in frame.itertuples()
    ]
    for name in search.DECLARED:
        frame[name] = [text.value(answer) for answer in frame[name]]
    return frame


def _state(running: bool, status: str, freshness: str, day: Any, text: Text) -> str:
    """How far an offer can be relied on, with the day of its confirmation; where it does not run, its status."""
    if not running:
        return status
    return freshness if is_missing(day) else f"{freshness}, {text.date(day)}"


def initiatives_on_screen(text: Text) -> list[Column]:
    """Columns of the table of initiatives, as many as are read across a room."""
    state = ("state_and_day", "initiatives.column_state")
    return headed(text, "initiative", "name", "organization", "themes", "where", "when", "capacity", state)


def initiative_columns(text: Text) -> list[Column]:
    """Columns of the download of initiatives."""
    return headed(
        text,
        "initiative",
        *("name", "organization", "themes", "target_groups", "where", "when", "languages", "capacity", "waiting"),
        *("volunteers_active", "volunteers_wanted", *search.DECLARED, "status_word", "assured_on", "freshness_word"),
    )


@cached
def listed(inventory: Inventory, text: Text, table: str, query: str, state: str, light: str) -> pd.DataFrame:
    """One row per record that keeping.listed finds, in words."""
    return in_words(text, keeping.listed(inventory, table, query, state, light))


def in_words(text: Text, frame: pd.DataFrame) -> pd.DataFrame:
    """Records of any kind (keeping.listed) with words: kind, title, what stands beside it, status, light, to check."""
    rows = frame.to_dict("records")
    return frame.assign(
        kind_word=[labels.kind(text, row["table_name"]) for row in rows],
        title=[labels.title(text, row) for row in rows],
        about=[_about(row) for row in rows],
        status_word=[labels.choice(text, "status", row["status_today"]) for row in rows],
        light_word=[labels.light(text, row["light"]) for row in rows],
        reason_words=[
            ", ".join(text(f"record.reason_{reason}") for reason in row["reasons"] if reason not in ("never", "stale"))
            or text("word.no_entry")  # nothing is to check, which is not unknown
            for row in rows
        ],
    )


def _about(row: Mapping[Any, Any]) -> str | None:
    """The detail beside a name: the organisation; for an organisation its kind, for a place its address."""
    if row["table_name"] == "organization":
        parts = [row["organization_kind"]]
    elif row["table_name"] == "location":
        street = " ".join(part for part in (row["street"], row["postcode"]) if isinstance(part, str))
        parts = [street, row["district"]]
    else:
        parts = [row["organization"]]
    return ", ".join(part for part in parts if isinstance(part, str) and part) or None


def records_in_words(inventory: Inventory, names: Names, table: str, query: str, chosen: Chosen) -> pd.DataFrame:
    """One row per chosen record of any kind (search.records) in words, with its district; record_id first."""
    frame = in_words(names.text, search.records(inventory, table, query, chosen))
    return frame.assign(
        freshness_word=frame["light_word"],
        where=[names.short("district", key) if isinstance(key, str) else None for key in frame["district_id"]],
    )


def record_columns(text: Text, table: str) -> list[Column]:
    """Columns of a list of records of any kind."""
    return headed(text, table, "name", "organization", "where", "status_word", "assured_on", "freshness_word")


def organizations(inventory: Inventory, frame: pd.DataFrame, everything: bool) -> pd.DataFrame:
    """Providers and partners of the chosen initiatives; `everything`: also organisations without initiatives."""
    found = records.organizations(inventory)
    found = found[found["status"] == "active"]
    if everything:
        return found
    chosen = set(frame["organization_id"]).union(*(items(ids) for ids in frame["partner_ids"]))
    return found[found["organization_id"].isin(chosen)]


def organization_columns(text: Text) -> list[Column]:
    """Columns of the table and the download of organisations."""
    return headed(text, "organization", "name", "kind", "offers", "courses", "website", "assured_on", "source")


@cached
def sessions(inventory: Inventory, text: Text) -> pd.DataFrame:
    """Sessions with words for place and state."""
    frame = training.sessions(inventory)
    frame["where"] = [
        text("mode.online") if mode == "online" else text.value(place)
        for mode, place in zip(frame["mode"], frame["place"], strict=True)
    ]
    frame["modules"] = _joined(frame["module_ids"], "module", names_of(inventory, text))
    frame["status_word"] = frame["status"].map(lambda value: labels.choice(text, "status", value))
    return frame


@cached
def coming(inventory: Inventory, text: Text) -> pd.DataFrame:
    """The sessions that are to come, by date."""
    frame = sessions(inventory, text)
    return frame[frame["upcoming"].astype(bool)]


def taught(frame: pd.DataFrame, modules: Sequence[str], providers: Sequence[str]) -> pd.DataFrame:
    """Courses or sessions that teach one of the modules at one of the providers; no choice means all."""
    if modules:
        frame = frame[[bool(set(modules) & set(items(ids))) for ids in frame["module_ids"]]]
    return frame[frame["organization_id"].isin(providers)] if providers else frame


def session_columns(text: Text) -> list[Column]:
    """Columns of the table and the download of training sessions."""
    names = (
        "starts_on",
        "course",
        "organization",
        "where",
        "seats",
        "booked",
        "free",
        "waiting",
        "status_word",
        "modules",
    )
    return headed(text, "session", *names)


@cached
def courses(inventory: Inventory, text: Text) -> pd.DataFrame:
    """Courses with the names of their modules and languages."""
    names, frame = names_of(inventory, text), training.courses(inventory)
    frame["modules"] = _joined(frame["module_ids"], "module", names)
    frame["languages"] = _joined(frame["language_ids"], "language", names)
    frame["level_word"] = [labels.choice(text, "level", v) if isinstance(v, str) else None for v in frame["level"]]
    return frame


@cached
def providers(inventory: Inventory, text: Text) -> list[str]:
    """Ids of the organisations with a course, in the order of their names."""
    return names_of(inventory, text).by_name("organization", set(courses(inventory, text)["organization_id"]))


def course_columns(text: Text) -> list[Column]:
    """Columns of the table of courses."""
    names = (
        "name",
        "organization",
        "modules",
        "level_word",
        "hours",
        "languages",
        "upcoming",
        "next_on",
        "free",
        "waiting",
    )
    return headed(text, "course", *names)


def in_order(frame: pd.DataFrame, key: str, found: Iterable[str]) -> pd.DataFrame:
    """The rows of a frame that were found, in the order in which they were (search.records)."""
    place = {record_id: number for number, record_id in enumerate(found)}
    return frame[frame[key].isin(place)].sort_values(key, key=lambda ids: ids.map(place), kind="stable")


def items(values: Any) -> list[Any]:
    """The items of a list cell; none if the list is unknown."""
    return list(values) if isinstance(values, Iterable) and not isinstance(values, str) else []


def _where(row: Any, names: Names) -> str:
    text = names.text
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
