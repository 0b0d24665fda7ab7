"""What a record is made of: a field, where form, record page and files have it, and what it is called."""

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as of_dataclass
from functools import cached_property
from typing import Any

from esdash.model import entries
from esdash.model.folding import fold

LANGUAGES = ("de", "en")
# Fields without a column of their own: the importer and the form make a location of them.
PLACE_PARTS = ("location_street", "location_postcode", "location_district_id")
# Columns that only files of others have: a house number apart from its street, the point of a place.
APART = ("house_number", "location_house_number", "location_lat", "location_lon", "weekday", "begins_at", "ends_at")
REFERRING = ("reference", "references", "place")  # types of fields that name records


def target_of(column: str) -> str:
    """The table that a column refers to, read from the name of the column: language_ids → language."""
    return column.removesuffix("s").removesuffix("_id")


@dataclass(frozen=True)
class Words:
    """The words for one thing: the first is shown, the others are also understood in imported files."""

    german: tuple[str, ...] = ()
    english: tuple[str, ...] = ()

    def of(self, language: str) -> tuple[str, ...]:
        """The words in a language."""
        return self.german if language == "de" else self.english

    @cached_property
    def folded(self) -> frozenset[str]:
        """All words in both languages, as `fold` writes them."""
        return frozenset(fold(word) for word in (*self.german, *self.english))


@dataclass(frozen=True)
class Field:
    """One field of a record, or one column that a file may have.

    `type`: text, integer, decimal, coordinate, date, time, span, times, fortnightly, periods, opening, boolean, choice,
    choices, postcode, email, website, key, reference, references or place (to `target`, a table).
    """

    name: str
    type: str
    group: str = ""  # group of the form (text form_section.<group>); empty: the form does not show the field
    page: str = ""  # column of the record page, left or right; empty: not shown there, or shown in the head of the page
    required: bool = False
    target: str = ""  # table of a reference whose name does not tell it
    ids: tuple[str, ...] = ()  # ids of the choices
    wide: bool = False  # takes a whole row of the form; a text then has several lines
    empty_said: bool = False  # an empty list means "asked, there is none"; otherwise empty is unknown
    first: str = ""  # value in a new record
    missing: str = ""  # key of the text shown for an empty field; without one it says "unknown"
    missing_if: tuple[str, tuple[str, ...]] | None = None  # `missing` holds only if that field has one of these
    personal: str = ""  # person: leaves with public consent; office: never leaves; consent: erased with the person
    compared_as: str = ""  # the field of METHODS M5 by which two records are compared
    part_of: str = ""  # the field that it adds to; alone it means nothing
    example: bool = True  # whether the template shows an example value
    filtered: bool = False  # a yes-or-no field by which lists are filtered; a column of the files of Initiativen
    stored: bool = True  # whether it is a column of the table (see PLACE_PARTS)
    headings: Words = Words()  # from words.toml
    choices: Mapping[str, Words] = of_dataclass(default_factory=dict, hash=False)  # id → words, from words.toml

    @property
    def label(self) -> str:
        """The name of the field in German and English: "Träger / provider"."""
        return f"{self.headings.german[0]} / {self.headings.english[0]}"

    @cached_property
    def headers(self) -> frozenset[str]:
        """All headers of files that mean this field, folded; the name of the column is one of them."""
        return self.headings.folded | {fold(self.name)}

    @cached_property
    def words(self) -> dict[str, str]:
        """Folded word → our id, for choices."""
        return {word: our_id for our_id, words in self.choices.items() for word in (*words.folded, fold(our_id))}

    def meaning_of_missing(self, record: Mapping[str, Any]) -> str:
        """The key of the text that a record shows for this field when it is empty; "" where empty is unknown."""
        if self.missing_if is None or record.get(self.missing_if[0]) in self.missing_if[1]:
            return self.missing
        return ""

    @property
    def refers(self) -> bool:
        """Whether the column holds keys of the table `target`."""
        return self.stored and self.type in REFERRING

    @property
    def is_list(self) -> bool:
        """Whether the field holds a list of values."""
        return self.type in ("references", "choices", *entries.TYPES)


@dataclass(frozen=True)
class Kind:
    """One kind of record. Rows are the same if `same_by` agree, and `same_if_given` where the row fills them."""

    name: str  # as commands call it: contact-points
    table: str
    fields: tuple[Field, ...]  # in the order of form, record page, comparison, preview and template
    same_by: tuple[str, ...]
    same_if_given: tuple[str, ...] = ()
    named_by: tuple[str, ...] = ("name",)  # fields that a new key is made from
    mergeable: bool = False  # whether two records can be merged
    followed_by: str = ""  # table of the records that people usually enter next
    names: Words = Words()  # one record, several: from words.toml
    listed: Words = Words()  # words of the names of files and sheets that tell this kind, from words.toml

    @property
    def key(self) -> str:
        """The key column of the table."""
        return f"{self.table}_id"

    @cached_property
    def by_name(self) -> dict[str, Field]:
        """Name → field."""
        return {field.name: field for field in self.fields}

    @cached_property
    def by_header(self) -> dict[str, Field]:
        """Folded header of a file → field."""
        return {header: field for field in self.fields for header in field.headers}

    @property
    def label(self) -> str:
        """What several records are called in German and English: "Angebote / Offers"."""
        return f"{self.names.german[1]} / {self.names.english[1]}"

    def field(self, name: str) -> Field:
        """The field of that name."""
        return self.by_name[name]

    @cached_property
    def groups(self) -> dict[str, tuple[Field, ...]]:
        """Group of the form → its fields; empty where records of this kind have no form."""
        names = dict.fromkeys(field.group for field in self.fields if field.group)
        return {name: tuple(field for field in self.fields if field.group == name) for name in names}

    def on_page(self, side: str) -> tuple[Field, ...]:
        """The fields in the left or the right column of the record page."""
        return tuple(field for field in self.fields if field.page == side)

    @cached_property
    def filters(self) -> tuple[Field, ...]:
        """The fields with `filtered`: lists are filtered by them, and by the facets of selection.sql."""
        return tuple(field for field in self.fields if field.filtered)

    def personal(self, *ways: str) -> tuple[str, ...]:
        """The names of the fields whose `personal` is one of these."""
        return tuple(field.name for field in self.fields if field.personal in ways)

    def linked(self) -> dict[str, Field]:
        """Table → the field of the form that refers to it."""
        return {field.target: field for field in self.fields if field.group and field.type in ("reference", "place")}
