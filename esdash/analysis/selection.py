"""What a question is about: a selection of target groups, themes and districts, and a matrix over them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

AXES = ("district", "target_group", "field", "theme", "city")
MEASURES = ("coverage", "gap", "gap_per_100", "offers")
ORDERS = ("usual", "severity")


@dataclass(frozen=True)
class Selection:
    """Ids of target groups, of themes or whole fields of action, and of districts; an empty one means all."""

    groups: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    districts: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        """Whether the selection names anything, so that it is not the whole city."""
        return self != EVERYTHING

    @property
    def theme(self) -> str | None:
        """The theme or field of action, if it is a single one."""
        return self.themes[0] if len(self.themes) == 1 else None

    @property
    def district(self) -> str | None:
        """The district, if it is a single one."""
        return self.districts[0] if len(self.districts) == 1 else None

    @property
    def everywhere(self) -> Selection:
        """The same target groups and themes in the whole city."""
        return Selection(self.groups, self.themes)

    @property
    def only_groups(self) -> Selection:
        """The same target groups, with all themes in the whole city."""
        return Selection(self.groups)

    def bound(self) -> dict[str, list[str] | None]:
        """The parameters $groups, $themes and $districts of a query; NULL is all."""
        return {name: list(ids) or None for name, ids in vars(self).items()}


EVERYTHING = Selection()


@dataclass(frozen=True)
class View:
    """A matrix: rows × columns of AXES, what a cell says, what it is about, and the order of its rows."""

    rows: str = "district"
    columns: str = "field"
    measure: str = "coverage"
    selection: Selection = EVERYTHING
    order: str = ORDERS[0]
    field: str | None = None  # the field of action whose themes are shown
    since: date | None = None  # the day it is compared with; suppositions are compared with what is, before any day

    @property
    def axes(self) -> tuple[str, str]:
        """Rows and columns."""
        return self.rows, self.columns

    @property
    def beyond(self) -> Selection:
        """The part of the selection that rows and columns do not show already; it applies to each of their cells."""
        themes = () if {"field", "theme"} & {*self.axes} else self.selection.themes
        return Selection(
            () if "target_group" in self.axes else self.selection.groups,
            themes,
            () if "district" in self.axes else self.selection.districts,
        )

    @property
    def counts_entries(self) -> bool:
        """Whether it counts offers by what they say, wherever they are, instead of those that reach a district."""
        return self.measure == "offers" and self.rows == "target_group" and not self.selection.districts

    @property
    def whole(self) -> View:
        """The same matrix of the whole city, with nothing chosen."""
        columns = "field" if self.field else self.columns
        return replace(self, selection=EVERYTHING, field=None, columns=columns)
