"""Merges that people have accepted or pinned: which of them are possible together, and why others are not."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

Pair = tuple[str, str]  # a session, and the one that takes its people


class Refusal(NamedTuple):
    """Why a merge is refused; `other` is the merge or session that contradicts it, if there is one.

    gone: a session is not coming or cannot be considered · unfit: another topic, or beyond the limits · seats: too few
    · forbidden · twice: its people go elsewhere already (other) · takes: it takes people itself (other) · given_up: its
    target is given up itself (other).
    """

    why: str
    other: Pair | None = None


@dataclass(frozen=True)
class Settled:
    """Merges that are possible, in the given order, and the seats left at each session."""

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
    """Check one merge after the other; one that contradicts an earlier one is refused, later ones are still tried.

    `people` and `room`: session → people booked, and free seats, for every session that the plan considers.
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
