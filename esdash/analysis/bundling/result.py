"""The result of a plan as tables: merges, sessions held, free seats for waiting people, losses of access."""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

import pandas as pd

from esdash.analysis.bundling.bundling import Plan, Problem
from esdash.analysis.bundling.solver import EXACT, Pair

MERGE = [
    *("pair", "session_id", "kept_id", "course", "organization", "starts_on", "kept_course", "teaches", "contact_role"),
    *("kept_starts_on", "people", "waiting", "days", "km", "minutes", "seats", "hours", "euros", "euros_known"),
    *("burden", "losses", "lost_district_ids", "lost_language_ids", "origin"),
]
HELD = [
    *("session_id", "course", "organization", "starts_on", "begins", "mode", "place", "seats", "booked", "arriving"),
    *("from_waiting", "taken", "free", "waiting"),
]
FOUND = [
    *("session_id", "kept_id", "course", "organization", "starts_on", "kept_course", "kept_organization"),
    *("kept_starts_on", "people", "days", "km"),
]


class Figures(NamedTuple):
    """The plan in figures. Hours and euros sum known values; the number of sessions without a value stands beside."""

    before: int  # sessions that the plan considers
    after: int  # of them held
    people: int  # people who would move to another session
    seats: int  # hours of the sessions given up
    hours: float
    hours_unknown: int
    euros: float  # cost of holding the sessions given up
    euros_unknown: int  # how many of them are counted at the usual cost
    burden: float  # burden of the moves [EUR]
    longest_days: int
    longest_km: float


def figures(plan: Plan) -> Figures:
    """The figures of a plan: what it saves, and the moves that it needs."""
    given_up = [plan.problem.sessions[key] for key in plan.into]
    moves = [plan.problem.moves[pair] for pair in plan.into.items()]
    hours = [row["hours"] for row in given_up]
    return Figures(
        before=len(plan.problem.sessions),
        after=len(plan.problem.sessions) - len(plan.into),
        people=sum(row["booked"] for row in given_up),
        seats=sum(row["seats"] for row in given_up),
        hours=float(sum(value for value in hours if value is not None)),
        hours_unknown=hours.count(None),
        euros=sum(plan.problem.cost(key) for key in plan.into),
        euros_unknown=sum(row["cost_eur"] is None for row in given_up),
        burden=sum(plan.problem.burden(pair) for pair in plan.into.items()),
        longest_days=max((move.days for move in moves), default=0),
        longest_km=max((move.km for move in moves), default=0.0),
    )


def merges(plan: Plan) -> pd.DataFrame:
    """One row per merge, by day: from which session into which, people, days, km, minutes, what it saves, who teaches.

    `pair` is "s|k"; `origin`: proposed by the plan, pinned or accepted.
    """
    rows = (merge(plan, pair) for pair in plan.into.items())
    return _frame(rows, MERGE).sort_values(["starts_on", "session_id"], ignore_index=True)


def held(plan: Plan) -> pd.DataFrame:
    """One row per session that is held: seats, booked, who comes from other sessions and from waiting lists, free."""
    problem = plan.problem
    rows = []
    for key, row in problem.sessions.items():
        if key not in plan.into:
            arriving = sum(problem.sessions[other]["booked"] for other, kept in plan.into.items() if kept == key)
            from_waiting = problem.taken(key)
            taken = row["booked"] + arriving + from_waiting
            waiting = None if row["waiting"] is None else problem.still_waiting(key)
            more = {"arriving": arriving, "from_waiting": from_waiting, "taken": taken, "free": row["seats"] - taken}
            rows.append({**row, **more, "waiting": waiting})
    return _frame(rows, HELD)


def free_seats(problem: Problem) -> pd.DataFrame:
    """One row per waiting list and session with free seats for it: how many people, days and km from the own one."""
    rows = []
    for pair, people in sorted(problem.placed.items()):
        move = problem.moves.get(pair)  # None: seats in the own session
        distance = {"days": move.days if move else 0, "km": move.km if move else 0.0}
        rows.append({**_ends(problem, pair), **distance, "people": people})
    return _frame(rows, FOUND).sort_values(["starts_on", "session_id", "kept_starts_on"], ignore_index=True)


def kept_apart(plan: Plan) -> pd.DataFrame:
    """One row per merge left out because people would lose access, though it would save: sessions, people, losses.

    Only for sessions that the plan neither gives up nor fills with others.
    """
    problem = plan.problem
    alone = problem.sessions.keys() - plan.into.keys() - set(plan.into.values())
    rows = []
    for pair, move in problem.moves.items():
        session, kept = pair
        room = problem.sessions[kept]["seats"] - problem.sessions[kept]["booked"] - problem.taken(kept)
        fits = problem.sessions[session]["booked"] <= room and not problem.task.sites[session].must_hold
        saves = problem.cost(session) - problem.burden(pair) > EXACT
        if move.losses and session in alone and kept not in plan.into and fits and saves:
            rows.append(merge(plan, pair))
    return _frame(rows, MERGE).sort_values(["starts_on", "session_id", "days"], ignore_index=True)


def uncounted(problem: Problem) -> pd.DataFrame:
    """One row per coming session that the plan cannot consider: `reason`, and the entry that counts instead."""
    columns = ["session_id", "course", "organization", "starts_on", "reason", "twin_id"]
    return _frame(problem.uncounted, columns)


def merge(plan: Plan, pair: Pair) -> dict[str, Any]:
    """One merge with the columns of `merges`, whether it is in the plan or not."""
    problem, move = plan.problem, plan.problem.moves[pair]
    session, kept = problem.sessions[pair[0]], problem.sessions[pair[1]]
    return {
        **_ends(problem, pair),
        "pair": "|".join(pair),
        "teaches": kept["organization"],
        "contact_role": kept["contact_role"],
        "people": session["booked"],
        "waiting": problem.still_waiting(pair[0]),
        "days": move.days,
        "km": move.km,
        "minutes": move.minutes,
        "seats": session["seats"],
        "hours": session["hours"],
        "euros": problem.cost(pair[0]),
        "euros_known": session["cost_eur"] is not None,
        "burden": problem.burden(pair),
        "losses": move.losses,
        "lost_district_ids": move.lost_district_ids,
        "lost_language_ids": move.lost_language_ids,
        "origin": plan.origin(pair),
    }


def _ends(problem: Problem, pair: Pair) -> dict[str, Any]:
    session, kept = problem.sessions[pair[0]], problem.sessions[pair[1]]
    return {
        "session_id": pair[0],
        "kept_id": pair[1],
        **{name: session[name] for name in ("course", "organization", "starts_on")},
        **{f"kept_{name}": kept[name] for name in ("course", "organization", "starts_on")},
    }


def _frame(rows: Iterable[Mapping[str, Any]], columns: list[str]) -> pd.DataFrame:
    return pd.DataFrame([{name: row[name] for name in columns} for row in rows], columns=columns)
