"""The frame every writer has to get right, and LibreOffice to open what they wrote."""

import subprocess
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from esdash.wording.columns import Column
from tests import provide

COLUMNS = [
    Column("name", "Angebot", width=40),
    Column("places", "Plätze", "integer"),
    Column("km", "Weg in km", "decimal"),
    Column("coverage", "Versorgungsgrad", "percent"),
    Column("assured_on", "bestätigt am", "date"),
    Column("changed_at", "geändert", "moment"),
    Column("languages", "Sprachen", "list"),
    Column("note", "=Notiz"),
]

# name, places, km, coverage, assured_on, changed_at, languages, note
ROWS = [
    (
        "Café „Grüße“; Straße",
        12,
        1.25,
        0.425,
        date(2026, 11, 22),
        datetime(2026, 11, 22, 8, 5),
        ["Deutsch", "Paschtu"],
        "ä\nö",
    ),
    ('=HYPERLINK("http://x.test";"klick")', 0, -3.0, 0.0, date(1899, 12, 31), None, [], "+49 340 123"),
    ("-2+3", None, None, None, None, None, None, None),
    ("@SUM(A1)", 1234567, 1234.5, 1.5, date(2026, 2, 28), datetime(2026, 2, 28), ["=1+1", "b"], "\ttab"),
    ("a\x00b\x0b\x1fc\ud800d\ufffe", -7, 1e-9, np.inf, date(2024, 2, 29), datetime(2024, 2, 29, 23, 59), ["x"], "\r=1"),
    ("01067", 3, 0.1 + 0.2, 0.1, pd.NaT, pd.NaT, np.array(["ß"]), '"quoted", comma'),
]


GERMAN_OFFICE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Setup/L10N">
<prop oor:name="ooSetupSystemLocale" oor:op="fuse"><value>de-DE</value></prop>
</item></oor:items>"""


@pytest.fixture
def columns() -> list[Column]:
    return COLUMNS


@pytest.fixture
def frame() -> pd.DataFrame:
    """As DuckDB hands it over: whole numbers with an unknown one are floats, dates are timestamps."""
    frame = pd.DataFrame(ROWS, columns=[column.name for column in COLUMNS], dtype=object)
    return frame.astype({"places": "float64", "km": "float64", "coverage": "float64", "changed_at": "datetime64[us]"})


@pytest.fixture
def opened_in_office(tmp_path: Path) -> Callable[[Path, str], Path]:
    """Open a file in a German LibreOffice Calc and save it in another form: its path."""
    program, profile = provide.libreoffice(), tmp_path / "profile"
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(GERMAN_OFFICE, encoding="utf-8")

    def converted(path: Path, target: str, reading: str = "") -> Path:
        out = tmp_path / "office"
        command = [program, f"-env:UserInstallation={profile.as_uri()}", "--headless"]
        command += [f"--infilter={reading}"] if reading else []
        command += ["--convert-to", target, "--outdir", str(out), str(path)]
        subprocess.run(command, check=True, capture_output=True, timeout=180)
        return out / f"{path.stem}.{target.split(':')[0]}"

    return converted
