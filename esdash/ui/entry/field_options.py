"""The options of a field, by name: entries of the city's lists, organisations, contacts, places and courses."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from esdash.analysis.records import links
from esdash.inventory import Inventory
from esdash.inventory.cached import cached
from esdash.model.fields import Field
from esdash.texts import Text
from esdash.wording import labels
from esdash.wording.names import Names, names_of

SEPARATOR = " · "


class Options(NamedTuple):
    """The options in order, and the names of all records, also of those that cannot be chosen any more."""

    offered: tuple[str, ...]
    labels: Mapping[str, str]
    owners: Mapping[str, str | None]  # contact or course → its organisation

    def with_set(self, values: Sequence[str | None]) -> list[str]:
        """The options, and values of the record that are no longer offered."""
        return [*self.offered, *(value for value in values if value and value not in self.offered)]

    def label(self, value: str) -> str:
        """The name of an option; its key if the record is gone."""
        return self.labels.get(value, value)


def of_field(inventory: Inventory, field: Field, text: Text, names: Names) -> Options:
    """The options of a choice, a reference or a list of them."""
    if field.type in ("choice", "choices"):
        named = {key: labels.choice(text, field.name, key) for key in field.ids}
        return Options(tuple(key for key in named if key != "archived"), named, {})
    target = field.target
    if target in links.TABLES:
        return linked(inventory, text, target)
    if target == "theme":
        return _themes(text, names)
    named = {key: names.of(target, key) for key in names.ids(target)}
    return Options(tuple(named), told_apart(named), {})


@cached
def linked(inventory: Inventory, text: Text, table: str) -> Options:
    """The records of a table as options; archived ones have names but are not offered."""
    rows = links.choices(inventory, table)
    names_ = {row["record_id"]: SEPARATOR.join(filter(None, (row["name"], row["detail"]))) for row in rows}
    archived = {row["record_id"] for row in rows if row["archived"]}
    named = {
        key: text("form_entry.archived", name=name) if key in archived else name
        for key, name in told_apart(names_).items()
    }
    owners = {row["record_id"]: row["organization_id"] for row in rows}
    return Options(tuple(key for key in named if key not in archived), named, owners)


def first_of(options: Options, organization: str | None) -> Options:
    """The options in an order that begins with those of an organisation."""
    own = [key for key in options.offered if organization and options.owners.get(key) == organization]
    return options._replace(offered=(*own, *(key for key in options.offered if key not in own)))


def _themes(text: Text, names: Names) -> Options:
    """Each field of action followed by its themes, so that a search for either finds both."""
    labels: dict[str, str] = {}
    for above in names.field_ids:
        labels[above] = text("form_entry.whole_field", field=names.of("theme", above))
        labels |= {key: f"{names.of('theme', above)} › {names.of('theme', key)}" for key in names.themes_below(above)}
    return Options(tuple(labels), told_apart(labels), {})


def told_apart(labels: Mapping[str, Any]) -> dict[str, str]:
    """Id → name; equal names get their key added, because the browser tells options apart by their name only."""
    count = Counter(labels.values())
    return {key: f"{name} ({key})" if count[name] > 1 else name for key, name in labels.items()}


def place_name(inventory: Inventory, text: Text, place: Mapping[str, Any]) -> str:
    """The name of a new place."""
    district = place.get("district_id")
    parts = [place.get("name"), place.get("street"), place.get("postcode")]
    parts.append(names_of(inventory, text).of("district", district) if district else None)
    said = ", ".join(str(part).strip() for part in parts if part)
    return said or ", ".join(str(place[part]) for part in ("lat", "lon") if place.get(part))
