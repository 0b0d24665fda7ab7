"""Promises of the repository: README, requirements, files, and no paths of a single computer."""

import re
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
FILES = (
    *("README.md", "CONTRIBUTING.md", "CHANGELOG.md", "GLOSSARY.md", "LICENSE", "Makefile", "app.py", ".gitignore"),
    *("requirements.txt", "requirements-dev.txt", "pyproject.toml", ".ci/run", ".streamlit/config.toml"),
    "esdash/__main__.py",
)

# A folder of one machine, at the start of a path: not part of a longer path or address.
MACHINE = re.compile(r"(?<![\w.~-])/(?:home|root|work|Users)/\w|[A-Z]:\\Users\\\w")
TEMPORARY = re.compile(r"(?<![\w.~-])/tmp\b")


def tracked() -> list[Path]:
    """Files git knows or would take, as paths in the repository."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.splitlines()
    return [Path(name) for name in listed if (ROOT / name).is_file()]


def commands(markdown: str) -> list[str]:
    """Lines of the fenced bash blocks that start with `python -m esdash`."""
    blocks = re.findall(r"^```(?:bash|sh)\n(.*?)^```", markdown, re.MULTILINE | re.DOTALL)
    lines = [line.split("#")[0].strip() for block in blocks for line in block.splitlines()]
    return [line for line in lines if line.startswith("python -m esdash")]


@cache
def help_of(subcommand: str) -> tuple[int, str]:
    command = [sys.executable, "-m", "esdash", *subcommand.split(), "--help"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, encoding="utf-8")
    return done.returncode, done.stdout + done.stderr


def machine_words(path: Path, content: str) -> list[str]:
    found = MACHINE.findall(content)
    return found if path.parts[0] == "tests" else found + TEMPORARY.findall(content)


@pytest.mark.parametrize("name", FILES)
def test_file_exists(name: str) -> None:
    assert (ROOT / name).is_file()


def test_readme_names_the_two_commands() -> None:
    assert "make run" in README
    assert "make test" in README


def test_readme_shows_the_command_line() -> None:
    assert len(commands(README)) >= 7


@pytest.mark.parametrize("line", commands(README))
def test_readme_command_is_understood(line: str) -> None:
    words = line.split()[3:]
    subcommand = words[0] if words and not words[0].startswith("-") else ""
    status, answer = help_of(subcommand)
    assert status == 0, answer
    for option in (word.split("=")[0] for word in words if word.startswith("--")):
        assert option in answer, f"{option} is not an option of '{subcommand}'"


def test_readme_shows_every_command() -> None:
    status, answer = help_of("")
    assert status == 0, answer
    listed = re.findall(r"^  ([a-z][a-z-]+)  ", answer.partition("Commands:")[2], re.MULTILINE)
    assert listed, "python -m esdash --help lists no commands"
    shown = {line.split()[3] for line in commands(README) if len(line.split()) > 3}
    assert sorted(set(listed) - shown) == []


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_requirements_are_pinned_and_explained(name: str) -> None:
    for line in (ROOT / name).read_text(encoding="utf-8").splitlines():
        if line and line != "-r requirements.txt":
            assert re.fullmatch(r"[A-Za-z0-9-]+==\d[\w.]*\s+# \S.*", line), line


def test_readme_lists_the_pages() -> None:
    pages = {f"pages/{path.name}" for path in (ROOT / "pages").glob("*.py")}
    assert pages, "pages/ is empty"
    assert set(re.findall(r"pages/\w+\.py", README)) == pages


def test_no_inventory_is_tracked() -> None:
    assert [path for path in tracked() if ".duckdb" in path.name or "backups" in path.parts] == []


def test_nothing_names_one_machine() -> None:
    found = {}
    for path in tracked():
        try:
            content = (ROOT / path).read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        if machine_words(path, content):
            found[path.as_posix()] = machine_words(path, content)
    assert found == {}


def test_the_rules_see_what_they_should() -> None:
    folder = "/" + "home/ada/esdash"
    assert machine_words(Path("README.md"), f"cd {folder}")
    assert machine_words(Path("tests/test_x.py"), f"open('{folder}')")
    assert machine_words(Path("esdash/x.py"), "open('/tmp/x')")
    assert not machine_words(Path("tests/test_x.py"), "open('/tmp/x')")
    assert not machine_words(Path("data/SOURCES.md"), "https://example.org" + folder)
    assert commands("```bash\npython -m esdash init --public  # x\nmake run\n```\n") == [
        "python -m esdash init --public"
    ]
