"""The list of organisations in words: what each offers, seeks and promised."""

from collections.abc import Sequence
from typing import Any

import pandas as pd

from esdash.analysis.actors import organizations
from esdash.analysis.records import search
from esdash.analysis.records.search import Chosen
from esdash.inventory import Inventory
from esdash.inventory.cached import cached
from esdash.texts import Text, is_missing
from esdash.wording import actors
from esdash.wording.columns import Column, headed
from esdash.wording.escaping import bold
from esdash.wording.listing import in_order, items
from esdash.wording.names import names_of

SHOWN = ("name", "kind", "offers", "wanted", "promises_open", "partners", "languages")  # seven on the screen
BESIDE = ("sector", "courses", "contact_points", "promises_kept", "districts", "tied_on", "website")  # more in files


def listed(inventory: Inventory, text: Text, query: str, chosen: Chosen) -> pd.DataFrame:
    """One row per active organisation that fits, in words; its id first. Broken promises are left out."""
    return _listed(inventory, text, query, [(facet, chosen[facet]) for facet in sorted(chosen) if chosen[facet]])


@cached
def _listed(inventory: Inventory, text: Text, query: str, chosen: list[tuple[str, Sequence[str]]]) -> pd.DataFrame:
    names, frame = names_of(inventory, text), organizations.actors(inventory)
    if query or chosen:
        found = search.records(inventory, "organization", query, dict(chosen))["record_id"]
        frame = in_order(frame, "organization_id", found).reset_index(drop=True)
    frame = frame.drop(columns="promises_broken")
    frame["districts"] = [_names(names.all("district", of), of) for of in map(items, frame["district_ids"])]
    frame["languages"] = [_names(names.all("language", of), of) for of in map(items, frame["language_ids"])]
    frame["sector"] = [actors.sector(inventory, key, text) for key in frame["organization_id"]]
    return frame


def _names(words: str, of: list[Any]) -> str | None:
    return words if of else None


def columns(text: Text, files: bool = False) -> list[Column]:
    """Columns of the list; `files`: also those that only files have."""
    named = {
        **{"offers": "actors.column_offers", "wanted": "actors.column_wanted", "partners": "actors.column_partners"},
        **{"promises_open": "actors.column_promises_open", "promises_kept": "actors.column_promises_kept"},
        **{"tied_on": "actors.column_tied_on", "sector": "actors.column_sector", "courses": "actors.column_courses"},
        **{"contact_points": "actors.column_contact_points", "districts": "actors.column_districts"},
        "languages": "actors.column_languages",
    }
    names = (*SHOWN, *BESIDE) if files else SHOWN
    return headed(text, "organization", *((name, named[name]) if name in named else name for name in names))


def brief(row: Any, text: Text) -> list[str]:
    """An organisation in a few lines, the kind first."""
    said = [text.value(row.kind)]
    if not is_missing(row.description):
        said.append(row.description)
    said.append(text("actors.brief", offers=int(row.offers), partners=int(row.partners)))
    if not is_missing(row.languages):
        said.append(row.languages)
    return said


def sentence(inventory: Inventory, text: Text) -> str:
    """All organisations in one sentence: how many, what they seek, what they promised."""
    frame = organizations.actors(inventory)
    if frame.empty:
        return text("actors.sentence_empty")
    seeking = frame[frame["wanted"].fillna(0) > 0]
    unknown = int(frame["wanted_unknown"].sum())
    unsaid = unknown and seeking.empty  # what nobody has said is not nothing
    parts = [
        text(
            "actors.sentence_unsaid" if unsaid else "actors.sentence",
            organizations=bold(text.count("actors.n_organizations", len(frame))),
            seeking=text.count("actors.n_organizations", len(seeking)),
            wanted=bold(text.number(int(seeking["wanted"].sum()))),
            open=bold(text.count("actors.n_promises", int(frame["promises_open"].sum()))),
            kept=text.number(int(frame["promises_kept"].sum())),
        )
    ]
    return " ".join([*parts, *([text.count("actors.wanted_unknown", unknown)] if unknown else [])])
