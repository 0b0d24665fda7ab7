"""The arrows of CONTRIBUTING.md, held by reading every import and every string of the code."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

# layer → what it may import from esdash (itself always)
MAY_IMPORT = {
    "app": {"ui", "texts", "errors"},
    "pages": {"ui", "analysis", "charts", "exports", "texts", "errors"},
    "ui": {"examples", "model", "analysis", "inventory", "charts", "exports", "texts", "errors"},
    "analysis": {"model", "inventory", "errors"},
    "charts": {"texts", "errors"},
    "exports": {"charts", "texts", "errors"},  # a file has the colours and shapes of the screen
    "inventory": {"model", "errors"},
    "texts": {"errors"},
    "model": {"errors"},
    "errors": set(),
    "__init__": set(),
    "commands": {"examples", "model", "analysis", "inventory", "charts", "exports", "texts", "errors"},
    "examples": {"model", "inventory", "errors"},
    "__main__": {"commands"},
}
# library → the only layers that may import it
ONLY_IN = {"streamlit": {"app", "pages", "ui"}, "duckdb": {"inventory"}}
NOWHERE = {"plotly.express"}  # 44 ms a figure, against 7 for graph_objects

PAGE_LINES, MODULE_LINES = 90, 350
SQL = re.compile(r"\b(SELECT|FROM|WHERE|JOIN|INSERT INTO|UPDATE|DELETE|CREATE|ATTACH)\b")
ADDRESS = re.compile(r"https?://(?!www\.w3\.org/)[A-Za-z0-9]")  # w3.org: names of XML vocabularies, never fetched


def layer_of(path: str) -> str | None:
    """Room of a file given by its path in the repository; None where the rules do not apply."""
    parts = Path(path).with_suffix("").parts
    if parts in {("app",)} or parts[0] == "pages":
        return parts[0]
    return parts[1] if parts[0] == "esdash" else None


def imports(source: str, path: str) -> set[str]:
    """Dotted names a file imports, relative ones resolved; `from a import b` gives a and a.b."""
    package = list(Path(path).parent.parts)
    names: set[str] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) - node.level + 1] if node.level else []
            base = ".".join([*above, *filter(None, [node.module])])
            names |= {base} | {f"{base}.{alias.name}" for alias in node.names}
        elif isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
            called = ast.unparse(node.func)
            if called in {"__import__", "import_module", "importlib.import_module"}:
                names.add(str(node.args[0].value))
    return names


def strings(source: str) -> list[str]:
    """All string constants of a file except docstrings, pieces of f-strings included."""
    tree = ast.parse(source)
    documented = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    docstrings = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, documented) and node.body and isinstance(node.body[0], ast.Expr)
    }
    constants = [node for node in ast.walk(tree) if isinstance(node, ast.Constant) and id(node) not in docstrings]
    return [node.value for node in constants if isinstance(node.value, str)]


def violations(path: str, source: str) -> list[str]:
    """What one file does against the rules, in words; empty when it keeps them."""
    layer = layer_of(path)
    if layer not in MAY_IMPORT:
        return [f"{path}: '{layer}' is no room of esdash; put it into one, or add the room and its arrows here"]
    found = []
    for name in sorted(imports(source, path)):
        parts = name.split(".")
        for library, layers in ONLY_IN.items():
            if parts[0] == library and layer not in layers:
                found.append(f"{path}: imports {name}; only {', '.join(sorted(layers))} may")
        if name in NOWHERE:
            found.append(f"{path}: imports {name}")
        if parts[0] in {"tests", "benchmarks", "pages", "app"} and layer != "app":
            found.append(f"{path}: imports {name}; the product never imports it")
        if parts[0] == "esdash" and len(parts) > 1:
            target = parts[1]
            if target in MAY_IMPORT and target != layer and target not in MAY_IMPORT[layer]:
                found.append(f"{path}: {layer} may not import esdash.{target}")
    lines = source.count("\n")
    limit = PAGE_LINES if layer == "pages" else MODULE_LINES
    if lines > limit:
        found.append(f"{path}: {lines} lines; at most {limit}")
    for value in strings(source):
        if layer == "pages" and SQL.search(value):
            found.append(f"{path}: SQL in a page: {value[:60]!r}")
        if ":material/" in value:
            found.append(f"{path}: {value[:60]!r} would load a remote icon font")
        if ADDRESS.search(value):
            found.append(f"{path}: {value[:60]!r} is an address outside this machine")
    return found


def code() -> list[Path]:
    return [*ROOT.glob("app.py"), *ROOT.glob("pages/**/*.py"), *ROOT.glob("esdash/**/*.py")]


@pytest.mark.parametrize("path", [str(path.relative_to(ROOT).as_posix()) for path in sorted(code())])
def test_file_keeps_the_layers(path: str) -> None:
    assert violations(path, (ROOT / path).read_text(encoding="utf-8")) == []


def test_all_rooms_are_read() -> None:
    rooms = {layer_of(path.relative_to(ROOT).as_posix()) for path in code()}
    assert rooms >= set(MAY_IMPORT) - {"errors", "__init__"}


def test_sql_loads_nothing_from_outside() -> None:
    for path in ROOT.glob("esdash/**/*.sql"):
        statements = re.sub(r"--.*", "", path.read_text(encoding="utf-8"))
        assert not re.search(r"https?://|\b(INSTALL|LOAD)\s+\w+", statements), path


@pytest.mark.parametrize(
    ("path", "source"),
    [
        ("pages/gaps.py", "import duckdb"),
        ("pages/gaps.py", "def show():\n    from esdash import inventory"),
        ("pages/gaps.py", "from esdash.inventory.store import Inventory"),
        ("pages/gaps.py", "frame = ask(f'SELECT {column} FROM need')"),
        ("pages/gaps.py", "x = 1\n" * 91),
        ("esdash/analysis/gaps.py", "import streamlit as st"),
        ("esdash/analysis/gaps.py", "import duckdb"),
        ("esdash/analysis/gaps.py", "from ..texts import lookup"),
        ("esdash/charts/map.py", "from plotly import express"),
        ("esdash/charts/map.py", "import plotly.express as px"),
        ("esdash/charts/map.py", "from esdash.analysis import gaps"),
        ("esdash/exports/table.py", "import esdash.ui.session"),
        ("esdash/exports/table.py", "STYLE = 'https://example.org/style.css'"),
        ("esdash/inventory/store.py", "from ..analysis import gaps"),
        ("esdash/inventory/store.py", "x = 1\n" * 351),
        ("esdash/texts/__init__.py", "from esdash.inventory import store"),
        ("esdash/errors.py", "from esdash import texts"),
        ("esdash/ui/table.py", "icon = ':material/search:'"),
        ("esdash/__main__.py", "import importlib\nimportlib.import_module('esdash.ui')"),
        ("esdash/helpers.py", ""),
        ("app.py", "from esdash import inventory"),
    ],
)
def test_a_violation_is_found(path: str, source: str) -> None:
    assert violations(path, source)


@pytest.mark.parametrize(
    ("path", "source"),
    [
        ("pages/gaps.py", "import streamlit as st\nfrom esdash.analysis import gaps\nfrom esdash.ui import session"),
        ("esdash/inventory/store.py", 'import duckdb\nfrom . import layout\nquery = "SELECT 1"'),
        ("esdash/ui/forms.py", "ok = value.startswith(('http://', 'https://'))"),
        ("esdash/analysis/gaps.py", '"""After https://example.org/paper."""\nfrom ..inventory.store import Inventory'),
    ],
)
def test_what_is_allowed_passes(path: str, source: str) -> None:
    assert violations(path, source) == []
