"""Which sessions to hold (METHODS M7): a single-source capacitated location problem, a greedy answer and an exact one.

min Σ f·y_k + Σ burden·x_sk   over whole sessions: Σ_k x_sk = 1, x_kk = y_k, x_sk ≤ y_k, Σ_s≠k n_s·x_sk ≤ room_k·y_k.
It splits into components of sessions that can be merged with each other; HiGHS solves each.
"""

import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import highspy
import numpy as np

Pair = tuple[str, str]  # a session, and the one that takes its people

SECONDS = 6.0  # seconds for all components; people wait and see the plan improve
LEAST_SECONDS = 0.02  # least seconds for one component, however many are left
EXACT = 1e-7  # euros: sums of costs that differ by less are equal


@dataclass(frozen=True)
class Site:
    """One session: people booked, seats free for people of other sessions, cost of holding it [EUR]."""

    people: int
    room: int
    cost: float
    must_hold: bool = False


@dataclass(frozen=True)
class Task:
    """Sessions, and for each allowed merge the burden of moving all its people [EUR]."""

    sites: Mapping[str, Site]
    burdens: Mapping[Pair, float]
    fixed: frozenset[Pair] = field(default=frozenset())  # fixed merges, which must not contradict each other


@dataclass(frozen=True)
class Component:
    """Sessions connected by possible merges, by id, and the merges allowed among them."""

    sites: tuple[str, ...]
    pairs: tuple[Pair, ...]


@dataclass(frozen=True)
class Outcome:
    """The merges in one component, their cost, and the lower bound of the cost [EUR]."""

    component: Component
    into: Mapping[str, str]
    cost: float
    bound: float

    @property
    def optimal(self) -> bool:
        """Whether no plan is cheaper."""
        return self.cost - self.bound <= EXACT

    @property
    def gap(self) -> float:
        """By which part of its cost the plan could be cheaper at most [0 to 1]."""
        return 0.0 if self.optimal else (self.cost - self.bound) / self.cost


def settled(task: Task) -> Task:
    """The task after its fixed merges: without their sessions, and with their targets held and fuller."""
    sites = dict(task.sites)
    for session, kept in sorted(task.fixed):
        target = sites[kept]
        room = target.room - task.sites[session].people
        sites[kept] = Site(target.people, room, target.cost, must_hold=True)
    gone = {session for session, _ in task.fixed}
    sites = {key: site for key, site in sites.items() if key not in gone}
    burdens = {
        (session, kept): burden
        for (session, kept), burden in task.burdens.items()
        if session in sites and kept in sites and not sites[session].must_hold
        if sites[session].people <= sites[kept].room
    }
    return Task(sites, burdens)


def components(task: Task) -> list[Component]:
    """The components with at least one merge in them, in the order of their first session; `task` is settled."""
    parent = {key: key for key in task.sites}

    def root(key: str) -> str:
        while parent[key] != key:
            parent[key] = parent[parent[key]]
            key = parent[key]
        return key

    for session, kept in task.burdens:
        first, second = sorted((root(session), root(kept)))
        parent[second] = first
    sites: dict[str, list[str]] = {}
    pairs: dict[str, list[Pair]] = {}
    for key in sorted(task.sites):
        sites.setdefault(root(key), []).append(key)
    for pair in sorted(task.burdens):
        pairs.setdefault(root(pair[0]), []).append(pair)
    return [Component(tuple(sites[key]), tuple(found)) for key, found in sorted(pairs.items())]


def cost(task: Task, keys: Sequence[str], into: Mapping[str, str]) -> float:
    """Cost of holding what is not merged plus the burden of the moves [EUR]."""
    held = sum(task.sites[key].cost for key in keys if key not in into)
    return held + sum(task.burdens[pair] for pair in sorted(into.items()))


def greedy(task: Task, component: Component) -> Outcome:
    """Make the merge that saves most, as long as one fits: quick, and never dearer than merging nothing."""
    room = {key: task.sites[key].room for key in component.sites}
    into: dict[str, str] = {}
    taking: set[str] = set()
    savings = {pair: task.sites[pair[0]].cost - task.burdens[pair] for pair in component.pairs}
    for session, kept in sorted(savings, key=lambda pair: (-savings[pair], pair)):
        people = task.sites[session].people
        if savings[session, kept] <= EXACT:
            break
        if session not in into and session not in taking and kept not in into and people <= room[kept]:
            into[session] = kept
            taking.add(kept)
            room[kept] -= people
    return Outcome(component, into, cost(task, component.sites, into), _simple_bound(task, component))


def exact(task: Task, component: Component, start: Outcome, seconds: float) -> Outcome:
    """The best plan of a component, or the best found in time; never worse than `start`."""
    model = _Model(task, component)
    limits = {"time_limit": max(seconds, LEAST_SECONDS), "mip_rel_gap": 0.0, "mip_abs_gap": EXACT / 10}
    solver = solved(model.lp(), model.solution(start.into), **limits)
    info = solver.getInfo()
    into, bound = dict(start.into), start.bound
    if info.primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible:
        found_there = model.merges(np.asarray(solver.getSolution().col_value))
        # at equal cost, people stay where they are
        into = {
            key: kept for key, kept in found_there.items() if task.sites[key].cost - task.burdens[key, kept] > EXACT
        }
    found = cost(task, component.sites, into)
    if found > start.cost - EXACT:  # equally good: keep the plan that people saw first
        into, found = dict(start.into), start.cost
    if solver.getModelStatus() == highspy.HighsModelStatus.kOptimal:
        bound = found
    elif np.isfinite(info.mip_dual_bound):
        bound = max(bound, min(info.mip_dual_bound, found))
    return Outcome(component, into, found, bound)


def solved(lp: highspy.HighsLp, start: highspy.HighsSolution | None = None, **options: float | str) -> highspy.Highs:
    """HiGHS after solving a model; silent, and in one thread, so that it always finds the same answer."""
    solver = highspy.Highs()  # type: ignore[no-untyped-call]
    for option, value in {"output_flag": False, "parallel": "off", "random_seed": 0, **options}.items():
        if solver.setOptionValue(option, value) != highspy.HighsStatus.kOk:
            raise ValueError(f"HiGHS has no option {option} = {value}")
    solver.passModel(lp)
    if start is not None:
        solver.setSolution(start)
    if solver.run() == highspy.HighsStatus.kError:
        raise RuntimeError("HiGHS could not work on the model")
    return solver


def improve(task: Task, found: Sequence[Component], seconds: float = SECONDS) -> Iterator[tuple[int, Outcome]]:
    """Yields number and best plan of each component; all together take at most about `seconds`.

    Each gets its share of the time. If time is left, the components with the widest gaps are solved again, so
    a component can come twice. What is proved to be the best does not depend on the speed of the machine.
    """
    end = time.monotonic() + seconds
    left: list[tuple[int, Outcome]] = []
    for number, component in enumerate(found):
        share = (end - time.monotonic()) / (len(found) - number)
        outcome = exact(task, component, greedy(task, component), share)
        if not outcome.optimal:
            left.append((number, outcome))
        yield number, outcome
    left.sort(key=lambda entry: entry[1].bound - entry[1].cost)
    for place, (number, outcome) in enumerate(left):
        share = (end - time.monotonic()) / (len(left) - place)
        if share > LEAST_SECONDS:
            yield number, exact(task, outcome.component, outcome, share)


def _simple_bound(task: Task, component: Component) -> float:
    """A lower bound: each session at its own lowest cost, and at least one session held."""
    least = {key: task.sites[key].cost for key in component.sites}
    for session, kept in component.pairs:
        least[session] = min(least[session], task.burdens[session, kept])
    held = min(task.sites[key].cost - least[key] for key in component.sites)
    return sum(least.values()) + held


class _Model:
    """The component as a model with rows and columns: first y of each session, then x of each merge."""

    def __init__(self, task: Task, component: Component) -> None:
        self.task, self.keys, self.pairs = task, component.sites, component.pairs
        self.number = {key: index for index, key in enumerate(self.keys)}

    def lp(self) -> highspy.HighsLp:
        sites, width = [self.task.sites[key] for key in self.keys], len(self.keys)
        rows: list[tuple[dict[int, float], float, float]] = [({index: 1.0}, 1.0, 1.0) for index in range(width)]
        loads: dict[int, dict[int, float]] = {}
        for column, (session, kept) in enumerate(self.pairs, start=width):
            source, target = self.number[session], self.number[kept]
            rows[source][0][column] = 1.0  # each session is either held, or moved as a whole
            rows.append(({column: 1.0, target: -1.0}, -highspy.kHighsInf, 0.0))
            loads.setdefault(target, {target: -float(sites[target].room)})[column] = float(sites[source].people)
        rows += [(load, -highspy.kHighsInf, 0.0) for load in loads.values()]
        lp = highspy.HighsLp()
        lp.num_col_, lp.num_row_ = width + len(self.pairs), len(rows)
        lp.col_cost_ = np.array([site.cost for site in sites] + [self.task.burdens[pair] for pair in self.pairs])
        lp.col_lower_ = np.array([float(site.must_hold) for site in sites] + [0.0] * len(self.pairs))
        lp.col_upper_ = np.ones(lp.num_col_)
        lp.row_lower_, lp.row_upper_ = np.array([row[1] for row in rows]), np.array([row[2] for row in rows])
        lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        lp.a_matrix_.start_ = np.cumsum([0] + [len(row[0]) for row in rows])
        lp.a_matrix_.index_ = np.array([column for row in rows for column in row[0]])
        lp.a_matrix_.value_ = np.array([value for row in rows for value in row[0].values()])
        lp.integrality_ = [highspy.HighsVarType.kInteger] * lp.num_col_
        return lp

    def solution(self, into: Mapping[str, str]) -> highspy.HighsSolution:
        """The values of the columns for a plan."""
        moved = [float(into.get(session) == kept) for session, kept in self.pairs]
        start = highspy.HighsSolution()
        start.col_value = [float(key not in into) for key in self.keys] + moved
        return start

    def merges(self, values: np.ndarray) -> dict[str, str]:
        """The plan for the values of the columns."""
        moved = values[len(self.keys) :] > 0.5
        return {session: kept for (session, kept), chosen in zip(self.pairs, moved, strict=True) if chosen}
