"""A message never advises what is then refused: every example of every hint is fed back into the same field."""

import re
from collections.abc import Iterator
from datetime import date

import pytest

from esdash.errors import UserError
from esdash.inventory import Inventory
from esdash.inventory.importing import cells
from esdash.inventory.importing.lookup import Lookup
from esdash.inventory.importing.rows import parse
from esdash.model.fields import Field, Kind
from esdash.model.kinds import KINDS
from esdash.model.values import Wrong
from esdash.texts import LANGUAGES, Text

TODAY = date(2026, 11, 22)
# Type → texts that it refuses, each for another reason.
REFUSED = {
    "integer": ("1O", "-3", "12,5", "99999999999"),
    "decimal": ("1O", "1,2,3", "-1", "1.2.3"),
    "coordinate": ("N 51", "51,8,4"),
    "date": ("31.02.2026", "Sa 1.6.", "Di 08.03.2027", "bald", "2026"),
    "boolean": ("teilweise",),
    "postcode": ("068", "O6844"),
    "email": ("keine", "a@b"),
    "website": ("javascript:alert(1)", "nur Aushang"),
    "time": ("25:00", "18-14 Uhr"),
    "span": ("25:00", "18-14 Uhr"),
    "times": ("Mo 25-26", "Mo 16-14 Uhr"),
    "fortnightly": ("01.12.2026 25:00-26:00", "31.02.2026 10-12"),
    "periods": ("31.02.2026", "20.12.2026-10.12.2026"),
    "opening": ("Mo 25:00-26:00", "SH Mo 10:00-12:00", "Mo"),
    "choice": ("vielleicht doch",),
    "choices": ("vielleicht doch",),
}
FIELDS = {
    (kind.name, field.name): (kind, field)
    for kind in KINDS.values()
    for field in kind.fields
    if field.type in REFUSED and (field.ids or field.type not in ("choice", "choices"))
}
QUOTED = re.compile(r"[„“]([^„“”]+)[“”]")
EXAMPLE = re.compile(r"(?:z\. B\.|e\.g\.) (\S+?)(?:[.,;]?$|[;,]? )")
LAST = re.compile(r"(?:Ende|end) (\d\S+?)\.?$")


def read(kind: Kind, field: Field, text: str, lookup: Lookup, form: bool) -> str:
    """Read a cell or the text of a form; what it leaves as a note."""
    if not form and field.type in cells.TYPES:
        return cells.read(kind, field, text, TODAY).note
    parse(field, text, lookup)
    return ""


def examples(hint: str, field: Field) -> Iterator[str]:
    """What a hint tells people to write."""
    if hint.startswith(("Möglich sind: ", "Possible are: ")):
        yield from hint.partition(": ")[2].rstrip(".").split(", ")
    elif quoted := QUOTED.findall(hint):
        yield from quoted
    else:
        yield from (*EXAMPLE.findall(hint), *LAST.findall(hint))
    if field.type == "boolean":
        yield from re.findall(r"\b(?:ja|nein|yes|no)\b", hint)


@pytest.mark.parametrize("form", [False, True], ids=["import", "form"])
@pytest.mark.parametrize("key", FIELDS, ids=".".join)
def test_every_example_is_accepted(tiny: Inventory, key: tuple[str, str], form: bool) -> None:
    kind, field = FIELDS[key]
    if form and not field.group:
        return  # the form does not have it
    lookup = Lookup(tiny)
    followed = 0
    for text in REFUSED[field.type]:
        with pytest.raises(Wrong) as wrong:
            read(kind, field, text, lookup, form)
        name = wrong.value.key.replace("import_", "edit_") if form else wrong.value.key
        for language in LANGUAGES:
            said = {"row": "2", "column": "X", "value": text, **wrong.value.values}
            hint = Text(language).error(UserError(name, **said))[1]
            for example in examples(hint, field):
                school_holidays = wrong.value.key.endswith("school_holidays")  # that advice is for another field
                target = KINDS["contact-points"].field("closures") if school_holidays else field
                assert read(kind, target, example, lookup, form) == "", (text, hint)
                followed += 1
    assert followed or field.type == "coordinate"


def test_examples_are_found_in_hints() -> None:
    """So that the test above is not empty."""
    german = Text("de").error(UserError("import_not_time", row="2", column="X", value="x"))[1]
    assert list(examples(german, FIELDS["sessions", "begins"][1])) == ["14:00", "14:00-16:00"]
    periods = Text("en").error(UserError("import_not_periods", row="2", column="X", value="x"))[1]
    assert list(examples(periods, FIELDS["contacts", "absences"][1])) == [
        "2026-07-13..2026-08-21 summer break",
        "from 2026-07-13 building works",
    ]
