"""Giving free seats to waiting people: as many people as possible, then the least burden (METHODS M7)."""

from collections.abc import Mapping

import highspy
import numpy as np

from esdash.analysis.bundling.solver import solved

Pair = tuple[str, str]  # the session where people wait, and the one with a free seat


def place(waiting: Mapping[str, int], free: Mapping[str, int], troubles: Mapping[Pair, float]) -> dict[Pair, int]:
    """Pair → how many people of a waiting list get a seat there: most people first, then the least total burden.

    `free`: seats per session; `troubles`: the burden for one person, per allowed pair. Both steps are transportation
    problems, whose optimal corners are whole numbers.
    """
    pairs = sorted(pair for pair in troubles if waiting.get(pair[0], 0) > 0 and free.get(pair[1], 0) > 0)
    if not pairs:
        return {}
    most = _solve(pairs, waiting, free, np.full(len(pairs), -1.0), None)
    weights = np.array([troubles[pair] for pair in pairs])
    best = _solve(pairs, waiting, free, weights, int(most.sum()))
    return {pair: int(number) for pair, number in zip(pairs, best, strict=True) if number}


def _solve(
    pairs: list[Pair], waiting: Mapping[str, int], free: Mapping[str, int], costs: np.ndarray, placed: int | None
) -> np.ndarray:
    """People per pair at the least cost; `placed`: how many people in total."""
    rows: dict[tuple[int, str], list[int]] = {}
    for column, pair in enumerate(pairs):
        for side in (0, 1):
            rows.setdefault((side, pair[side]), []).append(column)
    limits = [float((waiting, free)[side][key]) for side, key in rows]
    entries = list(rows.values())
    lower = [0.0] * len(entries)
    if placed is not None:
        entries.append(list(range(len(pairs))))
        lower.append(float(placed))
        limits.append(float(placed))
    lp = highspy.HighsLp()
    lp.num_col_, lp.num_row_ = len(pairs), len(entries)
    lp.col_cost_ = costs
    lp.col_lower_, lp.col_upper_ = np.zeros(len(pairs)), np.full(len(pairs), highspy.kHighsInf)
    lp.row_lower_, lp.row_upper_ = np.array(lower), np.array(limits)
    lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    lp.a_matrix_.start_ = np.cumsum([0] + [len(columns) for columns in entries])
    lp.a_matrix_.index_ = np.array([column for columns in entries for column in columns])
    lp.a_matrix_.value_ = np.ones(len(lp.a_matrix_.index_))
    solver = solved(lp, solver="simplex")  # simplex, because its solution is a corner
    if solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
        raise RuntimeError("a transportation problem without an answer")
    return np.rint(np.asarray(solver.getSolution().col_value)).astype(int)
