"""What the operating system says of a file reads in the language of the reader."""

import pytest

from esdash.errors import UserError
from esdash.texts import Text

SAID = [
    (FileNotFoundError(2, "No such file or directory"), "den Ordner oder die Datei gibt es nicht"),
    (PermissionError(13, "Permission denied"), "dieses Konto darf dort nicht schreiben"),
    ("PermissionError: [Errno 13] Permission denied: 'x'", "dieses Konto darf dort nicht schreiben"),
    (OSError(4321, "Something else"), "Fehler 4321 des Betriebssystems"),
]


@pytest.mark.parametrize(("details", "said"), SAID)
def test_no_english_of_the_system(details: object, said: str) -> None:
    message, _ = Text("de").error(UserError("copy_failed", path="b.duckdb", details=details))
    assert message == f"Die Datei b.duckdb konnte nicht geschrieben werden: {said}."
