"""What was worked out is kept: made once, never changed by who gets it, gone when what it rests on changes."""

import threading
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pandas as pd
import pytest

from esdash.inventory.file.query_cache import Cache, note


def test_eight_threads_that_ask_the_same_wait_for_one() -> None:
    cache, started, made = Cache(), threading.Barrier(8), []

    def make() -> str:
        made.append(1)
        threading.Event().wait(0.05)  # long enough for the others to come
        return "Antwort"

    def ask(_: int) -> str:
        started.wait(timeout=10)
        return str(cache.ask("Frage", make))

    with ThreadPoolExecutor(8) as threads:
        assert list(threads.map(ask, range(8))) == ["Antwort"] * 8
    assert len(made) == 1


def test_what_fails_is_tried_again() -> None:
    cache = Cache()
    with pytest.raises(ZeroDivisionError):
        cache.ask("Frage", lambda: 1 / 0)
    assert cache.ask("Frage", lambda: 2) == 2


def test_nobody_changes_what_is_kept() -> None:
    cache = Cache()
    cache.ask("Frage", lambda: pd.DataFrame({"n": [1], "ids": [np.array(["a"], dtype=object)]}))
    taken = cache.ask("Frage", lambda: None)
    taken["n"] = 9
    taken.loc[0, "n"] = 8
    with pytest.raises(ValueError, match="read-only"):
        taken.loc[0, "ids"][0] = "b"
    again = cache.ask("Frage", lambda: None)
    assert (again.loc[0, "n"], list(again.loc[0, "ids"])) == (1, ["a"])


def test_a_change_takes_what_rests_on_it() -> None:
    cache = Cache()
    for question, tables in (("a", {"course"}), ("b", {"course", "session"}), ("c", set()), ("d", None)):
        cache.ask(question, lambda: 1, None if tables is None else frozenset(tables))
    cache.forget({"session"})
    assert [cache.ask(question, lambda: 2, frozenset()) for question in "abcd"] == [1, 2, 1, 2]
    cache.forget(None)
    assert [cache.ask(question, lambda: 3) for question in "abcd"] == [3, 3, 3, 3]


def test_it_holds_no_more_than_it_may() -> None:
    cache = Cache(most=49_000)  # bytes
    for number in range(5):
        cache.ask(number, lambda: pd.DataFrame({"n": range(1000)}))  # counted as 16,000 bytes each
    kept = [number for number in range(5) if cache.ask(number, lambda: None) is not None]
    assert kept == [2, 3, 4]
    assert len(cache.ask("large", lambda: pd.DataFrame({"n": range(10_000)}))) == 10_000  # handed out, not kept
    assert cache.ask("large", lambda: None) is None


def test_a_result_goes_with_the_tables_that_were_read_for_it() -> None:
    cache = Cache()

    def ask(answer: int) -> list[int]:
        def outer() -> int:
            note({"course"})
            return answer + int(cache.ask("inner", lambda: note({"session"}) or answer))

        silent = cache.ask("silent", lambda: answer)  # what it rests on is unknown
        return [cache.ask("outer", outer), cache.ask("inner", lambda: 0), silent]

    assert ask(1) == [2, 1, 1]
    cache.forget({"contact"})
    assert ask(2) == [2, 1, 2]
    cache.forget({"course"})
    assert ask(3) == [4, 1, 3]  # the inner one was kept, and the outer one rests on it again
    cache.forget({"session"})
    assert ask(4) == [8, 4, 4]


def test_what_was_read_before_a_change_is_not_kept_after_it() -> None:
    cache = Cache()

    def make() -> str:
        note({"session"})
        cache.forget({"session"})  # somebody saves meanwhile
        return "alt"

    assert cache.ask("Frage", make) == "alt"
    assert cache.ask("Frage", lambda: "neu") == "neu"
