"""Bundling of trainings (METHODS M7): what may be merged, what people have decided, and the plan.

Waiting people come first: they get the free seats of equal sessions, and the plan holds those sessions. bundling.sql
describes sessions and pairs of them, solver.py holds the model.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

from esdash.analysis.bundling import solver as solver
from esdash.analysis.bundling import waiting as waiting
from esdash.analysis.bundling.fixed import Refusal, Settled, settle
from esdash.analysis.bundling.solver import Outcome, Pair, Site, Task
from esdash.analysis.judgements import (
    BUNDLE_DAYS,
    BUNDLE_KM,
    MOVE_DAYS,
    MOVE_KM,
    MOVE_PRICE_EUR,
    USUAL_SESSION_EUR,
)
from esdash.inventory import Inventory

Row = Mapping[str, Any]


class Wish(NamedTuple):
    """What a person asks of the plan: limits, the price of a move [EUR], merges that are pinned or forbidden."""

    days: int = BUNDLE_DAYS
    km: float = BUNDLE_KM
    price: float = MOVE_PRICE_EUR
    pinned: tuple[Pair, ...] = ()
    forbidden: tuple[Pair, ...] = ()


USUAL = Wish()


@dataclass(frozen=True)
class Move:
    """A possible move from one session to another: the distance, and who would lose access (see bundling.sql)."""

    days: int
    km: float
    minutes: float | None
    losses: tuple[str, ...] = ()
    lost_district_ids: tuple[str, ...] = ()
    lost_language_ids: tuple[str, ...] = ()

    @property
    def trouble(self) -> float:
        """The burden for one person as a multiple of the price of a move: 1, plus a share for days and for distance."""
        return 1 + self.days / MOVE_DAYS + self.km / MOVE_KM


@dataclass(frozen=True)
class Decided:
    """An accepted merge as it was decided, and whether it is still possible: `holds`, or the reason why not."""

    row: Row
    state: str
    other: Pair | None = None

    @property
    def pair(self) -> Pair:
        """The session given up and the one that takes its people."""
        return self.row["session_id"], self.row["kept_id"]


@dataclass(frozen=True)
class Problem:
    """The input of a plan. `moves` are the pairs within the limits, and those that were accepted."""

    wish: Wish
    sessions: Mapping[str, Row]  # id → session that the plan considers
    uncounted: tuple[Row, ...]  # sessions that it cannot consider, with the reason
    moves: Mapping[Pair, Move]
    decided: tuple[Decided, ...]  # the newest first
    settled: Settled  # accepted and pinned merges
    placed: Mapping[Pair, int]  # people of a waiting list who get a seat, by session and target

    @property
    def accepted(self) -> frozenset[Pair]:
        """Accepted merges that are still possible."""
        return frozenset(decided.pair for decided in self.decided if decided.state == "holds")

    @property
    def refused(self) -> Mapping[Pair, Refusal]:
        """Pinned merges that are not possible, and why."""
        return {pair: self.settled.refused[pair] for pair in self.wish.pinned if pair in self.settled.refused}

    @property
    def overruled(self) -> frozenset[Pair]:
        """Forbidden merges that were accepted: an accepted merge stands until somebody takes it back."""
        return self.accepted & set(self.wish.forbidden)

    def cost(self, session: str) -> float:
        """The cost of holding a session [EUR]; the usual cost if it is unknown."""
        known = self.sessions[session]["cost_eur"]
        return float(USUAL_SESSION_EUR if known is None else known)

    def burden(self, pair: Pair) -> float:
        """The burden of moving all people of a session [EUR]."""
        return self.wish.price * self.moves[pair].trouble * int(self.sessions[pair[0]]["booked"])

    def still_waiting(self, session: str) -> int:
        """The number of waiting people of a session without a seat; 0 if the waiting list is unknown."""
        placed = sum(number for (source, _), number in self.placed.items() if source == session)
        return int(self.sessions[session]["waiting"] or 0) - placed

    def taken(self, session: str) -> int:
        """The number of seats of a session that go to people from waiting lists."""
        return sum(number for (_, target), number in self.placed.items() if target == session)

    @cached_property
    def task(self) -> Task:
        """The task for the solver: merges after which nobody loses access, and those that people have decided."""
        sites = {
            key: Site(
                people=row["booked"],
                room=row["seats"] - row["booked"] - self.taken(key),
                cost=self.cost(key),
                must_hold=self.taken(key) > 0 or self.still_waiting(key) > 0,
            )
            for key, row in self.sessions.items()
        }
        fixed = frozenset(self.settled.pairs)
        burdens = {
            pair: self.burden(pair)
            for pair, move in self.moves.items()
            if pair in fixed or (self._allowed(pair, move) and sites[pair[0]].people <= sites[pair[1]].room)
        }
        return Task(sites, burdens, fixed)

    def _allowed(self, pair: Pair, move: Move) -> bool:
        within = move.days <= self.wish.days and move.km <= self.wish.km
        return within and not move.losses and pair not in self.wish.forbidden


@dataclass(frozen=True)
class Plan:
    """Which session goes into which; all others are held. `done` of the `components` have been solved."""

    problem: Problem
    into: Mapping[str, str]
    cost: float  # cost of holding plus burden of moving [EUR]
    bound: float  # lower bound: no plan is cheaper [EUR]
    outcomes: tuple[Outcome, ...]
    done: int

    @property
    def components(self) -> int:
        """How many groups of sessions could be bundled."""
        return len(self.outcomes)

    @property
    def optimal(self) -> bool:
        """Whether this plan is proved to be the cheapest."""
        return all(outcome.optimal for outcome in self.outcomes)

    @property
    def gap(self) -> float:
        """The share of its cost that a better plan could save at most (0 to 1)."""
        return 0.0 if self.optimal or not self.cost else (self.cost - self.bound) / self.cost

    def origin(self, pair: Pair) -> str:
        """Where a merge comes from: accepted, pinned, or plan."""
        if pair in self.problem.accepted:
            return "accepted"
        return "pinned" if pair in self.problem.settled.pairs else "plan"


def prepare(inventory: Inventory, wish: Wish = USUAL) -> Problem:
    """Read what may be merged, apply what people decided, and give free seats to waiting people."""
    rows = inventory.rows("FROM bundling_session")
    sessions = {row["session_id"]: row for row in rows if row["reason"] is None}
    moves = _moves(inventory.rows("FROM bundling_pair($days, $km)", days=wish.days, km=wish.km))
    accepted = inventory.rows("FROM bundling_decided")
    fitting = _moves(inventory.rows("FROM bundling_decided_pair")) if accepted else {}
    people = {key: row["booked"] for key, row in sessions.items()}
    room = {key: row["seats"] - row["booked"] for key, row in sessions.items()}
    states = [(row, _state(row, sessions, fitting)) for row in accepted]
    possible = sorted(
        (row["decided_on"], row["session_id"], row["kept_id"]) for row, state in states if state == "holds"
    )
    settled = settle([(session, kept) for _, session, kept in possible], people, room, fitting.keys())
    decided = tuple(_judged(row, state, settled) for row, state in states)
    pins = [pair for pair in wish.pinned if pair not in settled.pairs]
    both = settle(
        [*settled.pairs, *pins],
        people,
        room,
        {*moves, *settled.pairs},
        set(wish.forbidden) - set(settled.pairs),
    )
    uncounted = tuple(row for row in rows if row["reason"] is not None)
    everything = {**moves, **{pair: fitting[pair] for pair in settled.pairs}}
    placed = _placed(sessions, moves, both)
    return Problem(wish, sessions, uncounted, everything, decided, both, placed)


def plan(inventory: Inventory, wish: Wish = USUAL) -> Plan:
    """The best plan found within the time limit."""
    *_, best = improve(prepare(inventory, wish))
    return best


def improve(problem: Problem, seconds: float = solver.SECONDS) -> Iterator[Plan]:
    """Yields the greedy plan at once, then a better plan after each solved component."""
    task = solver.settled(problem.task)
    found = solver.components(task)
    outcomes = [solver.greedy(task, component) for component in found]
    joined = {key for component in found for key in component.sites}
    alone = sum(site.cost for key, site in sorted(task.sites.items()) if key not in joined)
    alone += sum(problem.task.burdens[pair] for pair in sorted(problem.task.fixed))
    yield _together(problem, alone, outcomes, 0)
    looked_at: set[int] = set()
    for number, outcome in solver.improve(task, found, seconds):
        outcomes[number] = outcome
        looked_at.add(number)
        yield _together(problem, alone, outcomes, len(looked_at))


# ---------------------------------------------------------------- inside


def _together(problem: Problem, alone: float, outcomes: list[Outcome], done: int) -> Plan:
    into = dict(problem.task.fixed)
    for outcome in outcomes:
        into.update(outcome.into)
    cost, bound = (alone + sum(getattr(outcome, name) for outcome in outcomes) for name in ("cost", "bound"))
    return Plan(problem, into, cost, bound, tuple(outcomes), done)


def _moves(rows: list[dict[str, Any]]) -> dict[Pair, Move]:
    return {
        (row["session_id"], row["kept_id"]): Move(
            row["days"],
            row["km"],
            row["minutes"],
            tuple(row["losses"]),
            tuple(row["lost_district_ids"]),
            tuple(row["lost_language_ids"]),
        )
        for row in rows
    }


def _placed(sessions: Mapping[str, Row], moves: Mapping[Pair, Move], settled: Settled) -> dict[Pair, int]:
    """Give waiting people seats in their own session, or in one that fits without a loss of access."""
    queues = {key: int(row["waiting"]) for key, row in sessions.items() if row["waiting"]}
    given_up = {session for session, _ in settled.pairs}
    free = {key: room for key, room in settled.room.items() if key not in given_up and room > 0}
    troubles = {pair: move.trouble for pair, move in moves.items() if not move.losses}
    return waiting.place(queues, free, {**troubles, **{(key, key): 0.0 for key in queues}})


def _state(row: Row, sessions: Mapping[str, Row], fitting: Mapping[Pair, Move]) -> str:
    """Whether the facts behind an accepted merge still hold; seats are checked later for all merges together."""
    if row["status"] == "cancelled":
        return "cancelled"
    if row["kept_status"] == "cancelled":
        return "kept_cancelled"
    if not row["still_ahead"] or row["status"] not in ("planned", "confirmed"):
        return "past"
    if not row["kept_still_ahead"] or row["kept_status"] not in ("planned", "confirmed"):
        return "kept_past"
    if row["session_id"] not in sessions or row["kept_id"] not in sessions:
        return "unknown"
    move = fitting.get((row["session_id"], row["kept_id"]))
    if move is None:
        return "unfit"
    if move.days > max(BUNDLE_DAYS, abs((row["kept_starts_then"] - row["starts_then"]).days)):
        return "moved"
    return "access" if set(move.losses) - set(row["losses_then"]) else "holds"


def _judged(row: Row, state: str, settled: Settled) -> Decided:
    refusal = settled.refused.get((row["session_id"], row["kept_id"])) if state == "holds" else None
    if refusal is None:
        return Decided(row, state)
    return Decided(row, "seats" if refusal.why == "seats" else "contradiction", refusal.other)
