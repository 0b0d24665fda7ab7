"""Random values for a generated inventory, from the city's reference data and the word lists."""

import random
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, TypeVar

from esdash.examples import generated_words as words
from esdash.inventory.file.store import Inventory

MONTHS = 18  # months of history; the records of each month are one change
UNKNOWN_SHARE = 0.1  # share of unknown values, for fields that may be unknown
SPREAD_DEGREES = 0.004  # standard deviation around a district's centre: about 450 m north-south, 270 m east-west

Row = dict[str, Any]
Value = TypeVar("Value")


def entered(total: int, month: int) -> int:
    """How many of `total` records have been entered when `month` begins."""
    return -(-total * month // MONTHS)


class Draw:
    """Random choices with a seed, from the reference data of one city."""

    def __init__(self, inventory: Inventory, seed: int) -> None:
        self.chance = random.Random(seed)
        self.today = inventory.today()
        self.districts = inventory.rows(
            "SELECT district_id, short_name, lat, lon, coalesce(sum(persons), any_value(residents), 1) AS people "
            "FROM district LEFT JOIN population USING (district_id) "
            "GROUP BY district_id, short_name, lat, lon ORDER BY district_id"
        )
        self.themes = inventory.rows(
            "SELECT theme_id, short_de FROM theme "
            "WHERE theme_id NOT IN (SELECT parent_id FROM theme WHERE parent_id IS NOT NULL) ORDER BY sort, theme_id"
        )
        self.groups = inventory.rows("SELECT target_group_id, short_de FROM target_group ORDER BY sort")
        self.modules = inventory.rows("SELECT module_id, name_de FROM module ORDER BY sort")
        self.languages = [row["language_id"] for row in inventory.rows("FROM language ORDER BY sort")]

    def maybe(self, value: Value) -> Value | None:
        """The value, or None with the share of unknown values."""
        return None if self.chance.random() < UNKNOWN_SHARE else value

    def some(self, values: Sequence[str], at_most: int, first: str | None = None) -> list[str]:
        """One to `at_most` of the values, beginning with `first` if it is one of them."""
        chosen = self.chance.sample(values, min(self.chance.randint(1, at_most), len(values)))
        return list(dict.fromkeys([first, *chosen]))[:at_most] if first is not None and first in values else chosen

    def earlier(self, rows: list[Row], month: int) -> Row:
        """A record that was entered by the end of that month."""
        return rows[self.chance.randrange(entered(len(rows), month + 1))]

    def district(self) -> Row:
        """A random district, weighted by its people."""
        return self.chance.choices(self.districts, [row["people"] for row in self.districts])[0]

    def near(self, degrees: float) -> float:
        """A coordinate near the one of a district's centre."""
        return round(self.chance.gauss(degrees, SPREAD_DEGREES), 6)

    def before(self, days: int) -> date:
        """A random day among the last ones."""
        return self.today - timedelta(days=self.chance.randint(1, days))

    def assured(self) -> Row:
        """When and by whom a record was last confirmed; most within the last year."""
        if self.maybe(True) is None:
            return {"assured_on": None, "assured_by": None}
        return {"assured_on": self.before(self.chance.choice((90, 200, 400))), "assured_by": "Projektbüro"}

    def times(self) -> list[Row]:
        """One to three weekly times."""
        weekdays = sorted(self.chance.sample(range(1, 8), self.chance.choice((1, 1, 1, 2, 3))))
        begins = self.chance.randint(8, 18)
        minutes = self.chance.choice(("00", "30"))
        return [
            {"weekday": weekday, "begins": f"{begins:02}:{minutes}", "ends": f"{begins + 2:02}:{minutes}"}
            for weekday in weekdays
        ]

    def street(self) -> str:
        """A random street with a house number."""
        return f"{self.chance.choice(words.STREETS)} {self.chance.randint(1, 120)}"

    def phone(self) -> str:
        """A phone number from the range for films of the Bundesnetzagentur, which is never assigned."""
        return f"030 23125 {self.chance.randint(0, 999):03}"
