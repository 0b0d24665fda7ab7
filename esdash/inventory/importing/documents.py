"""The tables of a document against the inventory: what its ids, names, codes and times mean in this city, on this day.

A table that was read from a document carries the sender's side of each record (`Row.source`). Before it is planned,
ids become keys, languages and districts are found by code or name, times are read in the city's time zone, and what
cannot be understood is left out of its record and named, so that no record is refused because of one value.
"""

from collections import Counter
from dataclasses import replace
from datetime import UTC
from typing import Any

from esdash.errors import UserError
from esdash.inventory.file.store import Inventory
from esdash.inventory.importing.columns import OWNER, Mapping
from esdash.inventory.importing.foreign_keys import ForeignKeys, Meant
from esdash.inventory.importing.lookup import Lookup
from esdash.inventory.importing.read.hsds import facts, schedules, shapes
from esdash.inventory.importing.read.hsds.facts import NOTE, Source
from esdash.inventory.importing.read.spreadsheets import Row, Table
from esdash.inventory.importing.rows import EVERYWHERE, parse
from esdash.model import languages, rules
from esdash.model.fields import Field, Kind
from esdash.model.folding import fold
from esdash.model.kinds import KINDS
from esdash.model.notation import KNOWN_TO_BE_EMPTY
from esdash.model.values import Wrong

_ON_NO_LIST = {"import_unknown_name", "import_unknown_name_near", "import_ambiguous", "import_not_choice"}
_IMPOSSIBLE = {"import_in_future", "import_not_coordinate", "import_number_too_large"}
_SURELY_SHORT = 100  # characters that any text may have
_HERE = {"", "de", "d", "deu", "germany", "deutschland"}  # countries of an address that say nothing new
_LISTS = ("references", "choices")
_REFERRING = {"organization_id": "organization", "location_id": "location", "contact_id": "contact"}
_Values = dict[str, dict[str, str | None]]


def shares(mapping: Mapping, tables: dict[str, Table]) -> dict[str, Mapping]:
    """Kind → the part of a mapping about its fields. Raises UserError for a field that no table of a document has."""
    fields = {kind: {field.name for field in KINDS[kind].fields} for kind in tables}
    for name in (*filter(None, mapping.columns.values()), *mapping.values):
        if not any(name in known for known in fields.values()):
            possible = ", ".join(dict.fromkeys(field for names in fields.values() for field in sorted(names)))
            raise UserError(
                "import_mapping_field",
                field=name,
                kind=", ".join(KINDS[kind].label for kind in tables),
                fields=possible,
            )
    found = {}
    for kind, known in fields.items():
        columns = {header: name for header, name in mapping.columns.items() if name is None or name in known}
        owner = mapping.owner if OWNER in known and KINDS[kind].by_name[OWNER].type == "reference" else None
        found[kind] = Mapping(columns, {name: words for name, words in mapping.values.items() if name in known}, owner)
    return found


def fitted(
    inventory: Inventory, table: Table, kind: Kind, mapping: Mapping, sender: str | None
) -> tuple[Table, Mapping]:
    """The table of a document as its rows can be planned, and what its ids mean (field → folded id → our key).

    Any other table stays as it is. `mapping`: what a person said and what is remembered of the sender.
    """
    if not any(row.source for row in table.rows):
        return table, Mapping()
    return _Fitting(inventory, table, kind, mapping, sender).done()


class _Fitting:
    """Fits the rows of one table."""

    def __init__(self, inventory: Inventory, table: Table, kind: Kind, mapping: Mapping, sender: str | None) -> None:
        self._table = table
        self._kind = kind
        self._said = mapping.values
        self._today = inventory.today()
        self._zone = inventory.now().tzinfo or UTC
        self._lookup = Lookup(inventory)
        self._keys = ForeignKeys(inventory, self._lookup, sender)
        self._city = str(inventory.value("SELECT name FROM inventory.city") or "")
        self._languages = {row["id"] for row in inventory.rows("SELECT language_id AS id FROM inventory.language")}
        self._meant: _Values = {}
        self._asked: Counter[tuple[str, str]] = Counter()
        self._told: dict[tuple[str, str], Meant] = {}
        self._found: dict[tuple[str, str], str | None] = {}  # table, word → id
        self._places: set[str] = set()  # folded names of new places of the document
        ids = Counter(fold(row.source.id) for row in table.rows if row.source and row.source.id)
        self._clashing = {folded for folded, number in ids.items() if number > 1}

    def done(self) -> tuple[Table, Mapping]:
        """All rows, without their foreign side, and the meaning of their ids."""
        notices = list(self._table.notices)
        rows = []
        for row in self._table.rows:
            if row.source is None:
                rows.append(row)
                continue
            source: Source = replace(row.source, note={**row.source.note}, notices={**row.source.notices})
            rows.append(self._row(row, source))
            notices += source.notices.values()
        asked = tuple((name, word, number) for (name, word), number in self._asked.items() if number)
        return replace(self._table, rows=tuple(rows), notices=tuple(notices), asked=asked), Mapping(values=self._meant)

    def _row(self, row: Row, source: Source) -> Row:
        cells = dict(zip(self._table.header, row.cells, strict=True))
        if "language_ids" in cells and source.languages is not None:
            cells["language_ids"] = self._spoken(source)
        if "district_ids" in cells and source.areas:
            cells["district_ids"] = self._served(source)
        if "times" in cells and source.schedules is not None and self._kind.table == "initiative":
            cells["times"] = shapes.timed(schedules.read(source.schedules, self._today, self._zone), source)
        self._outside(source)
        if not source.ours:
            self._resolved(cells, source)
        for name, text in cells.items():
            if name in self._kind.by_name and text and name not in ("language_ids", "district_ids"):
                cells[name] = self._understood(self._kind.by_name[name], text, source)
        if source.note:
            cells["note"] = self._noted(cells, source)
        if row.faults:
            source.notices.clear()  # it does not come in
        return Row(row.number, tuple(cells.values()), record=(source.id, source.name), faults=row.faults)

    # ------------------------------------------------------------ ids

    def _resolved(self, cells: dict[str, str], source: Source) -> None:
        """Replace what the ids of a row mean."""
        table, key = self._kind.table, self._kind.key
        described = dict(cells)
        if table in ("initiative", "contact_point", "contact") and cells.get("organization_id"):
            owner = self._owner(cells["organization_id"], source)
            if owner.how and not source.organization[1]:
                self._tell(source, "organization", cells["organization_id"], owner)
            described["organization_id"] = owner.key
            if self._keys.record("organization", owner.key) or not source.organization[1]:
                cells["organization_id"] = self._say("organization_id", cells["organization_id"], owner.key)
            else:
                cells["organization_id"] = source.organization[1]  # nobody is asked about an id
        for name, inside in (("location_id", source.place), ("contact_id", source.contact)):
            if name != key and cells.get(name):
                belongs = inside | {"organization_id": described.get("organization_id")}
                cells[name] = self._linked(name, cells[name], belongs, source)
        own = cells.get(key, "")
        meant = self._meaning(table, key, own, described)
        if meant.how:
            self._tell(source, table, own, meant)
        here = self._keys.record(table, meant.key)
        if meant.how == "known" and "name" in cells:
            cells["name"] = ""  # it keeps the name that it has here
        elif table == "location":
            self._place_name(cells, here, source)
        cells[key] = self._say(key, own, meant.key)

    def _linked(self, name: str, reference: str, inside: dict[str, Any], source: Source) -> str:
        """The cell of a place or contact; "" for one that did not come in, which is told."""
        table = _REFERRING[name]
        found = self._meaning(table, name, reference, inside)
        if self._keys.record(table, found.key):
            return self._say(name, reference, found.key)
        called = inside.get("name") or inside.get("role") or reference
        source.left_out("place" if name == "location_id" else "contact", called)
        return ""

    def _place_name(self, cells: dict[str, str], here: dict[str, Any], source: Source) -> None:
        """A new place with the name of another one here gets its street into its name, and keeps it."""
        street = cells.get("street") or cells.get("postcode") or ""
        longer = f"{cells.get('name', '')} ({street})"
        if here and fold(str(here["name"])) == fold(longer):
            cells["name"] = ""
        elif not here and street and self._named_already(cells.get("name", "")):
            cells["name"] = longer
            source.tell("place_renamed", new=longer)

    def _named_already(self, place: str) -> bool:
        """Whether a place here or before in the document has this name."""
        before = fold(place) in self._places
        self._places.add(fold(place))
        return before or self._keys.named("location", place)

    def _owner(self, reference: str, source: Source) -> Meant:
        """The organisation of a record; where the document has only its id, a record here with this key is told."""
        named = {"name": source.organization[1]} if source.organization[1] else {}
        if not named:
            said = self._said.get("organization_id", {}).get(fold(reference))
            held = self._keys.record("organization", said or reference)
            return Meant(said or reference, "" if said or not held else "known", str(held.get("name", "")))
        return self._meaning("organization", "organization_id", reference, named)

    def _meaning(self, table: str, name: str, foreign: str, cells: dict[str, Any]) -> Meant:
        said = self._said.get(name, {}).get(fold(foreign)) if foreign else None
        return self._keys.meant(table, foreign, cells, said)

    def _say(self, name: str, foreign: str, ours: str) -> str:
        """The cell of an id: it stays, and its meaning is remembered; our key where two ids would be one word."""
        remembered = self._said.get(name, {}).get(fold(foreign))
        if not foreign or fold(foreign) in self._clashing:
            return ours
        if foreign != ours or remembered not in (None, ours):
            self._meant.setdefault(name, {})[fold(foreign)] = ours
        return foreign

    def _tell(self, source: Source, table: str, foreign: str, meant: Meant) -> None:
        """Say once that a record is known under another key, or that its id belongs to another record."""
        if (table, foreign) not in self._told:
            self._told[table, foreign] = meant
            source.tell(meant.how, foreign=foreign or "?", ours=meant.key, other=meant.other)

    # ------------------------------------------------------------ values

    def _spoken(self, source: Source) -> str:
        """Languages by code of two or three letters, else by name."""
        said = self._said.get("language_ids", {})
        found: list[str] = []
        for code, name in source.languages or []:
            words = [word for word in (code, name) if word]
            decided = next((fold(word) for word in words if fold(word) in said), None)
            known = languages.short(code)
            if decided is not None:
                found += filter(None, [said[decided]])
            elif known in self._languages:
                found.append(known)
            elif ours := next(filter(None, (self._named("language", word) for word in words[::-1])), None):
                found.append(ours)
            elif words:
                source.tell("unknown", what=facts.label("languages"), said=" ".join(words[::-1]))
            if words and known not in self._languages and not any(self._named("language", word) for word in words):
                self._asked["language_ids", name or code] += 1
        return ";".join(dict.fromkeys(found)) or (KNOWN_TO_BE_EMPTY if source.languages == [] else "")

    def _served(self, source: Source) -> str:
        """Districts by name; the city itself is the whole city."""
        said = self._said.get("district_ids", {})
        whole = {fold(word) for word in (self._city, f"Stadt {self._city}", f"{self._city}, Stadt")} | EVERYWHERE
        found: list[str] = []
        everywhere = ""
        for name in source.areas or []:
            if fold(name) in said:
                found += filter(None, [said[fold(name)]])
                self._asked["district_ids", name] += not self._named("district", name)
            elif fold(name) in whole:
                everywhere = "stadtweit"
            elif ours := self._named("district", name):
                found.append(ours)
            else:
                source.tell("unknown", what=facts.label("area"), said=facts.short(name))
                self._asked["district_ids", name] += 1
        return everywhere or ";".join(dict.fromkeys(found))

    def _named(self, target: str, word: str) -> str | None:
        if (target, word) not in self._found:
            try:
                self._found[target, word] = self._lookup.find(target, word)
            except Wrong:
                self._found[target, word] = None
        return self._found[target, word]

    def _understood(self, field: Field, text: str, source: Source) -> str:
        """The text of a cell without what cannot be read, which is named; a required field stays as it is."""
        said = self._said.get(field.name, {})
        if field.type in ("key", "opening", "place") or field.name in _REFERRING or fold(text) in said:
            return text
        if field.type in _LISTS and text != KNOWN_TO_BE_EMPTY:
            kept = [part for part in text.split(";") if self._item(field, part, said, source)]
            return ";".join(kept)
        if field.required:
            return text
        try:
            value = parse(field, text, self._lookup)
            if field.type == "text" and len(text) <= _SURELY_SHORT:
                return text
            broken = {key for _, key in rules.broken(self._kind.table, {field.name: value}, self._today)}
            if "import_too_long" in broken:
                source.tell("too_long", what=field.label, said=facts.short(text))
                return ""
            if not _IMPOSSIBLE & broken:
                return text
        except Wrong as wrong:
            if wrong.key in _ON_NO_LIST:
                self._asked[field.name, text] += 1
        source.tell("unknown", what=field.label, said=facts.short(text))
        return ""

    def _item(self, field: Field, part: str, said: dict[str, str | None], source: Source) -> bool:
        if fold(part) in said:
            return True
        try:
            parse(field, part, self._lookup)
            return True
        except Wrong:
            self._asked[field.name, part] += 1
            source.tell("unknown", what=field.label, said=facts.short(part))
            return False

    def _outside(self, source: Source) -> None:
        """Keep the town of an address that is not in this city."""
        town, country = (str(source.address.get(name) or "") for name in ("city", "country"))
        here = {"", fold(self._city), *(fold(part) for part in self._city.split("-"))}
        if fold(town) not in here or country.lower() not in _HERE:
            names = ("city", "region", "state_province", "country")
            source.keep(NOTE, "town", ", ".join(filter(None, (str(source.address.get(name) or "") for name in names))))

    def _noted(self, cells: dict[str, str], source: Source) -> str:
        """The note that stands here already, and behind it what it does not say yet; "" where nothing is new."""
        own = cells.get(self._kind.key, "")
        key = self._meant.get(self._kind.key, {}).get(fold(own)) or self._said.get(self._kind.key, {}).get(fold(own))
        there = str(self._keys.record(self._kind.table, key or own).get("note") or "")
        new = [line for line in source.note if line not in there]
        return "; ".join(filter(None, [there, *new])) if new else ""
