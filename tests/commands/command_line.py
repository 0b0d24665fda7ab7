"""Command lines, run in this process or in one of their own."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from click.testing import CliRunner, Result

from esdash.__main__ import cli
from esdash.commands.terminal import Terminal
from esdash.inventory import Inventory, open_file
from esdash.inventory.access import Action
from esdash.texts import Text
from tests.people import TESTER


def clock() -> datetime:
    return datetime(2026, 11, 22, 9, tzinfo=UTC)


# Inventories that commands only read, and that stay open from one command line to the next.
kept_open: dict[Path, Inventory] = {}


class Desk(Terminal):
    """A terminal at which the inventory may be open already."""

    @contextmanager
    def inventory(self, opened: Callable[..., Inventory] = open_file) -> Iterator[Inventory]:
        if self.database in kept_open:
            yield kept_open[self.database]
        else:
            with super().inventory(opened) as inventory:
                yield inventory


def run(*arguments: str | Path, database: Path | None = None, language: str = "de") -> Result:
    """One command line, in this process."""
    terminal = Desk(text=Text(language), clock=clock)
    chosen = ["--database", str(database)] if database else []
    return CliRunner().invoke(cli, [*chosen, *map(str, arguments)], prog_name="python -m esdash", obj=terminal)


def process(*arguments: str | Path, database: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """One command line, in a process of its own."""
    kept = {name: value for name, value in os.environ.items() if name not in ("LC_ALL", "LC_MESSAGES", "LANG")}
    settings = kept | {"ESDASH_DATABASE": str(database), "PYTHONIOENCODING": "utf-8"} | environment
    command = [sys.executable, "-m", "esdash", *map(str, arguments)]
    root = Path(__file__).parents[2]
    return subprocess.run(
        command, cwd=root, env=settings, capture_output=True, text=True, encoding="utf-8", timeout=120, check=False
    )


def break_a_session(path: Path) -> None:
    inventory = open_file(path, clock=clock)
    with inventory.change(TESTER, Action.EDIT_RECORDS) as change:
        change.insert("organization", [{"organization_id": "o", "name": "O"}])
        change.insert(
            "initiative", [{"initiative_id": f"i{n}", "organization_id": "o", "name": "I"} for n in range(12)]
        )
        change.insert("course", [{"course_id": "k", "organization_id": "o", "name": "Grundkurs", "status": "planned"}])
        change.insert(
            "session", [{"session_id": "s", "course_id": "k", "starts_on": "2026-12-01", "seats": 8, "booked": 9}]
        )
    inventory.close()
