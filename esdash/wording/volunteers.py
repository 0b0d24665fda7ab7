"""Volunteers in words: where they are active and wanted, whether an offer is in the finder, and unmet wishes."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from esdash.analysis.volunteers import volunteers
from esdash.analysis.volunteers.wishes import ANY, Shown, Unmet
from esdash.inventory import Inventory
from esdash.texts import Text, is_missing
from esdash.wording import listing
from esdash.wording.escaping import bold
from esdash.wording.names import Names


def option(kind: str, key: str, names: Names, short: bool = False) -> str:
    """A field of action, theme or district, or what stands in its place where an offer has none or several."""
    if key in volunteers.OTHERS:
        return names.text(f"volunteers.{key}" if key in ("mobile", "online") else f"volunteers.{key}_{kind}")
    table = "district" if kind == "district" else "theme"
    return names.short(table, key) if short else names.of(table, key)


def divided(inventory: Inventory, kind: str, names: Names) -> pd.DataFrame:
    """One row per option of volunteers.by, with its name (title) and short name (short)."""
    frame = volunteers.by(inventory, kind)
    keys = frame["option"].astype(str)
    return frame.assign(
        title=[option(kind, key, names) for key in keys], short=[option(kind, key, names, short=True) for key in keys]
    )


def most_wanted(frame: pd.DataFrame) -> tuple[str, int] | None:
    """Name and number of the option of `divided` that wants most; None if nobody is wanted."""
    wanting = frame[frame["volunteers_wanted"].gt(0).fillna(False).astype(bool)]
    return None if wanting.empty else (str(wanting["title"].iloc[0]), int(wanting["volunteers_wanted"].iloc[0]))


def sentence(sums: volunteers.Sums, frame: pd.DataFrame, text: Text) -> str:
    """How many are active and wanted, and where most are wanted."""
    offers, most = bold(text.number(sums.offers)), most_wanted(frame)
    if not sums.offers:
        return text("volunteers.sentence_none")
    if sums.active is None and most is None:
        return text("volunteers.sentence_unknown", offers=offers)
    active = bold(text.number(sums.active))
    if most is None:
        known = "unsaid" if sums.wanted_unknown else "enough"  # what nobody has said is not nothing
        return text(f"volunteers.sentence_{known}", offers=offers, active=active, n=sums.wanted_unknown)
    words = {"wanted": bold(text.number(sums.wanted)), "most": bold(most[0]), "n": most[1]}
    if sums.active is None:
        return text("volunteers.sentence_wanted", offers=offers, **words)
    return text("volunteers.sentence", offers=offers, active=active, **words)


def unknown(sums: volunteers.Sums, text: Text) -> list[str]:
    """What is not known of how many offers."""
    counts = {"active_unknown": sums.active_unknown, "wanted_unknown": sums.wanted_unknown}
    return [text.count(f"volunteers.{name}", number) for name, number in counts.items() if number]


def offers(inventory: Inventory, names: Names) -> pd.DataFrame:
    """One row per running offer (volunteers.offers) in words: themes, where, in_finder."""
    frame = volunteers.offers(inventory)
    return frame.assign(
        themes=[names.all("theme", listing.items(keys) or None) for keys in frame["theme_ids"]],
        where=[option("district", str(key), names, short=True) for key in frame["district"]],
        in_finder=[
            in_finder(wanted, via, why, names.text)
            for wanted, via, why in frame[["volunteers_wanted", "via", "why_not"]].itertuples(index=False)
        ],
    )


def in_finder(wanted: Any, via: Any, why_not: Any, text: Text) -> str:
    """Whether an offer is in the finder, and why not."""
    if is_missing(wanted):
        return text("volunteers.in_finder_unknown")
    if not wanted:
        return text("volunteers.in_finder_none_wanted")
    return text("volunteers.in_finder_yes") if isinstance(via, str) else text(f"volunteers.in_finder_{why_not}")


def wish(part: str, key: str, names: Names) -> str:
    """An option of a part of the wishes; "egal" where it was left open."""
    if key == ANY:
        return names.text("volunteers.wish_any")
    return names.text(f"finder.slot_name_{key}") if part == "time" else names.of(part, key)


def times(unmet: Unmet, threshold: int, text: Text) -> str:
    """How often nothing was found, "weniger als 3", or that it is not shown."""
    if unmet.times is not None:
        return text.number(unmet.times)
    return text("volunteers.fewer", threshold=threshold) if unmet.small else text("volunteers.kept_back")


def wishes(shown: Shown, part: str, names: Names) -> pd.DataFrame:
    """One row per option of a part: option, wish, unmet."""
    rows: list[Mapping[str, str]] = [
        {
            "option": row.option,
            "wish": wish(part, row.option, names),
            "unmet": times(row, shown.threshold, names.text),
        }
        for row in shown.parts[part]
    ]
    return pd.DataFrame(rows, columns=["option", "wish", "unmet"])
