"""The model of bundling: sound plans, as good as an exhaustive search, never worse than greedy."""

import itertools
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from esdash.analysis.bundling import solver as solver
from esdash.analysis.bundling.solver import Site, Task
from esdash.analysis.bundling.waiting import place
from tests import trials


def answer(task: Task) -> tuple[dict[str, str], float, float]:
    """Merges, cost and bound of a whole task, fixed merges included."""
    rest = solver.settled(task)
    found = solver.components(rest)
    outcomes = dict(solver.improve(rest, found)).values()
    into = dict(task.fixed)
    for outcome in outcomes:
        into.update(outcome.into)
    joined = {key for component in found for key in component.sites}
    alone = sum(site.cost for key, site in rest.sites.items() if key not in joined)
    alone += sum(task.burdens[pair] for pair in task.fixed)
    return into, alone + sum(o.cost for o in outcomes), alone + sum(o.bound for o in outcomes)


def greedily(task: Task) -> float:
    """Cost of the greedy plan of a task without fixed merges."""
    rest = solver.settled(task)
    found = solver.components(rest)
    joined = {key for component in found for key in component.sites}
    alone = sum(site.cost for key, site in rest.sites.items() if key not in joined)
    return alone + sum(solver.greedy(rest, component).cost for component in found)


def sound(task: Task, into: dict[str, str]) -> bool:
    """Whether a plan keeps all rules; written for the tests alone."""
    load = dict.fromkeys(task.sites, 0)
    for session, kept in into.items():
        if (session, kept) not in task.burdens or kept in into or task.sites[session].must_hold:
            return False
        load[kept] += task.sites[session].people
    return all(load[key] <= site.room for key, site in task.sites.items()) and task.fixed <= set(into.items())


def cheapest(task: Task) -> float:
    """The cost of the best plan by trying all of them."""
    keys = list(task.sites)
    choices = [[None, *(kept for session, kept in task.burdens if session == key)] for key in keys]
    best = float("inf")
    for chosen in itertools.product(*choices):
        into = {key: kept for key, kept in zip(keys, chosen, strict=True) if kept is not None}
        if sound(task, into):
            held = sum(task.sites[key].cost for key in keys if key not in into)
            best = min(best, held + sum(task.burdens[pair] for pair in into.items()))
    return best


def drawn(chance: random.Random, most: int = 6) -> Task:
    """A small task: some sessions full, some empty, some that must be held, some merges not allowed."""
    sites = {}
    for key in "abcdef"[: chance.randint(1, most)]:
        seats = chance.randint(0, 12)
        people = chance.randint(0, seats)
        sites[key] = Site(people, seats - people, chance.choice([0, 100, 250, 300]), chance.random() < 0.15)
    pairs = [pair for pair in itertools.permutations(sites, 2) if chance.random() < 0.7]
    burdens = {pair: sites[pair[0]].people * chance.choice([0.0, 5.0, 12.5, 60.0]) for pair in pairs}
    return Task(sites, burdens)


@pytest.mark.parametrize("seed", range(200))
def test_as_good_as_an_exhaustive_search(seed: int) -> None:
    task = drawn(random.Random(seed))
    into, cost, bound = answer(task)
    assert sound(task, into)
    assert cost == pytest.approx(cheapest(task), abs=1e-6)
    assert bound == pytest.approx(cost, abs=1e-6)  # and it knows that it is the best


@pytest.mark.parametrize("seed", range(50))
def test_fixed_merges_are_kept_and_the_rest_is_still_best(seed: int) -> None:
    chance = random.Random(1000 + seed)
    free: list[solver.Pair] = []
    while not free:  # a draw in which nothing can be merged says nothing
        task = drawn(chance)
        free = [pair for pair in task.burdens if sound(task, {pair[0]: pair[1]})]
    fixed = Task(task.sites, task.burdens, frozenset({chance.choice(free)}))
    into, cost, _ = answer(fixed)
    assert sound(fixed, into)
    assert cost == pytest.approx(cheapest(fixed), abs=1e-6)


SITES = st.dictionaries(
    st.sampled_from("abcdefgh"),
    st.tuples(st.integers(0, 15), st.integers(0, 15), st.integers(0, 400)),
    min_size=1,
)


@st.composite
def tasks(draw: st.DrawFn) -> Task:
    sites = {key: Site(people, room, float(cost)) for key, (people, room, cost) in draw(SITES).items()}
    pairs = list(itertools.permutations(sorted(sites), 2))
    chosen = draw(st.lists(st.sampled_from(pairs), unique=True)) if pairs else []
    return Task(sites, {pair: sites[pair[0]].people * draw(st.integers(0, 50)) / 2 for pair in chosen})


@given(tasks())
@trials.drawn(50, 150)
def test_sound_and_never_worse_than_greedy_or_than_nothing(task: Task) -> None:
    into, cost, bound = answer(task)
    assert sound(task, into)
    assert bound <= cost + 1e-6
    assert cost <= greedily(task) + 1e-6
    assert greedily(task) <= sum(site.cost for site in task.sites.values()) + 1e-6
    assert answer(task) == (into, cost, bound)  # the same question has the same answer


@given(tasks(), st.data())
@trials.drawn(25, 80)
def test_a_ban_never_makes_a_plan_cheaper(task: Task, data: st.DataObject) -> None:
    if not task.burdens:
        return
    banned = data.draw(st.sampled_from(sorted(task.burdens)))
    less = Task(task.sites, {pair: burden for pair, burden in task.burdens.items() if pair != banned})
    into, cost, _ = answer(less)
    assert cost >= answer(task)[1] - 1e-6
    assert into.get(banned[0]) != banned[1]


@given(tasks())
@trials.drawn(25, 80)
def test_dearer_moves_never_make_a_plan_cheaper(task: Task) -> None:
    dearer = Task(task.sites, {pair: burden * 2 for pair, burden in task.burdens.items()})
    assert answer(dearer)[1] >= answer(task)[1] - 1e-6


@given(tasks())
@trials.drawn(25, 80)
def test_components_share_nothing_and_lose_nothing(task: Task) -> None:
    rest = solver.settled(task)
    found = solver.components(rest)
    keys = [key for component in found for key in component.sites]
    assert len(keys) == len(set(keys))
    assert sorted(pair for component in found for pair in component.pairs) == sorted(rest.burdens)
    for component in found:
        assert all(set(pair) <= set(component.sites) for pair in component.pairs)


def test_greedy_is_not_always_best() -> None:
    """a → b saves most at once (95), but then neither b nor c can be given up; b and c → a would save 180."""
    sites = {"a": Site(5, 10, 100.0), "b": Site(5, 5, 95.0), "c": Site(5, 0, 95.0)}
    task = Task(sites, {("a", "b"): 5.0, ("b", "a"): 5.0, ("c", "a"): 5.0})
    assert greedily(task) == 95 + 5 + 95
    assert answer(task)[:2] == ({"b": "a", "c": "a"}, 110.0)


def test_who_can_stay_at_no_more_cost_stays() -> None:
    """a → b saves 200; c → b would save nothing, d costs nothing to hold."""
    sites = {"a": Site(1, 0, 300.0), "b": Site(1, 9, 300.0), "c": Site(1, 0, 50.0), "d": Site(0, 0, 0.0)}
    task = Task(sites, {("a", "b"): 100.0, ("c", "b"): 50.0, ("d", "b"): 0.0})
    assert answer(task)[0] == {"a": "b"}


def test_out_of_time_says_how_far_from_the_best() -> None:
    """A large knapsack-like component: whatever time it gets, the plan is sound and its bound is honest."""
    chance = random.Random(7)
    sites = {f"{n:02}": Site(chance.randint(3, 9), chance.randint(4, 14), 300.0) for n in range(40)}
    burdens = {pair: sites[pair[0]].people * chance.uniform(5, 40) for pair in itertools.permutations(sites, 2)}
    task = Task(sites, burdens)
    (component,) = solver.components(task)
    start = solver.greedy(task, component)
    quick = solver.exact(task, component, start, 0.0)
    assert sound(task, dict(quick.into))
    assert quick.bound <= quick.cost <= start.cost
    assert quick.optimal == (quick.gap == 0)
    assert start.bound <= quick.bound


# ---------------------------------------------------------------- waiting people


def best_placing(waiting: dict[str, int], free: dict[str, int], troubles: dict) -> tuple[int, float]:
    """Most people and their least trouble, person by person, by trying all."""
    people = [key for key, number in waiting.items() for _ in range(number)]
    best = (0, 0.0)
    choices = [[None, *(k for w, k in troubles if w == key)] for key in people]
    for chosen in itertools.product(*choices):
        used = {key: chosen.count(key) for key in free}
        if any(k is not None and k not in free for k in chosen) or any(used[k] > free[k] for k in free):
            continue
        placed = sum(k is not None for k in chosen)
        trouble = sum(troubles[key, k] for key, k in zip(people, chosen, strict=True) if k is not None)
        if placed > best[0] or (placed == best[0] and trouble < best[1] - 1e-9):
            best = (placed, trouble)
    return best


@pytest.mark.parametrize("seed", range(60))
def test_waiting_people_get_as_many_seats_as_there_are(seed: int) -> None:
    chance = random.Random(seed)
    waiting = {key: chance.randint(0, 2) for key in "ab"} | {"c": 1}
    free = {key: chance.randint(0, 2) for key in "xyz"}
    troubles = {(w, k): chance.choice([1.0, 1.5, 2.25, 4.0]) for w in waiting for k in free if chance.random() < 0.7}
    placed = place(waiting, free, troubles)
    assert all(number > 0 and pair in troubles for pair, number in placed.items())
    for key, number in waiting.items():
        assert sum(n for (w, _), n in placed.items() if w == key) <= number
    for key, seats in free.items():
        assert sum(n for (_, k), n in placed.items() if k == key) <= seats
    trouble = sum(troubles[pair] * number for pair, number in placed.items())
    assert (sum(placed.values()), pytest.approx(trouble)) == best_placing(waiting, free, troubles)


def test_more_people_go_before_less_trouble() -> None:
    """One seat near (1), one far (9) that only `a` may take: a goes far, so that b gets a seat at all."""
    placed = place({"a": 1, "b": 1}, {"near": 1, "far": 1}, {("a", "near"): 1, ("a", "far"): 9, ("b", "near"): 1})
    assert placed == {("a", "far"): 1, ("b", "near"): 1}
