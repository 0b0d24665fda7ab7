"""Cases of overlapping offers in words."""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from esdash.analysis.overlaps import overlaps
from esdash.inventory import Inventory
from esdash.inventory.cached import cached
from esdash.texts import Text, is_missing
from esdash.wording import labels
from esdash.wording.columns import Column, headed
from esdash.wording.escaping import bold
from esdash.wording.figures import rounded
from esdash.wording.listing import items
from esdash.wording.names import Names, names_of
from esdash.wording.values import Values

# Fields of an offer in the comparison, in this order: all that a verdict rests on.
FIELDS = (
    *("organization", "partner_ids", "theme_ids", "target_group_ids", "language_ids", "place", "times"),
    *("capacity", "waiting", "replaceable"),
)

SIGNS = {"different": "≠", "unknown": "?"}  # before the name of a field that is not equal


def sentence(inventory: Inventory, text: Text) -> str:
    """The answer of the page in one sentence, from the cases without a decision."""
    found = overlaps.open_cases(inventory)
    doubles = found[found["verdict"] == "double_structure"]
    if found.empty:
        unknown, offers = overlaps.incomparable(inventory)
        return text("overlaps.sentence_unknown" if unknown else "overlaps.sentence_none", n=unknown, offers=offers)
    return text(
        "overlaps.sentence",
        cases=bold(text.count("overlaps.cases", len(found))),
        doubles=bold(text.number(len(doubles))),
        surplus=bold(text.number(sum(int(rounded(value, 0) or 0) for value in doubles["surplus"]))),  # as listed
        wanted=bold(text.number((found["verdict"] == "wanted").sum())),
    )


def nothing(inventory: Inventory, text: Text) -> str:
    """Why no case is open: something is unknown, all are decided, or there is none."""
    unknown, _ = overlaps.incomparable(inventory)
    if unknown:
        return text("overlaps.nothing_known")
    return text("overlaps.nothing_left" if overlaps.decisions(inventory) else "overlaps.nothing")


@cached
def listed(inventory: Inventory, text: Text) -> pd.DataFrame:
    """The open cases with words for verdict, theme, districts and offers; `case_id` first."""
    names, frame = names_of(inventory, text), overlaps.open_cases(inventory)
    frame["verdict_word"] = [text(f"overlaps.verdict_{value}") for value in frame["verdict"]]
    frame["theme"] = [names.all("theme", items(keys)) for keys in frame["theme_ids"]]
    frame["districts"] = [
        ", ".join(names.short("district", key) for key in items(keys)) or text("word.unknown")
        for keys in frame["district_ids"]
    ]
    frame["offers"] = [" · ".join(entry) for entry in frame["initiative_names"]]
    frame["places_per_100"] = (100 * frame["saturation"].astype(float)).round()
    rows = frame.to_dict("records")
    named = pd.Series([f"{row['theme']} \N{MIDDLE DOT} {row['districts']}" for row in rows], frame.index, str)
    longer = [f"{name}: {row['initiative_names'][0]}" for name, row in zip(named, rows, strict=True)]
    frame["case_words"] = named.where(~named.duplicated(keep=False), longer)  # two of one name are told apart
    frame["proposal_words"] = [proposal(row, text) for row in rows]
    return frame


def proposal(case: Mapping[str, Any], text: Text) -> str:
    """What is proposed for a case, in short; of a double structure with the surplus in whole places."""
    verdict = text(f"overlaps.verdict_{case['verdict']}")
    if case["verdict"] != "double_structure" or is_missing(case["surplus"]):
        return verdict
    return text.count("overlaps.too_many", int(rounded(case["surplus"], 0) or 0), verdict=verdict)


def columns(text: Text) -> list[Column]:
    """Columns of the table and the download of open cases."""
    named = (("verdict_word", "overlaps.column_verdict"), "theme", ("districts", "column.district"))
    figures = (("places_at_stake", "overlaps.column_stake"), ("places_per_100", "overlaps.column_saturation"))
    offers, score = ("offers", "overlaps.column_offers"), ("score", "overlaps.column_score")
    return headed(text, "", *named, offers, *figures, score)


def reason(case: Mapping[str, Any], text: Text) -> str:
    """Why the verdict is proposed, in one sentence with its figures."""
    return text(
        f"overlaps.reason_{case['reason']}",
        supply=text.number(rounded(case["supply"], 0), 0),
        need=text.number(rounded(case["need"], 0), 0),
        waiting=text.number(case["waiting"], 0),
    )


def sums(found: overlaps.Sums, text: Text) -> list[str]:
    """The three sums of a case in sentences, in whole places that add up; empty where the need is unknown."""
    if found.needed is None or found.elsewhere is None:
        return []
    here, supply, needed = (
        int(rounded(value, 0) or 0) for value in (found.here, found.here + found.elsewhere, found.needed)
    )
    own = {"needed": text.number(needed), "here": text.number(here), "supply": text.number(supply)}
    said = [text("overlaps.sums", **own, elsewhere=text.number(supply - here))]
    capacity = int(rounded(found.capacity, 0) or 0)
    if capacity > here:
        said.append(text("overlaps.sums_rest", capacity=text.number(capacity), rest=text.number(capacity - here)))
    if found.unknown:
        said.append(text.count("overlaps.sums_unknown", found.unknown))
    if found.twice:
        said.append(text("overlaps.sums_twice"))
    return said


def why(inventory: Inventory, case: Mapping[str, Any], text: Text) -> str:
    """Why the verdict is proposed, with sums that add up to what is said: needed, here, elsewhere, too many."""
    found = overlaps.sums(inventory, case)
    added = sums(found, text)
    if not added or case["reason"] not in ("surplus", "within_need"):
        return " ".join([reason(case, text), *added])
    needed = int(rounded(found.needed, 0) or 0)
    over = int(rounded(found.here + (found.elsewhere or 0), 0) or 0) - needed
    stake = int(rounded(case["surplus"], 0) or 0)
    if case["reason"] == "within_need":
        return " ".join([text("overlaps.why_within_need"), *added])
    more = text("overlaps.why_over" if stake == over else "overlaps.why_over_here", over=over, stake=stake)
    return " ".join([added[0], more, *added[1:]])


def distance(kilometres: float | None, text: Text) -> str:
    """A distance in words: metres in tens below one kilometre; the same house is no distance."""
    if is_missing(kilometres) or kilometres is None:
        return text("word.unknown")
    metres = 10 * int(rounded(100 * kilometres, 0) or 0)
    if metres == 0:
        return text("overlaps.same_place")
    return (
        text("overlaps.metres", n=metres)
        if metres < 1000
        else text("overlaps.kilometres", n=text.number(kilometres, 1))
    )


def heading(case: Mapping[str, Any], names: Names) -> str:
    """The heading of a case."""
    return names.text(
        "overlaps.case_title", theme=names.all("theme", items(case["theme_ids"])), n=len(case["initiative_ids"])
    )


def label(name: str, text: Text) -> str:
    """The name of a field of an offer."""
    return text("overlaps.field_replaceable") if name == "replaceable" else labels.heading(text, "initiative", name)


def value(name: str, offer: Mapping[str, Any], words: Values) -> str | None:
    """A field of an offer in words; None is unknown."""
    content = offer[name]
    if name == "place" and offer["mode"] in ("online", "mobile"):
        return labels.choice(words.text, "mode", offer["mode"])
    if is_missing(content) or (name == "times" and not len(content)):
        return None
    return words.text.percent(content) if name == "replaceable" else words.value(name, content)


def compared(offers: Sequence[Mapping[str, Any]], of_offers: Values) -> tuple[list[tuple[str, list[str]]], list[str]]:
    """What differs or is unknown: a field with its sign, the words of each offer; and the equal fields."""
    text, rows, equal = of_offers.text, [], []
    for name in FIELDS:
        values = [value(name, offer, of_offers) for offer in offers]
        if None in values or len(set(values)) > 1:
            sign = SIGNS["unknown" if None in values else "different"]
            said = [one or text("word.unknown") for one in values]
            rows.append((f"{sign}\N{NO-BREAK SPACE}{label(name, text)}", said))
        elif name != "partner_ids" or values[0] != text("word.none"):  # that nobody has partners is no likeness
            equal.append(f"{label(name, text)}: {values[0]}")
    return rows, equal


def fact(field: str, content: Any, words: Values) -> str:
    """A value from the stored facts of a decision (JSON), in words."""
    if content == {"name": None, "lat": None, "lon": None}:
        return words.text("word.unknown")
    if field == "place" and content:
        at = " / ".join(words.text.number(content[name], 5) for name in ("lat", "lon")) if content["lat"] else ""
        return ", ".join(part for part in (content["name"], at) if part)
    return words.value(field, content)


def changes(decision: Mapping[str, Any], words: Values) -> list[str]:
    """The facts that have changed since a decision, one line per field."""
    return [
        words.text(
            "overlaps.changed",
            offer=change["name"],
            field=label(change["field"], words.text),
            before=fact(change["field"], change["before"], words),
            after=fact(change["field"], change["after"], words),
        )
        for change in decision["changes"]
    ]
