"""Counts the clicks of a task, which starts on Lagebild: presses of the pointer or its key; typing is not counted."""

from __future__ import annotations

from dataclasses import dataclass, field

from playwright.sync_api import Locator, Page

from tests.browser.screenshots import settle


@dataclass
class Clicks:
    """The presses that a task has needed so far, by what was pressed."""

    page: Page
    pressed: list[str] = field(default_factory=list)

    def on(self, what: Locator, name: str) -> None:
        """Press it once and wait for the answer; `name` says what it is, for the message when a task takes too many."""
        what.click()
        self.pressed.append(name)
        settle(self.page)

    def key(self, key: str, name: str) -> None:
        """Press a key that does what a pointer would do, such as Enter on a button."""
        self.page.keyboard.press(key)
        self.pressed.append(name)
        settle(self.page)

    def at_most(self, most: int) -> None:
        """Fails when the task took more."""
        assert len(self.pressed) <= most, self.pressed
