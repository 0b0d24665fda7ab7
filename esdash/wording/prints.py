"""Printed papers in words: what a new one holds and whom to confirm first; what became of those that lie about."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import pandas as pd

from esdash.analysis.prints import planning, register
from esdash.analysis.prints.planning import First, Missing
from esdash.analysis.prints.register import Contact, Printed
from esdash.inventory import Inventory
from esdash.texts import Text
from esdash.wording.columns import Column, headed
from esdash.wording.escaping import bold
from esdash.wording.names import Names

_CHANGED = ("revoked", "gone", "wrong", "unsure", "changed")  # states that are said in the sentence about a print


def paper(kind: str, audience: str, language: str, names: Names, text: Text) -> str:
    """ "Faltblatt für Ehrenamtliche, Arabisch"."""
    words = {"kind": text(f"prints.kind_{kind}"), "audience": text(f"prints.audience_{audience}")}
    return text("prints.paper", language=names.of("language", language), **words)


def of_print(printed: Printed, names: Names, text: Text) -> str:
    """ "Faltblatt für Ehrenamtliche, Arabisch, vom 22.11.2026"."""
    words = paper(printed.kind, printed.audience, printed.language_id, names, text)
    return text("prints.paper_of", paper=words, day=printed.printed_on)


# ---------------------------------------------------------------- before printing


def planned(inventory: Inventory, text: Text, shown: int, audience: str, valid_to: date) -> str:
    """How many of the contact points are on a paper of today, and until when it holds."""
    total = planning.candidates(inventory, audience)  # type: ignore[arg-type]  # one of its two words
    if not total:
        return text("prints.sentence_none", audience=text(f"prints.audience_{audience}"))
    if not shown:
        return text("prints.sentence_nothing", total=total)
    weeks = (valid_to - inventory.today()).days // 7
    holds = text.count("prints.weeks", weeks)
    return text("prints.sentence", n=bold(text.number(shown)), total=total, day=bold(text.date(valid_to)), weeks=holds)


def warning(inventory: Inventory, text: Text) -> str:
    """How many prints that lie about mislead; "" if none does."""
    number = len(register.misleading(inventory))
    return text.count("prints.misleading", number) if number else ""


def first(one: First, text: Text) -> str:
    """ "bestätigt nur bis 03.12.2026, erreicht nur bis 05.12.2026"."""
    return ", ".join(text(f"prints.end_{end.what}", day=end.day) for end in one.ends)


def why_missing(one: Missing, text: Text) -> str:
    """Everything that keeps a contact point off the paper, in a few words each."""
    known = {why: f"unprintable_short.{why}" for why in one.why if text.has(f"unprintable_short.{why}")}
    return ", ".join(text(known.get(why, f"prints.why_{why}")) for why in one.why)


def reason(why: str, text: Text) -> str:
    """One reason, as a sentence."""
    return text(f"prints.why_{why}" if text.has(f"prints.why_{why}") else f"unprintable.{why}")


# ---------------------------------------------------------------- the register


def lying(inventory: Inventory, text: Text) -> str:
    """How many prints lie where, and how many of them mislead."""
    running = [printed for printed in register.register(inventory) if printed.collected_on is None]
    if not running:
        return text("prints.register_none" if not register.register(inventory) else "prints.register_all_collected")
    places = {place[:2] for printed in running for place in printed.places}
    said = text.count("prints.lying", len(running), places=text.count("prints.places", len(places)))
    return f"{said} {warning(inventory, text) or text('prints.none_misleading')}"


def changed(printed: Printed, text: Text) -> str:
    """What became of the contact points on a print: "3 von 12 … haben sich geändert, 1 wurde widerrufen"."""
    counts, total = printed.counts, len(printed.contacts)
    parts = [text.count(f"prints.n_{state}", counts[state]) for state in _CHANGED if counts[state]]
    if not parts:
        return text.count("prints.all_same", total)
    return text("prints.changed", total=total, what=_joined(parts, text))


def consequence(printed: Printed, text: Text) -> str:
    """What follows from it for the copies that lie about; "" where nothing does."""
    if printed.collected_on is not None:
        return ""
    parts = [text("prints.is_outdated", day=printed.valid_to)] if printed.outdated else []
    if printed.standing in ("false", "changed", "outdated"):
        where = len(printed.places)
        parts.append(text.count("prints.still_there", where) if where else text("prints.still_in_office"))
    return " ".join(parts)


def standing(printed: Printed, text: Text) -> str:
    """What a print is worth today, in a few words, with a sign for what asks for action."""
    return text(f"prints.standing_{printed.standing}", day=printed.collected_on)


def listed(inventory: Inventory, names: Names, text: Text) -> pd.DataFrame:
    """One row per print: what, when, how many, where, until when, what became of it. No personal data."""
    rows = [_row(printed, names, text) for printed in register.register(inventory)]
    return pd.DataFrame(rows, columns=list(_COLUMNS))


_COLUMNS = (
    *("print_run_id", "paper", "printed_on", "printed_by", "copies", "places", "in_office", "as_of", "valid_to"),
    *("contacts", *register.STATES, "changed_words", "standing_words", "collected_on"),
)


def _row(printed: Printed, names: Names, text: Text) -> dict[str, Any]:
    return {
        **{
            name: getattr(printed, name) for name in ("print_run_id", "printed_on", "printed_by", "copies", "in_office")
        },
        **{name: getattr(printed, name) for name in ("as_of", "valid_to", "collected_on")},
        **printed.counts,
        "paper": paper(printed.kind, printed.audience, printed.language_id, names, text),
        "places": " · ".join(text("prints.place", place=place.name, n=place.copies) for place in printed.places),
        "contacts": len(printed.contacts),
        "changed_words": changed(printed, text),
        "standing_words": standing(printed, text),
    }


def columns(text: Text) -> list[Column]:
    """The columns of the register on the screen, seven of them."""
    return [
        Column("paper", text("prints.column_paper")),
        Column("standing_words", text("prints.column_standing")),
        Column("printed_on", text("prints.column_printed_on"), "date"),
        Column("valid_to", text("prints.column_valid_to"), "date"),
        Column("copies", text("prints.column_copies"), "integer"),
        Column("changed_words", text("prints.column_changed"), width=50),
        Column("places", text("prints.column_places"), width=50),
    ]


def file_columns(text: Text) -> list[Column]:
    """The columns of the register as a file: those of the screen, and the figures behind its words."""
    return [
        *columns(text),
        Column("in_office", text("prints.in_office"), "integer"),
        Column("contacts", text("prints.column_contacts"), "integer"),
        *(Column(state, text(f"prints.state_{state}"), "integer") for state in register.STATES),
        Column("printed_by", text("prints.column_printed_by")),
        Column("as_of", text("prints.column_as_of"), "date"),
        Column("collected_on", text("prints.column_collected_on"), "date"),
    ]


def contacts(printed: Sequence[Contact], text: Text) -> pd.DataFrame:
    """One row per contact point on a print: its name, what became of it, and why."""
    rows = [
        {
            "contact_point_id": one.contact_point_id,
            "name": one.name or text("prints.no_name"),
            "state": text(f"prints.state_{one.state}"),
            "why": " ".join(reason(why, text) for why in one.why) or text(f"prints.because_{one.state}"),
        }
        for one in printed
    ]
    return pd.DataFrame(rows, columns=["contact_point_id", "name", "state", "why"])


def contact_columns(text: Text) -> list[Column]:
    """The columns of `contacts`."""
    return headed(
        text, "", ("name", "prints.column_point"), ("state", "prints.column_today"), ("why", "prints.column_why")
    )


def places(printed: Printed, text: Text) -> list[str]:
    """Where the copies lie, one line each, the rest in the office; they add up to all copies."""
    lines = [text("prints.place", place=place.name, n=place.copies) for place in printed.places]
    rest = printed.in_office
    return [*lines, *([text("prints.place", place=text("prints.in_office"), n=rest)] if rest else [])]


def todo(printed: Printed, names: Names, text: Text) -> Mapping[str, str]:
    """A print that misleads, as something to do: which, what is wrong with it, and where it lies."""
    return {
        "print_run_id": printed.print_run_id,
        "name": of_print(printed, names, text),
        "why": " ".join(
            [changed(printed, text), *([text("prints.is_outdated", day=printed.valid_to)] * printed.outdated)]
        ),
        "where": " · ".join(places(printed, text)),
    }


def _joined(parts: list[str], text: Text) -> str:
    return parts[0] if len(parts) == 1 else text("leaflet.and", first=", ".join(parts[:-1]), last=parts[-1])
