"""Lists as people get them as a file: what the screen shows, how one gets there, whom to ask, and what is left out."""

from collections.abc import Sequence
from dataclasses import replace

import pandas as pd

from esdash.analysis.records import handed_out, records
from esdash.analysis.records.search import Chosen
from esdash.inventory import Inventory
from esdash.texts import Text
from esdash.wording import facets, labels, listing
from esdash.wording.columns import Column, headed
from esdash.wording.names import Names, names_of

_WHERE = (("place", "filtered.place"), "street", "postcode", "district")
_REACH = (
    *(("contact_role", "filtered.contact_role"), ("contact_name", "filtered.contact_name")),
    *(("contact_phone", "filtered.contact_phone"), ("contact_email", "filtered.contact_email")),
    *(("organization_phone", "filtered.organization_phone"), ("organization_email", "filtered.organization_email")),
    *("website", ("organization_website", "filtered.organization_website")),
)
_MORE = (*_WHERE, *_REACH, "started_on", "ended_on", "initiative_id")


def initiatives(inventory: Inventory, text: Text, query: str, chosen: Chosen) -> pd.DataFrame:
    """The chosen initiatives as listing.initiatives has them, with address and contact."""
    frame = listing.initiatives(inventory, text, query, chosen)
    known = handed_out.listed(inventory, "initiative")
    more = [column for column in known.columns if column not in frame.columns]
    found = frame.merge(known[["initiative_id", *more]], on="initiative_id", how="left", validate="one_to_one")
    found["status_word"] = found["status"].map(lambda value: labels.choice(text, "status", value))  # as it is entered
    return found


def initiative_columns(text: Text) -> list[Column]:
    """The columns of the file of initiatives: those of the screen, then address, contact and key."""
    return [*_screen(listing.initiative_columns(text), text), *headed(text, "initiative", *_MORE)]


def initiative_notes(inventory: Inventory, text: Text, query: str, chosen: Chosen, rows: int) -> list[str]:
    """The filter in words, how many it leaves out, how many are archived, and whose contacts are not in the file."""
    everything = records.initiatives(inventory)
    archived = int(everything["status"].eq("archived").sum())
    others = len(everything) - archived - rows
    said = facets.chosen(query, chosen, "initiative", names_of(inventory, text))
    return [
        *(said or [text("filtered.all")]),
        text("filtered.rows", n=rows, total=len(everything)),
        *([text("filtered.others", n=others)] if others else []),
        *([text("filtered.archived", n=archived)] if archived else []),
        text("filtered.persons"),
    ]


def organization_columns(text: Text) -> list[Column]:
    """The columns of the file of organisations: those of the screen, then address, numbers and key."""
    more = ("short_name", "description", "street", "postcode", "phone", "email", "organization_id")
    return [*listing.organization_columns(text), *headed(text, "organization", *more)]


def sessions(inventory: Inventory, frame: pd.DataFrame) -> pd.DataFrame:
    """Sessions as listing.sessions has them, with the address of their place: two places of one name are told apart."""
    known = handed_out.listed(inventory, "session")[["session_id", "street", "postcode"]]
    return frame.merge(known, on="session_id", how="left", validate="one_to_one")


def session_notes(names: Names, modules: Sequence[str], providers: Sequence[str], rows: int, dates: int) -> list[str]:
    """The filter in words, and how many of the `dates` that fit it are not in the file."""
    text, alternatives = names.text, names.text("filtered.or")
    said = [
        text(
            "filtered.facet",
            facet=text(f"trainings.{label}"),
            options=alternatives.join(names.of(kind, k) for k in keys),
        )
        for label, kind, keys in (("module", "module", modules), ("provider", "organization", providers))
        if keys
    ]
    left = dates - rows
    return [*(said or [text("filtered.all")]), *([text("filtered.dates", n=left)] if left else [])]


def session_columns(text: Text) -> list[Column]:
    """The columns of the file of training sessions: those of the screen, then days, times, address and key."""
    more = ("ends_on", "begins", "ends", *_WHERE, "session_id")
    return [*_screen(listing.session_columns(text), text), *headed(text, "session", *more)]


def _screen(columns: list[Column], text: Text) -> list[Column]:
    """The columns of the screen; the one that says where in a word is called otherwise than the place beside it."""
    return [replace(one, label=text("filtered.where")) if one.name == "where" else one for one in columns]
