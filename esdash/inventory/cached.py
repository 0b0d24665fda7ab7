"""What a page shows, made once: every click runs the whole page again, but most of it has not changed."""

from collections.abc import Callable
from functools import update_wrapper
from typing import Any, Concatenate, ParamSpec, TypeVar, cast

from esdash.inventory.file.store import Inventory
from esdash.texts import Text

Given = ParamSpec("Given")
Answer = TypeVar("Answer")


def cached(make: Callable[Concatenate[Inventory, Given], Answer]) -> Callable[Concatenate[Inventory, Given], Answer]:
    """Keep what `make(inventory, text, *choice)` returns until the inventory or the day changes, in each language.

    The choice is made of words, numbers, days, and lists of them. What `make` raises is not kept. Nobody may change
    what is kept, except that a frame may get new columns: everybody gets a light copy of it.
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
