"""Merges that people have settled, accepted or pinned: which of them fit together, and why the others do not."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

Pair = tuple[str, str]  # a session, and the one that takes its people


class Refusal(NamedTuple):
    """Why a merge cannot be settled; the merge or session that stands in its way, where one does.

    gone: a session does not come or cannot be counted · unfit: another topic, or beyond the limits · seats: too few
    · forbidden · twice: its people go elsewhere already (other) · takes: it takes people itself (other) · given_up: its
    target is given up itself (other).
    """

    why: str
    other: Pair | None = None


@dataclass(frozen=True)
class Settled:
    """Merges that stand, in the order in which they came, and seats left over at each session."""

    pairs: tuple[Pair, ...]
    refused: Mapping[Pair, Refusal]
    room: Mapping[str, int]


def settle(
    wanted: Iterable[Pair],
    people: Mapping[str, int],
    room: Mapping[str, int],
    fitting: Collection[Pair],
    forbidden: Collection[Pair] = (),
) -> Settled:
    """Settle one merge after the other; what does not fit what stands already is refused, the rest still works.

    `people` and `room` hold every session that can be considered: people booked, and seats for others.
    """
    left, into, stands = dict(room), dict[str, str](), list[Pair]()
    refused: dict[Pair, Refusal] = {}
    for pair in dict.fromkeys(wanted):
        refusal = _refusal(pair, people, left, fitting, forbidden, into)
        if refusal:
            refused[pair] = refusal
            continue
        session, kept = pair
        into[session] = kept
        left[kept] -= people[session]
        stands.append(pair)
    return Settled(tuple(stands), refused, left)


def _refusal(
    pair: Pair,
    people: Mapping[str, int],
    left: Mapping[str, int],
    fitting: Collection[Pair],
    forbidden: Collection[Pair],
    into: Mapping[str, str],
) -> Refusal | None:
    session, kept = pair
    if session not in people or kept not in people:
        return Refusal("gone")
    if pair in forbidden:
        return Refusal("forbidden")
    if pair not in fitting:
        return Refusal("unfit")
    if session in into:
        return Refusal("twice", (session, into[session]))
    if kept in into:
        return Refusal("given_up", (kept, into[kept]))
    taking = next((other for other in into if into[other] == session), None)
    if taking is not None:
        return Refusal("takes", (taking, session))
    return Refusal("seats") if people[session] > left[kept] else None
