"""The four changes that CONTRIBUTING tells: they touch the files that it names, and not more than promised."""

import re
from pathlib import Path

import pytest

from esdash.errors import UserError
from esdash.inventory import Inventory
from esdash.inventory.access import ALLOWED, Action, Actor, may
from esdash.texts import LANGUAGES, Text
from esdash.ui.shell import navigation

ROOT = Path(__file__).parents[2]
MOST = {
    "A new optional field": 6,
    "A page with list, map and PDF": 12,
    "A role that may not edit": 3,
    "A new export": 4,
}


def story(title: str) -> tuple[int, set[str]]:
    """The number that a story tells, and the files that it names in its list."""
    told = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8").split(f"**{title}: ")[1].split("\n\n")[0]
    lines = [line.split("`: ")[0] for line in told.splitlines() if line.startswith("- ")]
    return int(told.split(" files")[0]), {path for line in lines for path in re.findall(r"[\w/.]+\.\w+", line)}


def naming(words: str) -> set[str]:
    """The files of the house in which these words stand; the invented inventories do not count."""
    files = [path for folder in ("esdash", "pages") for path in (ROOT / folder).rglob("*.*")] + [ROOT / "app.py"]
    written = (
        path for path in files if path.suffix in (".py", ".sql", ".toml", ".typ") and "examples" not in path.parts
    )
    found = (path for path in written if re.search(words, path.read_text(encoding="utf-8"), re.MULTILINE))
    return {str(path.relative_to(ROOT)) for path in found}


@pytest.mark.parametrize("title", MOST)
def test_a_story_tells_files_that_are_there(title: str) -> None:
    number, files = story(title)
    assert (len(files), [path for path in files if not (ROOT / path).is_file()]) == (number, [])
    assert number <= MOST[title]


def test_a_new_optional_field() -> None:
    assert naming(r"childcare") == story("A new optional field")[1]


def test_a_new_export() -> None:
    assert naming(r"\bhxl_file\b") == story("A new export")[1]


def test_a_role() -> None:
    assert naming(r"Role\.OFFICE|^\[role\]") == story("A role that may not edit")[1]


@pytest.mark.parametrize("page", navigation.PAGES)
def test_a_page_is_wired_in_one_place(page: str) -> None:
    """Beside its own files a page needs its group, the texts of its own name, and its line in the README."""
    assert navigation.script(page).is_file()
    assert all(Text(language).has(f"{page}.nav") for language in LANGUAGES)
    assert f"`pages/{page}.py`" in (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("action", Action)
def test_a_role_without_a_row_is_refused_everywhere(
    tiny: Inventory, monkeypatch: pytest.MonkeyPatch, action: Action
) -> None:
    monkeypatch.setitem(ALLOWED, "reader", frozenset())
    for actor in (Actor("Ada", "reader"), Actor("Ada", "nobody told of")):
        revision = tiny.revision
        assert not may(actor, action)
        with pytest.raises(UserError) as refused, tiny.change(actor, action):
            raise AssertionError("came in")
        assert refused.value.key == "not_allowed"
        assert tiny.revision == revision
