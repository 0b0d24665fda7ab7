"""The papers of a meeting from the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.commands.command_line import run


@pytest.mark.parametrize("name", ["overview", "overlaps", "training-plan"])
def test_the_papers_of_a_meeting_are_written(tiny_path: Path, tmp_path: Path, name: str) -> None:
    file = tmp_path / "paper.pdf"
    found = run("export", name, "--out", file, database=tiny_path)
    assert found.exit_code == 0, found.output
    assert file.read_bytes().startswith(b"%PDF")


def test_lagebild_is_a_paper_only(tiny_path: Path) -> None:
    found = run("export", "overview", "--format", "csv", database=tiny_path)
    assert found.exit_code == 2
    assert "overview gibt es nicht als csv." in found.output
