"""An attacker who tries to work out hidden numbers from everything that is published."""

import itertools
from collections.abc import Iterator, Mapping, Sequence

Counts = Sequence[float | None]  # people of one target group in each district, in the order in which larger ones go


def published(counts: Counts, threshold: int) -> tuple[list[float | None], bool]:
    """The rule of METHODS M4 in plain Python: the counts as shown (None: hidden), and whether the total is hidden."""
    small = [number is None or 0 < number < threshold for number in counts]
    if not any(small):
        return list(counts), False
    known = sum(number or 0 for number, is_small in zip(counts, small, strict=True) if is_small)
    k = sum(small)
    hidden = list(small)
    if None not in counts and 2 * threshold - 3 <= known - k <= (k - 2) * (threshold - 2):
        return [None if hide else number for number, hide in zip(counts, hidden, strict=True)], False
    sum_hidden, larger, enough = known, 0, False
    for place, number in enumerate(counts):
        if enough or small[place] or number is None or number == 0:
            continue
        hidden[place], larger, sum_hidden = True, larger + 1, sum_hidden + number
        enough = sum_hidden >= k + larger * threshold + 2 * threshold - 3
    return [None if hide else number for number, hide in zip(counts, hidden, strict=True)], not enough


def possible(counts: Sequence[int], threshold: int) -> Iterator[tuple[int, ...]]:
    """All true states of a group that would be published like this one, found by trying all.

    The attacker knows the total (where it is shown), the rule, and even which of the hidden numbers are small.
    """
    shown, total_hidden = published(counts, threshold)
    small = [0 < number < threshold for number in counts]
    places = [place for place, number in enumerate(shown) if number is None]
    largest = next((place for place in reversed(places) if not small[place]), None)
    free = [place for place in places if place != largest or total_hidden]
    slack = threshold if total_hidden else sum(counts)  # if the total is hidden, a few states are enough
    choices = [
        range(1, threshold) if small[place] else range(threshold, min(2 * threshold, threshold + slack))
        for place in free
    ]
    for values in itertools.product(*choices):
        guess = [0 if number is None else int(number) for number in shown]
        for place, value in zip(free, values, strict=True):
            guess[place] = value
        if largest is not None and not total_hidden:
            guess[largest] = sum(counts) - sum(guess)
        fits = total_hidden or sum(guess) == sum(counts)
        kept = all((0 < number < threshold) == was for number, was in zip(guess, small, strict=True))
        if fits and kept and min(guess) >= 0 and published(guess, threshold) == (shown, total_hidden):
            yield tuple(guess)


def ranges(shown: Mapping[str, float | None], total: float | None) -> dict[str, tuple[float, float]]:
    """District → lowest and highest possible value of a hidden number, from the table alone.

    Zeros are shown, so each hidden number is at least 1; together they are what the shown ones leave of the total.
    """
    hidden = [name for name, number in shown.items() if number is None]
    if total is None:
        return {name: (1, float("inf")) for name in hidden}
    left = total - sum(number for number in shown.values() if number is not None)
    return {name: (1 if len(hidden) > 1 else left, left - (len(hidden) - 1)) for name in hidden}
