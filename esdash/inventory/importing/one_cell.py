"""What lists put into one cell or into several: an address with its postcode, weekday and times of the day.

"Musterweg 5, 06844 Dessau" is a street, a postcode, and a town that the postcode says.
"""

import re
from collections.abc import Mapping

from esdash.inventory.importing.draft import Draft

_STREET_FIRST = re.compile(
    r"(?P<street>[^,;\n]*\D[^,;\n]*?)\s*[,;\n]\s*(?:D-?\s?)?(?P<postcode>\d{5})\b\s*(?P<town>[^\d\n]*)"
)
_TOWN_FIRST = re.compile(
    r"(?:D-?\s?)?(?P<postcode>\d{5})\s+(?P<town>[^\d,;\n]+?)\s*[,;\n]\s*(?P<street>[^,;\n]*\D[^,;\n]*)"
)


def split(text: str) -> tuple[str, str] | None:
    """Street and postcode of an address in one cell; None for what is a street alone, or more than one address."""
    found = _STREET_FIRST.fullmatch(text.strip()) or _TOWN_FIRST.fullmatch(text.strip())
    return (found["street"].strip(), found["postcode"]) if found else None


def take_apart(draft: Draft) -> None:
    """Street and postcode of each address in one cell; the preview names it. Another postcode beside it is a fault."""
    for street in ("street", "location_street"):
        said = draft.given.get(street)
        parts = split(said) if isinstance(said, str) else None
        if parts is None:
            continue
        postcode = street.replace("street", "postcode")
        there = draft.given.get(postcode)
        if there is not None and there != parts[1]:
            draft.fault(street, "import_contradicts", whole_row=False, other=draft.cells[postcode][0])
            continue
        draft.given |= {street: parts[0], postcode: parts[1]}
        draft.cells.setdefault(postcode, draft.cells[street])
        draft.remarks.append(("import_kind.notice_address", street))


WEEKLY = ("weekday", "begins_at", "ends_at")  # fields that together with `times` say weekly times
_NO_DAY = re.compile(r"[\d\s.:,;/\-–—]|uhr|bis|von|und|ab|h", re.IGNORECASE)


def weekly(said: Mapping[str, str]) -> tuple[str, dict[str, str]]:
    """Weekday and times of columns apart as one text, and what does not fit into it, by field, for a note.

    Mo, 14:00, 16:00 → "Mo 14:00-16:00". Times with a weekday of their own stand as they are.
    """
    day, clocks = said.get("weekday", ""), said.get("times", "")
    begins, ends = (said.get(name, "") for name in ("begins_at", "ends_at"))
    rest: dict[str, str] = {}
    if clocks:
        rest = {name: said[name] for name in ("begins_at", "ends_at") if said.get(name)}
    else:
        clocks = f"{begins}-{ends}" if begins and ends else begins
        rest = {"ends_at": ends} if ends and not begins else {}
    if day and clocks and not _NO_DAY.sub("", clocks):
        return f"{day} {clocks}", rest
    return clocks, rest | ({"weekday": day} if day else {})
