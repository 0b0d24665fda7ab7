"""An error that nobody expected: a sentence in the visitor's language, a page that goes on, a log without values."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest
import streamlit  # noqa: F401  (before its messages)
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import ClientConnection, connect

from esdash.commands.terminal import Terminal
from esdash.ui.shell import unexpected
from esdash.ui.shell.navigation import PAGES
from tests.browser.screenshots import served
from tests.commands.command_line import run

SORRY = "Hier ist ein Fehler im Programm aufgetreten. Was vorher gespeichert war, ist nicht verloren."


@pytest.fixture(scope="module")
def log(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("log") / "server.log"


@pytest.fixture(scope="module")
def broken(example_made: Path, log: Path) -> Iterator[str]:
    database = log.parent / "inventory.duckdb"
    database.write_bytes(example_made.read_bytes())
    with served(database, log=log, script="tests/faults/broken_app.py") as address:
        yield address


class Shown:
    """What one run of a page sent."""

    def __init__(self, socket: ClientConnection, page: str, query: str = "", pressed: str = "") -> None:
        wish = BackMsg()
        wish.rerun_script.page_name, wish.rerun_script.query_string = page, query
        if pressed:
            wish.rerun_script.widget_states.widgets.add(id=pressed, trigger_value=True)
        socket.send(wish.SerializeToString())
        self.pages, self.alerts, self.words, self.buttons = 0, [], [], {}
        while True:
            message: Any = ForwardMsg.FromString(socket.recv(timeout=60))  # type: ignore[arg-type]
            kind = message.WhichOneof("type")
            if kind == "navigation":
                self.pages = len(message.navigation.app_pages)
            elif kind == "delta":
                self._element(message.delta.new_element)
            elif kind == "script_finished" and message.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN:
                return

    def _element(self, element: Any) -> None:
        kind = element.WhichOneof("type")
        if kind == "alert":
            self.alerts.append(element.alert.body.replace("\\", ""))
        elif kind == "button":
            self.buttons[element.button.label] = element.button.id
        elif kind in ("markdown", "heading", "text"):
            self.words.append(getattr(element, kind).body)
        elif kind == "exception":
            self.alerts.append(f"{element.exception.type}: {element.exception.message}")


def visit(address: str) -> ClientConnection:
    host = address.removeprefix("http://")
    return connect(f"ws://{host}/_stcore/stream", subprotocols=["streamlit"], origin=address, max_size=None, proxy=None)  # type: ignore[list-item, arg-type]


def number(shown: Shown) -> str:
    """The number that the page gives people to pass on."""
    return next(found[1] for words in shown.words if (found := re.search(r"\b([0-9a-f]{8})\b", words)))


def test_a_page_that_fails_says_so_and_keeps_frame_and_navigation(broken: str, log: Path) -> None:
    with visit(broken) as socket:
        shown = Shown(socket, "")
        assert SORRY in shown.alerts
        assert shown.pages == len(PAGES)
        assert any("Wo stehen wir" in words for words in shown.words)  # what came before stays
        assert any("Taste F5" in words for words in shown.words)
        again = Shown(socket, "method")  # and the next page is as ever
        assert SORRY not in again.alerts and again.pages == len(PAGES)
    written = log.read_text(encoding="utf-8")
    assert number(shown) in written and "RuntimeError" in written and "overview.py" in written
    assert "Mustermann" not in written and "0340" not in written


def test_the_sentence_is_in_the_language_of_the_visitor(broken: str) -> None:
    with visit(broken) as socket:
        shown = Shown(socket, "", "lang=en")
        assert "The program has made an error here. What was saved before is not lost." in shown.alerts


def test_a_button_that_fails_leaves_its_page_usable(broken: str, log: Path) -> None:
    with visit(broken) as socket:
        before = Shown(socket, "care", "care=safety")
        pressed = before.buttons["Jetzt sichern"]
        shown = Shown(socket, "care", "care=safety", pressed)
        assert shown.alerts[0] == SORRY
        assert shown.pages == len(PAGES) and "Jetzt sichern" in shown.buttons and set(before.words) <= set(shown.words)
    written = log.read_text(encoding="utf-8")
    assert number(shown) in written and "Mustermann" not in written


@pytest.mark.parametrize(
    ("error", "code", "sentence"),
    [
        (OSError(28, "No space left on device", "/mnt/x.duckdb"), 2, "Auf dem Datenträger der Datei /mnt/x.duckdb ist"),
        (duckdb.TransactionException("Failed to commit: No space left on device"), 2, "ist kein Platz mehr."),
        (duckdb.IOException("Could not write: Read-only file system"), 2, "der nur gelesen werden kann."),
        (RuntimeError("sonst etwas"), 3, "RuntimeError: sonst etwas"),
    ],
)
def test_the_command_line_says_what_people_can_mend(
    tiny_path: Path, monkeypatch: pytest.MonkeyPatch, error: Exception, code: int, sentence: str
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(Terminal, "inventory", fail)
    result = run("check", database=tiny_path)
    assert result.exit_code == code
    assert sentence in result.stderr


def test_the_log_names_places_and_kinds_and_no_values() -> None:
    try:
        try:
            raise OSError(28, "No space left on device", "/data/Erika Mustermann.xlsx")
        except OSError as error:
            raise ValueError("Erika Mustermann") from error
    except ValueError as error:
        written = unexpected.places(error)
    assert written.startswith("ValueError\n") and "behind it: OSError 28\n" in written
    assert "test_unexpected.py" in written and "/data/" not in written
