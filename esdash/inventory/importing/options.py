"""The possible values of a field: our ids with their names, for drop-down lists."""

from collections.abc import Iterable
from typing import NamedTuple

from esdash.inventory.file.store import Inventory
from esdash.model.fields import Field

YES, NO = "ja", "nein"  # words that the import reads as yes and no


class Option(NamedTuple):
    """One option: our id and its name in both languages."""

    id: str
    german: str
    english: str

    def name(self, language: str) -> str:
        """The name in a language."""
        return self.german if language == "de" else self.english


# Lists of the city and of the inventory; contacts by function only, so that no list names a person.
_LISTS = {
    "theme": "SELECT theme_id AS id, name_de AS german, name_en AS english FROM inventory.theme "
    "WHERE parent_id IS NOT NULL ORDER BY sort",
    "target_group": "SELECT target_group_id AS id, name_de AS german, name_en AS english "
    "FROM inventory.target_group ORDER BY sort",
    "language": "SELECT language_id AS id, name_de AS german, name_en AS english FROM inventory.language ORDER BY sort",
    "module": "SELECT module_id AS id, name_de AS german, name_en AS english FROM inventory.module ORDER BY sort",
    "district": "SELECT district_id AS id, name AS german, name AS english FROM inventory.district ORDER BY sort",
    "organization": "SELECT organization_id AS id, name AS german, name AS english FROM inventory.organization "
    "WHERE status = 'active' ORDER BY name COLLATE de, id",
    "location": "SELECT location_id AS id, name AS german, name AS english FROM inventory.location "
    "WHERE status = 'active' ORDER BY name COLLATE de, id",
    "contact": "SELECT contact_id AS id, role AS german, role AS english FROM inventory.contact "
    "WHERE status = 'active' ORDER BY role COLLATE de, id",
    "contact_point": "SELECT contact_point_id AS id, name AS german, name AS english FROM inventory.contact_point "
    "WHERE status <> 'archived' ORDER BY name COLLATE de, id",
    "course": "SELECT course_id AS id, name AS german, name AS english FROM inventory.course "
    "WHERE status <> 'archived' ORDER BY name COLLATE de, id",
}
_FIELDS_OF_ACTION = (
    "SELECT theme_id AS id, name_de AS german, name_en AS english FROM inventory.theme "
    "WHERE parent_id IS NULL ORDER BY sort"
)


def options(inventory: Inventory, field: Field) -> list[Option]:
    """The options of a field, in the order of the lists; none for a field of texts or numbers."""
    if field.type == "boolean":
        return [Option(YES, "ja", "yes"), Option(NO, "nein", "no")]
    if field.choices:
        return [Option(our_id, words.german[0], words.english[0]) for our_id, words in field.choices.items()]
    if not field.target:
        return []
    query = _FIELDS_OF_ACTION if field.name == "field_ids" else _LISTS[field.target]
    return [Option(**row) for row in inventory.rows(query)]


def option_names(inventory: Inventory, fields: Iterable[Field], language: str) -> dict[str, list[str]]:
    """Field → the names of its options in a language; empty for a field of texts or numbers."""
    return {field.name: [option.name(language) for option in options(inventory, field)] for field in fields}
