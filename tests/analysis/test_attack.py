"""METHODS M4 against everything that is published: no hidden number of people can be worked out.

An attacker knows the rule, which hidden numbers are small, and every published figure of two days. Two cities with
other hidden numbers and the same table of people are told apart by nothing: then each hidden number can be either, and
nobody can say which. The people of the past day and of today are drawn, and beside them other ones that are published
alike (`attacker.possible`), until each hidden number has at least two values of 1 or more.
"""

import random
import shutil
import tempfile
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from esdash.analysis import definitions, open_inventory
from esdash.inventory import Inventory, open_file
from esdash.inventory.access import Action
from tests.analysis.attacker import possible, published
from tests.analysis.entries import DISTRICTS, GROUPS, enter, offer, online, survey
from tests.analysis.published import TIMES, everything, figures
from tests.conftest import NOW
from tests.people import TEST
from tests.trials import amount

PAST, TODAY = NOW + timedelta(days=2), NOW + timedelta(days=30)
RESIDENTS = {"01": 4000, "02": 2000, "03": None}
Counts = dict[str, tuple[int, ...]]  # target group → people in the districts 01, 02, 03


class City(NamedTuple):
    """People on the past day and today, and from how many on they are shown."""

    then: Counts
    now: Counts
    threshold: int


def drawn(seed: int) -> City:
    draw = random.Random(seed)
    threshold = draw.choice([3, 3, 5, 10])
    usual = [0, 1, 2, 3, threshold - 1, threshold, threshold + 1, 9, 40, 120]
    then = {group: tuple(draw.choice(usual) for _ in DISTRICTS) for group in GROUPS}
    now = {group: tuple(n if draw.random() < 0.6 else draw.choice(usual) for n in then[group]) for group in GROUPS}
    return City(then, now, threshold)


def order_of(people: Counts, threshold: int) -> list[int]:
    """The places of the districts in the order in which larger numbers are hidden."""
    small = [sum(0 < people[group][place] < threshold for group in GROUPS) for place in range(len(DISTRICTS))]
    residents = [RESIDENTS[district] or 10**9 for district in DISTRICTS]
    return sorted(range(len(DISTRICTS)), key=lambda place: (-small[place], residents[place], place))


def others(people: Counts, threshold: int) -> dict[str, list[tuple[int, ...]]]:
    """Target group → other numbers that are published like these, so that each hidden number has another value."""
    order, found = order_of(people, threshold), {}
    for group, counts in people.items():
        in_order = [counts[place] for place in order]
        hidden = {place for place, number in enumerate(published(in_order, threshold)[0]) if number is None}
        states: list[tuple[int, ...]] = []
        while hidden:
            best = max(possible(in_order, threshold), key=lambda one: sum(one[p] != in_order[p] for p in hidden))
            moved = {place for place in hidden if best[place] != in_order[place]}
            assert moved, f"{counts}: {hidden} can be computed from the table alone"
            assert min(best[place] for place in hidden) >= 1
            hidden -= moved
            states.append(tuple(best[order.index(place)] for place in range(len(order))))
        found[group] = states
    return found


def alike(city: City) -> list[City]:
    """Other cities with the same published table on both days; each hidden number differs in one of them."""
    then, now = others(city.then, city.threshold), others(city.now, city.threshold)
    number = max(len(states) for states in (*then.values(), *now.values()))
    return [
        City(
            {group: (then[group][n:] or [people])[0] for group, people in city.then.items()},
            {group: (now[group][n:] or [people])[0] for group, people in city.now.items()},
            city.threshold,
        )
        for n in range(number)
    ]


# ---------------------------------------------------------------- the product


@pytest.fixture(scope="module")
def prepared(town_file: bytes, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """Musterstadt with offers of all kinds, surveyed but for two fields."""
    path = tmp_path_factory.mktemp("prepared") / "inventory.duckdb"
    path.write_bytes(town_file)
    inventory = open_inventory(path, lambda: PAST - timedelta(days=1))
    survey(inventory, ("german_courses", "counselling", "essentials"))
    survey(inventory, ("homework",), ("01",))
    enter(
        inventory,
        offer("course", target_group_ids=["women"], capacity=2),
        offer("course_too", organization_id="o2", target_group_ids=["women"], capacity=3),
        offer("open", target_group_ids=None, capacity=None),
        offer("advice", theme_ids=["counselling"], target_group_ids=["adults", "women"], location_id="centre_02"),
        online("line", organization_id="o2", theme_ids=["living"], target_group_ids=list(GROUPS), capacity=9),
        offer("nowhere", organization_id="o3", theme_ids=["essentials"], location_id=None, capacity=None),
        online("help", organization_id="o3", theme_ids=["homework"], target_group_ids=["children"], capacity=4),
    )
    inventory.close()
    return path.read_bytes()


class Lab:
    """Makes inventories of drawn cities, and keeps what they publish."""

    def __init__(self, prepared: bytes, folder: Path, open_it: Callable[..., Inventory] = open_inventory) -> None:
        self._prepared, self._folder, self._open = prepared, folder, open_it

    def publishes(self, city: City, when: str = "today", only: str = "") -> dict[str, Any]:
        """All that is published of this city today, of its past day, or supposed: kind of figures → place → value."""
        moment = [PAST]
        folder = Path(tempfile.mkdtemp(dir=self._folder))
        (folder / "inventory.duckdb").write_bytes(self._prepared)
        inventory = self._open(folder / "inventory.duckdb", lambda: moment[0])
        for moment[0], people in ((PAST, city.then), (TODAY, city.now)):
            _write(inventory, people, city.threshold)
        found = everything(inventory, when, PAST.date(), only)
        inventory.close()
        shutil.rmtree(folder)
        return {kind: dict(figures(values)) for kind, values in found.items()}


def _write(inventory: Inventory, people: Counts, threshold: int) -> None:
    said = inventory.rows("SELECT population_id, persons FROM inventory.population")
    known = {row["population_id"]: row["persons"] for row in said}
    rows = [
        {"population_id": f"{district}|{group}", "persons": persons, "quality": "official"}
        for group, counts in people.items()
        for district, persons in zip(DISTRICTS, counts, strict=True)
        if known[f"{district}|{group}"] != persons  # as taking over a changed folder does
    ]
    with inventory.change(TEST, Action.EDIT_RECORDS) as change:
        change.update("city", [{"city_id": "musterstadt", "small_number_threshold": threshold}])
        change.update("population", rows)
        totals = [{"target_group_id": group, "persons": sum(counts)} for group, counts in people.items()]
        change.update("city_total", totals)


def told_apart(one: dict[str, Any], other: dict[str, Any]) -> list[str]:
    """The kinds of figures with one that differs between two cities, with the first such figure."""
    found = []
    for kind, values in one.items():
        differ = [at for at in values.keys() | other[kind].keys() if values.get(at) != other[kind].get(at)]
        if differ:
            at = min(differ)
            found.append(f"{kind}{at}: {values.get(at)} / {other[kind].get(at)}")
    return found


def attacked(lab: Lab, seeds: Sequence[int]) -> tuple[list[str], Counter[str], int]:
    """What tells cities apart that are published alike, how many figures of which kind were looked at, hidden ones."""
    leaks, seen, hidden = [], Counter[str](), 0
    for seed in seeds:
        city = drawn(seed)
        rivals = alike(city)[: amount(1, len(GROUPS) * len(DISTRICTS))]  # the first moves most hidden numbers
        if not rivals:
            continue
        when = TIMES[seed % len(TIMES)]
        truth = lab.publishes(city, when)
        seen.update({kind: len(values) for kind, values in truth.items()})
        people = next(values for kind, values in truth.items() if kind.endswith("people"))
        hidden += sum(value == "suppressed" for at, value in people.items() if ".quality" in at)
        for rival in rivals:
            leaks += [f"{seed}: {leak}" for leak in told_apart(truth, lab.publishes(rival, when))]
    return leaks, seen, hidden


# ---------------------------------------------------------------- the attack


def test_nothing_published_tells_a_hidden_number(
    prepared: bytes, tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    leaks, seen, hidden = attacked(Lab(prepared, tmp_path), range(amount(3, 300)))
    assert leaks == []
    assert hidden > 5
    assert min(seen.values()) > 0
    for kind, number in sorted(seen.items()):
        record_property(kind, number)
        print(f"{number:>10,} {kind}")
    print(f"{sum(seen.values()):>10,} figures, {hidden} hidden numbers")


# ---------------------------------------------------------------- the attack finds what it looks for

TRUE = (
    "(SELECT max(p.persons) FROM population AS p "
    "WHERE p.district_id = r.district_id AND p.target_group_id = r.target_group_id)"
)
PLANTED = {
    "the need of hidden people from their true number": (
        "coalesce(rest / unknown, small_number_threshold / 2)", TRUE, "coverage",
    ),
    "a bound that the true number narrows": (
        "supposed + coalesce(r.persons, most_persons) AS persons_high",
        f"supposed + coalesce(r.persons, least(most_persons, 2 * {TRUE})) AS persons_high", "bounds",
    ),
    "the log names what changed": (
        "'*' AS record_id", "record_id", "change log",
    ),
}  # fmt: skip


@pytest.mark.parametrize("planted", PLANTED)
def test_a_planted_leak_is_found(planted: str, prepared: bytes, tmp_path: Path) -> None:
    right, wrong, kind = PLANTED[planted]
    leaking = [one.replace(right, wrong) for one in definitions()]
    assert sum(one != other for one, other in zip(leaking, definitions(), strict=True)) == 1
    lab = Lab(prepared, tmp_path, lambda path, clock: open_file(path, leaking, clock))
    usual: Counts = {"children": (40, 40, 40), "adults": (40, 40, 40)}
    # Published alike: 02 and 03 are hidden, 42 together on the past day, 41 today. In the first only 03 has changed.
    city = City(usual | {"women": (120, 40, 2)}, usual | {"women": (120, 40, 1)}, 3)
    rival = City(usual | {"women": (120, 41, 1)}, usual | {"women": (120, 39, 2)}, 3)
    found = told_apart(lab.publishes(city, only=kind), lab.publishes(rival, only=kind))
    assert any(leak.startswith(kind) for leak in found), found
