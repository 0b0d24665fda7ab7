"""The dashboard without a browser, on inventories made once: invented, public, empty, one record, hostile."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from functools import cache, partial
from pathlib import Path

import duckdb
import pytest
from streamlit import config
from streamlit.components.v2 import manifest_scanner
from streamlit.testing.v1 import AppTest

from esdash.examples.start import start
from esdash.inventory import Inventory, create, default_path
from esdash.inventory.file import shared
from esdash.inventory.file.attaching import backup_folder
from esdash.serve import SCRIPT
from esdash.ui.shell import session
from esdash.ui.widgets import fit
from tests import first_state
from tests.conftest import NOW, made_once
from tests.pages import hostile, whole
from tests.people import TEST

ROOT = Path(__file__).parents[2]
FILLED = {"one": hostile.fill_one, "hostile": hostile.fill, "whole": whole.fill}
TIMEOUT = 60  # seconds; the first page of a process imports plotly and loads the macros

Opened = Care = Callable[..., AppTest]
Behind = Callable[[], Inventory]


_switch_page = AppTest.switch_page
# AppTest searches all installed packages for components of Streamlit for every visitor; they stay the same.
_installed_components = cache(manifest_scanner.scan_component_manifests)


def switch_page(visitor: AppTest, page: str) -> AppTest:
    """To "pages/gaps.py" as it stands in the repository; AppTest would look beside the script of all pages."""
    return _switch_page(visitor, str(ROOT / page))


@pytest.fixture(scope="session", autouse=True)
def wide() -> Iterator[int]:
    """A screen so wide that tables show whole texts; gives the room they have on a projector, for what tests that."""
    with pytest.MonkeyPatch.context() as patch:
        room = fit.ROOM
        patch.setattr(fit, "ROOM", 100_000)
        yield room


@pytest.fixture(scope="session")
def made(example_made: Path, empty_dessau: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """Kind of inventory → its file, made once for all workers and never opened by the dashboard."""

    def make(kind: str, path: Path) -> None:
        if kind in FILLED:
            create(path, "public", FILLED[kind], TEST, clock=lambda: NOW)
        else:
            start(path, kind, clock=lambda: NOW)

    def path_of(kind: str) -> Path:
        at_hand = {"example": example_made, "empty": empty_dessau}
        return at_hand.get(kind) or made_once(tmp_path_factory, kind, partial(make, kind))

    return path_of


@pytest.fixture(scope="session")
def copies(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[Path, Path]]:
    """File → its copy that the dashboard opens; one copy for all files of tests that only read."""
    found: dict[Path, Path] = {}
    yield found
    shared.close_all()


@pytest.fixture(scope="module")
def at() -> Iterator[Opened]:
    """at(path, page, **query): a visitor who opened that page by a link, on that inventory."""

    def visited(path: Path, page: str = "overview", /, **query: str | list[str]) -> AppTest:
        patch.setenv("ESDASH_DATABASE", str(path))
        visitor = AppTest.from_file(SCRIPT, default_timeout=TIMEOUT)
        visitor.query_params.update(query)
        if page != "overview":  # the first page is the address itself
            visitor.switch_page(f"pages/{page}.py")
        return visitor.run()

    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ESDASH_TODAY", f"{NOW:%Y-%m-%d}")
        patch.delenv("ESDASH_CITY", raising=False)
        patch.setattr(AppTest, "switch_page", switch_page)
        patch.setattr(manifest_scanner, "scan_component_manifests", _installed_components)
        config.set_option("client.showErrorDetails", "full")  # a failing test says why
        yield visited


@pytest.fixture(scope="module")
def app(
    request: pytest.FixtureRequest,
    at: Opened,
    made: Callable[[str], Path],
    copies: dict[Path, Path],
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Opened]:
    """app(kind, page, **query): as `at`, on a copy of that kind of inventory.

    The tests of one process share the copy; a file that changes it is marked `writes` and has copies of its own.
    """
    writes = request.node.get_closest_marker("writes") is not None
    mine: dict[Path, Path] = {} if writes else copies
    before: dict[Path, int] = {}

    def opened(kind: str, page: str = "overview", /, **query: str | list[str]) -> AppTest:
        source = made(kind)
        if source not in mine:
            mine[source] = tmp_path_factory.mktemp("opened") / "inventory.duckdb"
            shutil.copyfile(source, mine[source])
        visitor = at(mine[source], page, **query)
        before.setdefault(mine[source], changes(mine[source]))
        return visitor

    yield opened
    changed = [] if writes else [path for path, count in before.items() if changes(path) != count]
    for path in set(shared._open) - set(copies.values()):
        shared.close(path)
    assert changed == [], "these tests change the inventory that all share: mark their file with `writes`"


@pytest.fixture
def lent(
    at: Opened, made: Callable[[str], Path], copies: dict[Path, Path], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Callable[[str], Path]]:
    """lent(kind): an inventory of this process that a test may change and has for itself; it is put back afterwards."""
    taken: set[Path] = set()

    def path_of(kind: str) -> Path:
        key = Path("lent", kind)
        if key not in copies:
            copies[key] = tmp_path_factory.mktemp("lent") / "inventory.duckdb"
            shutil.copyfile(made(kind), copies[key])
            first_state.remember(session.at(copies[key]))
        taken.add(key)
        return copies[key]

    yield path_of
    for key in taken:
        shutil.rmtree(backup_folder(copies[key]), ignore_errors=True)
        if not first_state.put_back(session.at(copies[key])):
            shared.close(copies.pop(key))


@pytest.fixture
def named(
    app: Callable,
    lent: Callable[[str], Path],
    made: Callable[[str], Path],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Opened]:
    """named(page, kind, author, **query): a visitor who gave a name, on an inventory that only this test changes."""

    def opened(page: str, kind: str = "example", author: str = "Ada", **query: str) -> AppTest:
        path = lent(kind) if kind == "example" else tmp_path / kind / "inventory.duckdb"
        if not path.exists():
            path.parent.mkdir()
            shutil.copyfile(made(kind), path)
        monkeypatch.setenv("ESDASH_DATABASE", str(path))
        visitor = AppTest.from_file(SCRIPT, default_timeout=TIMEOUT)
        visitor.query_params.update(query)
        visitor.session_state["author"] = author
        visitor.switch_page(f"pages/{page}.py").run()
        assert not visitor.exception, visitor.exception[0].message
        return visitor

    yield opened
    for path in tmp_path.glob("*/inventory.duckdb"):
        shared.close(path)


@pytest.fixture
def care(named: Opened) -> Care:
    """care(kind, author, **query): Datenpflege, opened by a visitor who gave a name."""
    return partial(named, "care")


@pytest.fixture
def behind() -> Behind:
    """The inventory that the page of this test has open, as somebody else at another screen uses it."""
    return lambda: session.at(default_path())


def changes(path: Path) -> int:
    return int(session.at(path).value("SELECT count(*) FROM inventory.change_log"))


@pytest.fixture(scope="module")
def raw(made: Callable[[str], Path]) -> Iterator[Callable[..., list[tuple]]]:
    """raw(kind, sql, **values): rows of plain SQL on the tables of the file, without any view or macro of esdash."""
    opened: dict[str, duckdb.DuckDBPyConnection] = {}

    def rows(kind: str, sql: str, **values: object) -> list[tuple]:
        if kind not in opened:
            opened[kind] = duckdb.connect(str(made(kind)), read_only=True)
        return opened[kind].execute(sql, values).fetchall()

    yield rows
    for connection in opened.values():
        connection.close()
