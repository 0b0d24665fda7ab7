"""What import-linter (pyproject.toml) cannot say: libraries of one room, lengths, SQL in pages, remote addresses."""

import ast
import re
import shutil
import subprocess
import sys
from graphlib import TopologicalSorter
from pathlib import Path

import grimp
import pytest

ROOT = Path(__file__).parents[2]

# library → the only layers that may import it
ONLY_IN = {"streamlit": {"app", "pages", "ui", "serve"}, "duckdb": {"inventory"}}
APP_MAY_IMPORT = {"serve", "ui", "errors"}  # import-linter reads folders only
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
    """Dotted names a file imports, relative ones resolved; `from a import b` gives a and a.b.

    What it imports by a name in a string ends in a question mark: import-linter does not see that.
    """
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
                names.add(f"{node.args[0].value}.?")
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
        if layer == "app" and parts[0] == "esdash" and not APP_MAY_IMPORT.issuperset(parts[1:2]):
            found.append(f"{path}: app may not import {name}")
        if name.startswith("esdash") and name.endswith("?"):
            found.append(f"{path}: imports {name} by a string, where no contract sees it")
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


def test_no_file_imports_itself_through_others() -> None:
    """Also not through the file that stands for its folder, which import-linter leaves out of its circles."""
    graph = grimp.build_graph("esdash", "pages")
    TopologicalSorter({module: graph.find_modules_directly_imported_by(module) for module in graph.modules}).prepare()


def test_the_contracts_find_what_breaks_them(tmp_path: Path) -> None:
    """One new line in each of these files, and `lint-imports` (in `make check`) names it."""
    broken = {
        "esdash/analysis/judgements.py": "from esdash.exports import values",
        "esdash/charts/look.py": "from esdash.inventory import city",
        "esdash/errors.py": "import esdash.texts",
        "esdash/inventory/file/layout.py": "from ...analysis import judgements",
        "esdash/ui/overview/tiles.py": "from esdash.commands import gaps",
        "pages/care.py": "def show():\n    from esdash.inventory import city",
    }
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    for folder in ("esdash", "pages"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    for path, line in broken.items():
        with (tmp_path / path).open("a", encoding="utf-8") as file:
            file.write(f"\n{line}\n")
    (tmp_path / "esdash" / "sums.py").touch()  # in no room
    command = [str(Path(sys.executable).parent / "lint-imports"), "--no-cache"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, encoding="utf-8", timeout=60)
    assert done.returncode == 1
    for module in ("esdash.sums", *(path.removesuffix(".py").replace("/", ".") for path in broken)):
        assert re.search(rf"^- +{re.escape(module)}\b", done.stdout, re.MULTILINE), module
    assert "esdash.ui.overview.tiles -> esdash.commands.gaps" in done.stdout


def test_sql_loads_nothing_from_outside() -> None:
    for path in ROOT.glob("esdash/**/*.sql"):
        statements = re.sub(r"--.*", "", path.read_text(encoding="utf-8"))
        assert not re.search(r"https?://|\b(INSTALL|LOAD)\s+\w+", statements), path


@pytest.mark.parametrize(
    ("path", "source"),
    [
        ("pages/gaps.py", "import duckdb"),
        ("pages/gaps.py", "frame = ask(f'SELECT {column} FROM need')"),
        ("pages/gaps.py", "x = 1\n" * 91),
        ("esdash/analysis/gaps.py", "import streamlit as st"),
        ("esdash/analysis/gaps.py", "import duckdb"),
        ("esdash/charts/map.py", "from plotly import express"),
        ("esdash/charts/map.py", "import plotly.express as px"),
        ("esdash/exports/table.py", "STYLE = 'https://example.org/style.css'"),
        ("esdash/inventory/store.py", "x = 1\n" * 351),
        ("esdash/ui/table.py", "icon = ':material/search:'"),
        ("esdash/__main__.py", "import importlib\nimportlib.import_module('esdash.ui')"),
        ("esdash/ui/table.py", "from tests import provide"),
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
