"""Reading one row of a file as values of our fields, with a fault for every cell that cannot be read."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from esdash.errors import InEach
from esdash.inventory.importing import cells, decisive, one_cell, opening_words
from esdash.inventory.importing.columns import OWNER, Columns, Mapping
from esdash.inventory.importing.draft import Draft
from esdash.inventory.importing.lookup import Lookup
from esdash.inventory.importing.read import hxl
from esdash.inventory.importing.read.limits import FULL_CELL
from esdash.inventory.importing.read.spreadsheets import Row, Table
from esdash.model import addresses, entries, times, values
from esdash.model.fields import Field
from esdash.model.folding import fold, is_nobody, is_none_of_them, is_unknown
from esdash.model.notation import KNOWN_TO_BE_EMPTY
from esdash.model.values import Wrong

EVERYWHERE = {"alle", "stadtweit", "gesamtestadt", "ganzestadt", "citywide", "all"}
_CELL_ERROR = re.compile(r"#[A-ZÜÄÖ0-9/]+[!?]?")
_KEY = re.compile(r"[\w.|:-]{1,80}")
_PLAIN: dict[str, Callable[[str], Any]] = {
    "text": str,
    "place": str,
    "integer": values.integer,
    "decimal": values.decimal,
    "coordinate": values.coordinate,
    "date": values.day,
    "boolean": values.boolean,
    "postcode": values.postcode,
    "email": values.email,
    "website": values.website,
    "time": times.clock,
    "times": times.weekly,
    "fortnightly": lambda text: entries.several(text, "fortnightly"),
    "periods": lambda text: entries.several(text, "periods"),
    "opening": opening_words.hours_alone,
}


NOT_AVAILABLE = "NA"  # unknown, or the short name of "Nähen Aktiv"


class RowReader:
    """Reads the rows of one table."""

    def __init__(self, table: Table, columns: Columns, mapping: Mapping, lookup: Lookup, today: date) -> None:
        # The organisation is read first, because contacts and courses are searched within it.
        ordered = sorted(columns.fields.items(), key=lambda item: item[1].target in ("contact", "course"))
        self._fields = [(position, table.header[position], f) for position, f in ordered]
        self._headers = {field_.name: header for _, header, field_ in self._fields}
        self._kind = columns.kind
        self._mapping = mapping
        self._lookup = lookup
        self._today = today
        self._owner = mapping.values.get(OWNER, {}).get("") if OWNER in columns.kind.by_name else None
        self._tagged = hxl.is_tagged(table.header)
        self._typed = table.typed

    def read(self, row: Row) -> Draft:
        """The row as a draft, without empty cells, because they change nothing."""
        draft = Draft(row.number, headers=self._headers)
        if row.beyond:
            draft.cells[""] = ("", row.beyond[0])
            draft.fault("", "import_extra_cells")
        weekly: dict[str, str] = {}
        if self._owner:
            draft.given[OWNER] = self._owner
        for position, header, field_ in self._fields:
            text = row.cells[position]
            if text == "":
                continue
            draft.cells[field_.name] = (header, text)
            if field_.name in (*one_cell.WEEKLY, "times"):
                weekly[field_.name] = text
            else:
                self._fill(draft, header, field_, text, row)
        if weekly:
            self._read_weekly(draft, weekly, row)
        for name, key, more in row.faults:
            draft.fault(name, key, **more)
        _settle(draft)
        for name in sorted(draft.unread):
            decisive.leave_out(draft, self._kind, name)
        return draft

    def _read_weekly(self, draft: Draft, said: dict[str, str], row: Row) -> None:
        """Weekly times in one column or in several; what does not fit becomes a note."""
        text, rest = one_cell.weekly(said)
        header = draft.cells.setdefault("times", draft.cells[next(iter(said))])[0]
        draft.cells["times"] = (header, text or draft.cells["times"][1])
        draft.asides |= rest
        if text:
            self._fill(draft, header, self._kind.field("times"), text, row)

    def _fill(self, draft: Draft, header: str, field_: Field, text: str, row: Row) -> None:
        """Read one cell; adds a fault where it cannot be read."""
        if text == NOT_AVAILABLE and field_.type == "text":
            if field_.name == "short_name" and _initials(self._name(row)).startswith(NOT_AVAILABLE):
                draft.given[field_.name] = text
                return
            draft.remarks.append(("import.notice_unknown", field_.name))
        if field_.name == "name" and field_.personal and is_nobody(text):  # no person, so nobody has to consent
            draft.given[field_.name] = None
            draft.remarks.append(("import.notice_unknown", field_.name))
            return
        try:
            own_notation = (header == field_.name or self._tagged) and text == KNOWN_TO_BE_EMPTY
            if own_notation and field_.is_list:
                draft.given[field_.name] = []
            elif field_.type == "opening" and not is_unknown(text):
                self._read_hours(draft, field_, self._unmistakable(header, field_, text))
            elif field_.type in cells.TYPES and not says_nothing(field_, text):
                self._read_cell(draft, field_, self._unmistakable(header, field_, text))
            else:
                said = self._unmistakable(header, field_, text)
                draft.given[field_.name] = self._value(field_, said, draft.given.get("organization_id"))
                if field_.type == "reference" and draft.given[field_.name] == text:
                    draft.names[field_.name] = self._lookup.name(field_.target, text) or text
        except Wrong as wrong:
            costs_row = decisive.costs_row(self._kind, field_.name)
            draft.fault(field_.name, wrong.key, whole_row=costs_row, **wrong.values)
        if field_.type == "key" and draft.given.get(field_.name, "") is None:
            del draft.given[field_.name]  # "unknown" is not a key

    def _name(self, row: Row) -> str:
        return next((row.cells[position] for position, _, field_ in self._fields if field_.name == "name"), "")

    def _read_cell(self, draft: Draft, field_: Field, text: str) -> None:
        """A cell that may fill fields beside its own, or become a note."""
        words = self._mapping.values.get(field_.name)
        mapped = words.get(fold(text), text) if words else text
        if mapped is None or says_nothing(field_, mapped):
            draft.given[field_.name] = None if mapped is None else parse(field_, mapped, self._lookup)
            return
        said = cells.read(self._kind, field_, mapped, self._today)
        draft.given |= said.given
        draft.beside += [(field_.name, name, value) for name, value in said.beside.items()]
        draft.remarks += [(key, field_.name) for key in said.remarks]
        draft.next_day = draft.next_day or said.next_day
        if said.note:
            draft.asides[field_.name] = said.note

    def _read_hours(self, draft: Draft, field_: Field, text: str) -> None:
        """Opening hours, and what stands in the same cell; a column of its own says it better."""
        words = self._mapping.values.get(field_.name, {})
        said = words.get(fold(text), text)
        if said is None:
            draft.given[field_.name] = None
            return
        reading = opening_words.read(said, self._today)
        own = {one.name for _, _, one in self._fields}
        for name, value in reading.given().items():
            if name == field_.name or (name in self._kind.by_name and name not in own):
                draft.given[name] = value
                draft.cells.setdefault(name, draft.cells[field_.name])
        if reading.note:
            draft.asides[field_.name] = reading.note
        if reading.weekly and times.working_days(said):
            draft.remarks.append(("import.notice_working_days", field_.name))

    def _unmistakable(self, header: str, field_: Field, text: str) -> str:
        """The text, if it has only one meaning. Raises Wrong for a number that has two.

        In a CSV file with English headers, 1.234 may be 1.234 or 1234, and so may 1,234.
        """
        if self._typed:
            if len(text) >= FULL_CELL:
                raise Wrong("import_cut_cell")
        elif field_.type == "decimal" and fold(header) in map(fold, (*field_.headings.english, field_.name)):
            if re.fullmatch(r"\d{1,3}(?:,\d{3})+", text):
                raise Wrong("import_not_number")
            return text.replace(".", ",") if re.fullmatch(r"\d+\.\d+", text) else text
        return text

    def _value(self, field_: Field, text: str, owner: str | None) -> Any:
        words = self._mapping.values.get(field_.name, {})
        listed = field_.type in ("references", "choices")
        if words and fold(text) in words:
            said = words[fold(text)]
            if said is None:
                return None
            text = said
        elif words and listed:
            text = ";".join(filter(None, (_said(words, part) for part in re.split(r"[;\n|]", text))))
            if not text:
                return None
        return parse(field_, text, self._lookup, owner)


def _initials(name: str) -> str:
    return "".join(word[0] for word in re.findall(r"\w+", name)).upper()


def _said(words: dict[str, str | None], part: str) -> str:
    """An item of a list, or its comma-separated pieces, with our ids in place of the words in `words`."""
    if fold(part) in words:
        return words[fold(part)] or ""
    pieces = (piece.strip() for piece in part.split(","))
    return ",".join(filter(None, (words.get(fold(piece), piece) for piece in pieces)))


def says_nothing(field_: Field, text: str) -> bool:
    """Whether a cell has no value of its field: "unknown", "none of them", or a fault of the spreadsheet program."""
    return is_unknown(text) or bool(_CELL_ERROR.fullmatch(text)) or (field_.is_list and is_none_of_them(text))


def parse(field_: Field, text: str, lookup: Lookup, owner: str | None = None) -> Any:
    """A text as a value of a field; None if it says "unknown". Raises Wrong for what cannot be read.

    `owner` limits contacts and courses to an organisation.
    """
    if is_unknown(text):
        return None
    if _CELL_ERROR.fullmatch(text):
        raise Wrong("import_cell_error")  # #REF!, #WERT!, or a formula without a saved result
    if field_.is_list and is_none_of_them(text):
        return []
    if field_.type == "reference":
        return lookup.find(field_.target, text, owner if field_.target in ("contact", "course") else None)
    if field_.name == "district_ids" and fold(text) in EVERYWHERE:
        return None  # not limited
    if field_.type == "references":
        return lookup.find_all(field_.target, text)
    if field_.type == "choice":
        return choice(field_, text)
    if field_.type == "choices":
        return list(dict.fromkeys(choice(field_, part) for part in re.split(r"[;,\n|]", text) if part.strip()))
    if field_.type == "key":
        if not _KEY.fullmatch(text):
            raise Wrong("import_not_key")
        return text
    return _PLAIN[field_.type](text)


def choice(field_: Field, text: str) -> str:
    """The id of a choice. Raises Wrong for an unknown word."""
    if fold(text) not in field_.words:
        german = ", ".join(words.german[0] for words in field_.choices.values())
        usual = InEach(german, ", ".join((words.english or words.german)[0] for words in field_.choices.values()))
        raise Wrong("import_not_choice", named=text.strip(), choices=usual)
    return field_.words[fold(text)]


def _settle(draft: Draft) -> None:
    """Replace fields that are not columns of the table by the columns that they fill, except for places."""
    given = draft.given
    if "span" in given:  # said to be unknown
        given |= {name: given.get(name) for name in ("begins", "ends")}
        del given["span"]
    for source, name, value in draft.beside:
        if given.get(name) is None:
            given[name] = value
            draft.cells.setdefault(name, draft.cells[source])
        elif given[name] != value:
            draft.fault(source, "import_contradicts", other=draft.cells[name][0])
    if draft.next_day and given.get("starts_on") and given.get("ends_on") is None:
        given["ends_on"] = given["starts_on"] + timedelta(days=1)
        draft.remarks.append(("import.notice_next_day", "begins"))
    one_cell.take_apart(draft)
    for street in ("street", "location_street"):
        apart = street.replace("street", "house_number")
        number = given.pop(apart, None)
        if number and (whole := addresses.joined(given.get(street), number)):
            given[street] = whole
        elif number:
            draft.fault(apart, "import_two_house_numbers", whole_row=False)
    fields_of_action = given.pop("field_ids", None)
    if fields_of_action and not given.get("theme_ids"):  # a theme is more exact than its field of action
        given["theme_ids"] = fields_of_action
        draft.cells["theme_ids"] = draft.cells["field_ids"]
