"""Page state: one class per page, whose fields are carried by the link, so that a colleague sees the same.

In the session a field has the key "page.field" ("gaps.view"), so that no two pages share one; in the link only its own
name. Streamlit's own binding would write the translated label of an option into the link, but a link must mean the same
in both languages. So it carries our ids, and this module keeps link and widgets in step.
"""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from datetime import date
from typing import Any, ClassVar, Generic, Self, TypeVar, overload

import streamlit as st

from esdash.texts import LANGUAGES, Text
from esdash.wording.escaping import plain

LONGEST_ECHO = 80  # characters of a wrong value that a message quotes

Value = TypeVar("Value")
Options = Container[Any] | None  # allowed values of a field; None: any


class Field(Generic[Value]):
    """One choice of a page. `link`: its name in the link, if different from the name in the code."""

    key: str  # key in the session, also of its widget

    def __init__(self, default: Value, options: Options = None, link: str = "") -> None:
        self.default, self.options, self.link = default, options, link

    def __set_name__(self, page: type[PageState], name: str) -> None:
        self.name, self.link = name, self.link or name
        self.key = f"{page.page}.{self.link}"

    @overload
    def __get__(self, state: None, page: type[PageState]) -> Self: ...
    @overload
    def __get__(self, state: PageState, page: type[PageState]) -> Value: ...
    def __get__(self, state: PageState | None, page: type[PageState]) -> Self | Value:
        return self if state is None else st.session_state.get(self.key, self.default)

    def __set__(self, state: PageState, value: Value) -> None:
        st.session_state[self.key] = value

    def parsed(self, word: str) -> Any:
        """One value from its text in the link. Raises ValueError for an invalid text."""
        return word

    def read(self, words: Sequence[str], options: Options, default: Value) -> tuple[Value, list[str]]:
        """The value from the texts of a link, and the texts that are invalid."""
        values, refused = [], []
        for word in words:
            try:
                value = self.parsed(word)
                if options is not None and value not in options:
                    raise ValueError(word)
                values.append(value)
            except (ValueError, OverflowError):
                refused.append(word)
        return self.of(values, default), refused

    def of(self, values: list[Any], default: Value) -> Value:
        """The value of the field from all valid values of the link."""
        return values[0] if values else default

    def write(self, value: Value, default: Value) -> list[str]:
        """The value as texts for the link; none for the default."""
        return [] if value in (default, None, "") else [str(value)]


class OneOf(Field[str]):
    """One of several options; without a choice the first one, or `default`."""

    options: Sequence[str]

    def __init__(self, options: Sequence[str], link: str = "", default: str = "") -> None:
        super().__init__(default or options[0], options, link)


class Maybe(Field[str | None]):
    """One of several options, or none. Options that depend on the inventory are given when the link is read."""

    def __init__(self, options: Options = None, link: str = "") -> None:
        super().__init__(None, options, link)


class Many(Field[list[str]]):
    """Several options in the order they were chosen."""

    def __init__(self, options: Options = None, link: str = "") -> None:
        super().__init__([], options, link)

    def of(self, values: list[str], default: list[str]) -> list[str]:
        """All values, each once."""
        return list(dict.fromkeys(values)) or list(default)

    def write(self, value: list[str], default: list[str]) -> list[str]:
        """All values as texts."""
        return [] if value == default else list(value)


class Words(Field[str]):
    """Free text, empty without any."""

    def __init__(self, link: str = "") -> None:
        super().__init__("", None, link)


class Weight(Field[int]):
    """A whole number from 0 to `most`."""

    def __init__(self, most: int, link: str = "") -> None:
        super().__init__(most, range(most + 1), link)

    def parsed(self, word: str) -> int:
        """A number, rounded: "12.6" is 13."""
        return round(float(word))


class Day(Field[date | None]):
    """A day, or none."""

    def __init__(self, link: str = "") -> None:
        super().__init__(None, None, link)

    def parsed(self, word: str) -> date:
        """A day written as 2026-05-01."""
        return date.fromisoformat(word)


class Days:
    """The days of a span, as dates or as texts of a link, and other words that are allowed as well."""

    def __init__(self, first: date, last: date, *words: str) -> None:
        self.first, self.last, self.words = first, last, words

    def __contains__(self, day: object) -> bool:
        try:
            return day in self.words or self.first <= date.fromisoformat(str(day)) <= self.last
        except ValueError:
            return False


class PageState:
    """The choices of one page. Instances hold no values: each reads and writes the session of the visitor."""

    page: ClassVar[str]
    stays: ClassVar[bool] = False  # whether it is kept from page to page, although the navigation drops the link

    @classmethod
    def fields(cls) -> list[Field[Any]]:
        """All fields, in the order of declaration."""
        return [field for field in vars(cls).values() if isinstance(field, Field)]

    def take(self, defaults: Mapping[str, Any] | None = None, **options: Options) -> dict[str, list[str]]:
        """Read the link into the fields; a message names invalid values. Returns field → invalid values."""
        refused = self.read(defaults, **options)
        if refused:
            words = plain(", ".join(word for words in refused.values() for word in words)[:LONGEST_ECHO])
            st.warning(Text(VISIT.language)("app.link_ignored", values=words))
        return refused

    def read(self, defaults: Mapping[str, Any] | None = None, **options: Options) -> dict[str, list[str]]:
        """Read the link into the fields if it differs from what this page last wrote; returns the invalid values.

        A widget that was not drawn meanwhile has lost its state and gets it back from the link. `defaults` and
        `options`: name of a field → those that depend on the inventory.
        """
        st.session_state[f"{self.page}, defaults"] = dict(defaults or {})
        given = {field.link: st.query_params.get_all(field.link) for field in self.fields()}
        arrived = given != st.session_state.get(f"{self.page}, link")
        refused: dict[str, list[str]] = {}
        for field in self.fields():
            words, known = given[field.link], field.key in st.session_state
            if known and (not arrived or (self.stays and not words)):  # a choice made just now is not in the link yet
                st.session_state[field.key] = st.session_state[field.key]  # else lost if its widget was not drawn
                continue
            value, wrong = field.read(words, options.get(field.name, field.options), self._default(field))
            st.session_state[field.key] = value
            if wrong:
                refused[field.name] = wrong
        if arrived:
            self._arrive(given)
        st.session_state[f"{self.page}, link"] = given  # a page that ends early writes nothing
        return refused

    def give(self, *always: str) -> None:
        """Write the fields into the link; defaults are left out, except for the fields in `always`.

        All at once, because each writing is a step in the browser's history, and one click should be one step.
        """
        nothing: dict[str, list[str]] = {field.link: [] for field in self.fields()}
        written = nothing | self.as_link(*always)
        if any(words != st.query_params.get_all(name) for name, words in written.items()):
            others = {name: st.query_params.get_all(name) for name in st.query_params if name not in written}
            st.query_params.from_dict({**others, **{name: words for name, words in written.items() if words}})
        st.session_state[f"{self.page}, link"] = written

    def as_link(self, *always: str) -> dict[str, list[str]]:
        """The choices as parameters of a link to this page."""
        written = {
            field.link: field.write(
                st.session_state.get(field.key, field.default), None if field.name in always else self._default(field)
            )
            for field in self.fields()
        }
        return {name: words for name, words in written.items() if words}

    def reset(self, *kept: str) -> None:
        """Set all fields to their defaults, except for the named ones."""
        for field in self.fields():
            if field.name not in kept:
                st.session_state[field.key] = field.of([], self._default(field))

    def _default(self, field: Field[Any]) -> Any:
        return st.session_state.get(f"{self.page}, defaults", {}).get(field.name, field.default)

    def _arrive(self, given: Mapping[str, list[str]]) -> None:
        """Update the browser's address after a link that led to the same page.

        Such a link changes the parameters of the run, but the address only when they are written; the browser ignores
        parameters that it has already.
        """
        for name, words in given.items():
            if words:
                st.query_params[name] = words
                return


class Visit(PageState):
    """What is kept from page to page: the language."""

    page = "visit"
    stays = True
    language = OneOf(LANGUAGES, link="lang")


VISIT = Visit()


class LookBack(PageState):
    """The earlier day that pages with figures show; None is today."""

    page = "look back"
    stays = True
    day = Day(link="on")


LOOK_BACK = LookBack()
