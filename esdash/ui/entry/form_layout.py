"""The fields of a form in groups and rows, as declared in the model."""

from esdash.model.kinds import BY_TABLE
from esdash.wording.labels import POINT


def groups(table: str) -> dict[str, tuple[str, ...]]:
    """Group → names of its fields; the first group is open and has all required fields."""
    found = {}
    for group, fields in BY_TABLE[table].groups.items():
        names = (POINT if field.type == "coordinate" else field.name for field in fields)
        found[group] = tuple(dict.fromkeys(names))
    return found


def parts(name: str) -> tuple[str, ...]:
    """The columns that one field of the form fills."""
    return ("lat", "lon") if name == POINT else (name,)


def rows(table: str, names: tuple[str, ...]) -> list[tuple[str, ...]]:
    """The fields in rows: a wide one alone, others in pairs."""
    found: list[tuple[str, ...]] = []
    for name in names:
        if found and not wide(table, name) and not wide(table, found[-1][0]) and len(found[-1]) == 1:
            found[-1] = (*found[-1], name)
        else:
            found.append((name,))
    return found


def wide(table: str, name: str) -> bool:
    """Whether a field takes a whole row."""
    return name == POINT or BY_TABLE[table].field(name).wide
