"""Help, mistakes on the command line, and exit codes as a shell sees them."""

import re
from pathlib import Path

import pytest

from esdash.inventory import open_file
from tests.commands.command_line import break_a_session, process, run

COMMANDS = (
    *("init", "import", "city", "imports", "undo-import", "check", "export", "verify", "template"),
    *("backup", "restore", "recover", "erase", "generate"),
)

# ---------------------------------------------------------------- help


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize(("language", "example"), [("de", "Beispiel:"), ("en", "Example:")])
def test_help_explains_itself_with_an_example(command: str, language: str, example: str) -> None:
    result = run(command, "--help", language=language)
    assert result.exit_code == 0
    assert example in result.stdout
    assert f"python -m esdash {command} " in result.stdout.partition(example)[2]
    for option in ("--database", "--debug", "--language", "--help"):
        assert option in result.stdout
    assert "cli." not in result.stdout


@pytest.mark.parametrize("command", COMMANDS)
def test_the_examples_of_the_help_are_understood(command: str) -> None:
    lines = re.findall(r"^ +python -m esdash (.*)$", run(command, "--help").stdout, re.MULTILINE)
    assert lines
    for line in lines:
        shown = run(command, "--help").stdout
        assert all(option in shown for option in re.findall(r"--[a-z-]+", line)), line


def test_all_commands_are_listed_with_a_whole_sentence() -> None:
    result = run("--help")
    listed = re.findall(r"^  ([a-z-]+)  +(\S.*)$", result.stdout.partition("Commands:")[2], re.MULTILINE)
    assert [name for name, _ in listed] == list(COMMANDS)
    assert "..." not in result.stdout.partition("Commands:")[2]


@pytest.mark.parametrize(
    ("environment", "greeting"),
    [
        ({}, "Den Bestand"),
        ({"LANG": "C.UTF-8"}, "Den Bestand"),
        ({"LANG": "en_GB.UTF-8"}, "Make, fill, check"),
        ({"LANG": "en_GB.UTF-8", "LC_ALL": "de_DE.UTF-8"}, "Den Bestand"),
    ],
)
def test_the_language_is_that_of_the_terminal(environment: dict[str, str], greeting: str, tmp_path: Path) -> None:
    shown = process("--help", database=tmp_path / "i.duckdb", **environment)
    assert shown.returncode == 0
    assert greeting in shown.stdout


def test_the_language_can_be_chosen() -> None:
    assert "Write a table." in run("--language", "en", "export", "--help").stdout
    assert "Bestand" in run("export", "--language", "de", "--help", language="en").stdout


# ---------------------------------------------------------------- mistakes on the command line


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["exprt"], "Den Befehl exprt gibt es nicht. Meinten Sie export?"),
        (["check", "--jsn"], "Die Option --jsn gibt es nicht. Meinten Sie --json?"),
        (["export"], "Es fehlt: NAME."),
        (["export", "everything"], "NAME: möglich sind initiatives, courses, sessions"),
        (
            ["export", "gaps", "--format", "odt"],
            "--format: möglich sind csv, xlsx, json, geojson, pdf, hsds, hxl, ics, vcf, txt.",
        ),
        (["generate", "--initiatives", "0"], "--initiatives: erwartet wird eine ganze Zahl von 1 bis 100000."),
        (["generate", "--seed", "x"], "--seed: erwartet wird eine ganze Zahl."),
        (["import"], "Es fehlt: FILE."),
    ],
)
def test_a_mistake_is_explained_in_german(arguments: list[str], message: str) -> None:
    result = run(*arguments)
    assert result.exit_code == 2
    assert message in result.stderr
    assert "--help" in result.stderr


def test_no_command_shows_the_help() -> None:
    result = run()
    assert result.exit_code == 2
    assert "Den Bestand ohne Dashboard" in result.stderr


# ---------------------------------------------------------------- in processes of their own


def test_a_missing_inventory(tmp_path: Path) -> None:
    shown = process("check", database=tmp_path / "i.duckdb")
    assert shown.returncode == 2
    assert shown.stdout == ""
    assert shown.stderr.splitlines() == [
        f"Fehler: Unter {tmp_path / 'i.duckdb'} liegt keine Bestandsdatei.",
        "Legen Sie eine an: python -m esdash init --example",
    ]


def test_debug_shows_the_traceback(tmp_path: Path) -> None:
    shown = process("check", "--debug", database=tmp_path / "i.duckdb")
    assert shown.returncode != 0
    assert "Traceback" in shown.stderr
    assert "UserError" in shown.stderr


@pytest.mark.parametrize("arguments", [("check",), ("export", "gaps"), ("backup",)])
def test_a_second_process_is_told_that_the_file_is_open(arguments: tuple[str, ...], empty_file: Path) -> None:
    holder = open_file(empty_file)
    shown = process(*arguments, database=empty_file)
    holder.close()
    assert shown.returncode == 2
    assert "ist schon von einem anderen Programm geöffnet" in shown.stderr
    assert "Traceback" not in shown.stderr


def test_a_truncated_file(example_file: Path, tmp_path: Path) -> None:
    whole = example_file.read_bytes()
    for length in (0, 100, len(whole) // 2):
        (tmp_path / "i.duckdb").write_bytes(whole[:length])
        shown = process("check", database=tmp_path / "i.duckdb")
        assert shown.returncode == 2
        assert "ist beschädigt und wurde nicht geöffnet" in shown.stderr
        assert "Traceback" not in shown.stderr


def test_check_in_a_process(empty_file: Path) -> None:
    assert process("check", database=empty_file).returncode == 0
    break_a_session(empty_file)
    shown = process("check", database=empty_file, LANG="en_US.UTF-8")
    assert shown.returncode == 1
    assert "Session with more bookings than places" in shown.stdout


def test_an_unexpected_error_is_one_sentence(empty_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(inventory: object) -> None:
        raise RuntimeError("something\nlong")

    monkeypatch.setattr("esdash.commands.records.faults", broken)
    result = run("check", database=empty_file)
    assert result.exit_code == 3
    assert result.stderr.splitlines()[0] == "Fehler: Unerwarteter Fehler: RuntimeError: something"
    assert "--debug" in result.stderr


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (("budget", "--year", "99999"), "ganze Zahl von 2000 bis 2100"),
        (("list", "--version", "-1"), "ganze Zahl von 1 bis 999999"),
        (("list", "--version", "9" * 20), "ganze Zahl von 1 bis 999999"),
        (("minutes",), "noch keine Sitzung geschlossen"),
    ],
)
def test_export_says_which_numbers_it_takes(asked: tuple[str, ...], said: str, empty_file: Path) -> None:
    result = run("export", *asked, database=empty_file)
    assert result.exit_code == 2 and said in result.stderr
