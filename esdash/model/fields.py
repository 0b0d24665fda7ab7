"""What a record is made of: a field, where form, record page and files have it, and what it is called."""

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as of_dataclass
from functools import cached_property
from typing import Any

from esdash.model.folding import fold

LANGUAGES = ("de", "en")
# Fields that are no column of the table: they lead to one.
PLACE_PARTS = ("location_street", "location_postcode", "location_district_id")
REFERRING = ("reference", "references", "place")  # types of fields that name records


def target_of(column: str) -> str:
    """The table whose records a column names, where that is plain from its name: language_ids → language."""
    return column.removesuffix("s").removesuffix("_id")


@dataclass(frozen=True)
class Words:
    """What something is called, the usual word first; the others are understood in files."""

    german: tuple[str, ...] = ()
    english: tuple[str, ...] = ()

    def of(self, language: str) -> tuple[str, ...]:
        """The words in a language."""
        return self.german if language == "de" else self.english

    @cached_property
    def folded(self) -> frozenset[str]:
        """All words, folded."""
        return frozenset(fold(word) for word in (*self.german, *self.english))


@dataclass(frozen=True)
class Field:
    """One field of a record, or one column that a file may have.

    `type`: text, integer, decimal, coordinate, date, time, span, times, opening, boolean, choice, choices, postcode,
    email, website, key, reference, references or place (to `target`, a table).
    """

    name: str
    type: str
    group: str = ""  # of the form (text form_section.<group>); empty: the form does not show it
    page: str = ""  # the column of the record page, left or right; empty: it is not there, or in its head
    required: bool = False
    target: str = ""  # where it is not plain from the name
    ids: tuple[str, ...] = ()  # of the choices
    wide: bool = False  # alone in its row of the form; a text has several lines then
    empty_said: bool = False  # "asked, and there is none" is an answer that people give; elsewhere nobody knows
    first: str = ""  # what a new record begins with
    missing: str = ""  # key of the text for nothing written; empty: unknown
    missing_if: tuple[str, tuple[str, ...]] | None = None  # only where that other field has one of these values
    personal: str = ""  # person: leaves with public consent only; office: never leaves; consent: goes with the person
    compared_as: str = ""  # the field of METHODS M5 by which two records are compared
    part_of: str = ""  # the field without which it means nothing
    example: bool = True  # whether the template shows one
    filtered: bool = False  # yes or no: lists are filtered by it, and Initiativen shows it
    stored: bool = True  # a column of the table; one that is not leads to another
    headings: Words = Words()  # from words.toml
    choices: Mapping[str, Words] = of_dataclass(default_factory=dict, hash=False)  # id → words, from words.toml

    @property
    def label(self) -> str:
        """What it is called, in German and English."""
        return f"{self.headings.german[0]} / {self.headings.english[0]}"

    @cached_property
    def headers(self) -> frozenset[str]:
        """All headers that mean this field, folded; the name of the column is understood too."""
        return self.headings.folded | {fold(self.name)}

    @cached_property
    def words(self) -> dict[str, str]:
        """Folded word → our id, for choices."""
        return {word: our_id for our_id, words in self.choices.items() for word in (*words.folded, fold(our_id))}

    def meaning_of_missing(self, record: Mapping[str, Any]) -> str:
        """The key of the text for nothing written in a record; empty where that only means that nobody knows."""
        if self.missing_if is None or record.get(self.missing_if[0]) in self.missing_if[1]:
            return self.missing
        return ""

    @property
    def refers(self) -> bool:
        """Whether the column names records of `target`."""
        return self.stored and self.type in REFERRING

    @property
    def is_list(self) -> bool:
        """Whether it holds several values."""
        return self.type in ("references", "choices", "times")


@dataclass(frozen=True)
class Kind:
    """One kind of record. `same_by`: the fields that make two rows the same; of `same_if_given` only if given."""

    name: str  # of a table of such records, as a command calls it
    table: str
    fields: tuple[Field, ...]  # in the order of form, record page, comparison, preview and template
    same_by: tuple[str, ...]
    same_if_given: tuple[str, ...] = ()
    named_by: tuple[str, ...] = ("name",)  # what a new key is made from
    mergeable: bool = False  # whether two of them can become one
    followed_by: str = ""  # the table whose records people enter next, from here

    @property
    def key(self) -> str:
        """The key column of the table."""
        return f"{self.table}_id"

    @cached_property
    def by_name(self) -> dict[str, Field]:
        """Name → field."""
        return {field.name: field for field in self.fields}

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
        """The fields by which lists of these records are filtered, beside the facets that have rules of their own."""
        return tuple(field for field in self.fields if field.filtered)

    def personal(self, *ways: str) -> tuple[str, ...]:
        """The names of the fields that are personal in one of these ways."""
        return tuple(field.name for field in self.fields if field.personal in ways)

    def linked(self) -> dict[str, Field]:
        """Table → the field that names one of its records."""
        return {field.target: field for field in self.fields if field.type in ("reference", "place")}
