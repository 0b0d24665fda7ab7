"""Versions of the list in words: their title, and why an entry moved, changed, or is no longer there."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from esdash.analysis.versions.comparing import Field
from esdash.analysis.versions.differences import Difference
from esdash.analysis.versions.verifying import Verdict
from esdash.texts import Text
from esdash.wording import money

CRITERIA_TOLD = 2  # criteria named in one sentence; the bars show all
FIELDS_TOLD = 12  # differences named one by one; of more, their number


def title(number: int, adopted: date | None, on: date, text: Text) -> str:
    """The title of a version: the day on which a meeting adopted it, else the day on which it was frozen."""
    return text(f"versions.title_{'frozen' if adopted is None else 'adopted'}", number=number, day=adopted or on)


def why_changed(difference: Difference, reason: str | None, others: bool, text: Text) -> str | None:
    """Why an entry stands where it stands, in one sentence; None where nothing changed.

    `reason`: why it was taken onto the list. `others`: whether entries came or went, which moves those that stayed.
    """
    if difference.change == "new":
        return reason or None
    parts = []
    if difference.change in ("up", "down"):
        moved = [text("versions.points", **_step(step, text)) for step in difference.criteria[:CRITERIA_TOLD]]
        parts.append(
            text("versions.by_points", points="; ".join(moved))
            if moved
            else text("versions.by_others" if others else "versions.by_weights")
        )
    if difference.written:
        named = ", ".join(text(f"versions.written_{name}") for name in difference.written)
        parts.append(text("versions.written", fields=named))
    if difference.change == "changed" and not difference.written:
        parts.append(text("versions.standing"))
    return " ".join(parts) or None


def why_gone(ended: Mapping[str, Any] | None, text: Text) -> tuple[str, str]:
    """How an entry left the list (done, dropped) and why."""
    if ended is None:
        return "dropped", text("versions.gone_unknown")
    return str(ended["ended_as"]), text.value(ended["ended_reason"])


def change(entry: Mapping[str, Any], text: Text) -> str:
    """The change of an entry in a few words: "neu", "2 Plätze höher, vorher 5"."""
    kind, before = entry["change"], entry.get("previous_rank")
    if kind in ("up", "down"):
        return text(f"versions.change_{kind}", before=before)
    return text(f"versions.change_{kind}")


def euros(cost: Decimal | str | None, text: Text) -> str:
    """A cost to the cent; "offen" for one that was left open."""
    if cost is None:
        return text("versions.cost_open")
    return money.euro(Decimal(cost), text)


def _step(step: tuple[str, Decimal, Decimal], text: Text) -> dict[str, str]:
    name, before, now = step
    return {
        "criterion": text(f"criterion.{name}"),
        "before": text.number(float(before), 0),
        "now": text.number(float(now), 0),
    }


def verdict(found: Verdict, text: Text) -> str:
    """The answer to "is this file ours?" in one sentence, with what was compared."""
    compared = text(f"versions.compared_{found.compared}")
    values = {"title": found.title, "file": found.file, "compared": compared}
    return text(f"versions.verify_{found.answer}", **values)


def differing(found: Verdict, text: Text) -> list[str]:
    """Where a changed file differs, one line each; the last says how many more there are."""
    lines = [_differing(one, found.compared, text) for one in found.fields[:FIELDS_TOLD]]
    more = len(found.fields) - FIELDS_TOLD
    return [*lines, text("versions.verify_more", n=more)] if more > 0 else lines


def broken(faults: Iterable[str], text: Text) -> str:
    """What of a version does not agree with its checksums."""
    return ", ".join(text(f"versions.broken_{name}") for name in faults)


def _differing(one: Field, compared: str, text: Text) -> str:
    if compared == "cells":
        row = one.where.isdecimal()
        place = text("versions.verify_row" if row else "versions.verify_cell", at=one.where, name=one.name)
    else:
        said = (
            ", ".join(_part(part, text) for part in one.name.split(".")) if one.name else text("versions.verify_whole")
        )
        place = text("versions.verify_entry", title=one.where, field=said) if one.where else said
    shown = {"before": one.frozen, "now": one.now}
    nothing = text("versions.verify_nothing")
    return text("versions.verify_field", place=place, **{side: value or nothing for side, value in shown.items()})


def _part(name: str, text: Text) -> str:
    """A part of a content in words, or as it is called in the file where there are none."""
    keys = (f"versions.written_{name}", f"versions.part_{name}", f"criterion.{name}")
    return next((text(key) for key in keys if text.has(key)), name)


def chain(count: int, faults: Mapping[int, Iterable[str]], text: Text) -> list[str]:
    """Whether the chain of so many versions is whole, or which of them was altered."""
    if faults:
        told = sorted(faults.items())
        return [
            text("versions.verify_chain_broken", number=number, faults=broken(names, text)) for number, names in told
        ]
    key = {0: "none", 1: "whole_one"}.get(count, "whole")
    return [text(f"versions.verify_chain_{key}", n=count)]
