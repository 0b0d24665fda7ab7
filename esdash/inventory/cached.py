"""Caching what a page shows: every click runs the whole page again, but most of it has not changed."""

from collections.abc import Callable
from functools import update_wrapper
from typing import Any, Concatenate, ParamSpec, TypeVar, cast

from esdash.inventory.file.store import Inventory
from esdash.texts import Text

Given = ParamSpec("Given")
Answer = TypeVar("Answer")


def cached(make: Callable[Concatenate[Inventory, Given], Answer]) -> Callable[Concatenate[Inventory, Given], Answer]:
    """Cache what `make(inventory, text, *choice)` returns until the inventory or the day changes, for each language.

    `choice` holds texts, numbers, days, and lists of them. Errors are not cached. Callers must not change the result,
    except that they may add columns to a frame: each caller gets a shallow copy of it.
    """
    name = f"{make.__module__}.{make.__qualname__}"

    def ask(inventory: Inventory, *given: Given.args, **named: Given.kwargs) -> Answer:
        choice = tuple(map(_hashable, (*given, *sorted(named.items()))))
        answer: Answer = inventory.once((name, *choice), lambda: make(inventory, *given, **named))
        return answer

    return cast("Callable[Concatenate[Inventory, Given], Answer]", update_wrapper(ask, make))


def _hashable(value: Any) -> Any:
    if isinstance(value, Text):
        return value.language
    return tuple(map(_hashable, value)) if isinstance(value, list | tuple) else value
