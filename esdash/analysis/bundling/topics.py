"""The verdict about several sessions of one topic (METHODS M6, M7): duplicate, repeat, wanted, or done twice."""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from esdash.analysis.bundling.bundling import Plan
from esdash.analysis.judgements import HALF_EMPTY_BELOW
from esdash.model.folding import name_order

Row = Mapping[str, Any]

# The first verdict that applies counts.
VERDICTS = ("duplicate", "single", "repeat", "wanted", "unknown", "double_structure", "fine")

COLUMNS = [
    *("topic", "module_ids", "level", "verdict", "providers", "organizations", "sessions", "counted", "seats"),
    *("booked", "waiting", "merged"),
]


def topics(plan: Plan) -> pd.DataFrame:
    """One row per topic (modules and level) with coming sessions: the proposed verdict and its figures.

    `sessions`: all coming ones; seats and booked only of the `counted` ones; `merged`: merges between providers. A
    session that was entered twice counts once.
    """
    problem = plan.problem
    found: dict[tuple[tuple[str, ...], str | None], list[Row]] = {}
    for row in [*problem.sessions.values(), *problem.uncounted]:
        if row["module_ids"]:
            found.setdefault((tuple(row["module_ids"]), row["level"]), []).append(row)
    rows = [_topic(plan, modules, level, sessions) for (modules, level), sessions in found.items()]
    frame = pd.DataFrame(rows, columns=COLUMNS)
    order = frame["verdict"].map({name: number for number, name in enumerate(_SHOWN)})
    frame = frame.assign(order=order).sort_values(["order", "merged", "sessions", "topic"], ascending=[1, 0, 0, 1])
    return frame.drop(columns="order").reset_index(drop=True)


# Topics that need action come first.
_SHOWN = ("double_structure", "duplicate", "wanted", "repeat", "unknown", "fine", "single")


def _topic(plan: Plan, modules: tuple[str, ...], level: str | None, sessions: Sequence[Row]) -> dict[str, Any]:
    once = [row for row in sessions if row["reason"] != "twin"]
    counted = [row for row in once if row["reason"] is None]
    of_topic = {row["session_id"]: row["organization_id"] for row in counted}
    merged = sum(of_topic[session] != of_topic[kept] for session, kept in plan.into.items() if session in of_topic)
    figures = {
        "providers": len({row["organization_id"] for row in sessions}),
        "sessions": len(once),
        "counted": len(counted),
        "seats": sum(row["seats"] for row in counted),
        "booked": sum(row["booked"] for row in counted),
        "waiting": sum(row["waiting"] or 0 for row in once),
        "merged": merged,
    }
    return {
        "topic": "+".join(modules) + f"|{level or ''}",
        "module_ids": list(modules),
        "level": level,
        "organizations": sorted({row["organization"] for row in sessions}, key=name_order),
        "verdict": _verdict(len(once) < len(sessions), **figures),
        **figures,
    }


def _verdict(
    twice: bool, providers: int, sessions: int, counted: int, seats: int, booked: int, waiting: int, merged: int
) -> str:
    if twice:
        return "duplicate"
    if sessions == 1:
        return "single"
    if providers == 1:  # a provider repeats its own course on purpose, however full it is
        return "repeat"
    if waiting or (counted and booked >= seats):
        return "wanted"
    if not counted:
        return "unknown"
    return "double_structure" if merged and booked < HALF_EMPTY_BELOW * seats else "fine"
