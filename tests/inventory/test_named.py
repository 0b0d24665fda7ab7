"""Nobody reads keys: records are called by what people call them, wherever an import speaks of them."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from esdash.errors import UserError
from esdash.inventory import Inventory, importing
from esdash.inventory.access import Action
from esdash.inventory.importing.named import described
from esdash.texts import Text
from tests.people import TESTER

Planned = Callable[..., importing.Plan]


@pytest.fixture
def planned(tiny: Inventory, tmp_path: Path) -> Planned:
    """The plan of some lines, in a city with several records of one name."""
    with tiny.change(TESTER, Action.EDIT_RECORDS) as change:
        organizations = [("o_1", "AWO", "Weg 1"), ("o_2", "Treff", "Gasse 2"), ("o_3", "Treff", None)]
        change.insert(
            "organization",
            [{"organization_id": key, "name": name, "street": street} for key, name, street in organizations],
        )
        places = [("l_1", "Rathaus", "Markt 1", "01"), ("l_2", "Rathaus", None, "02")]
        named = ("location_id", "name", "street", "district_id")
        change.insert("location", [dict(zip(named, place, strict=True)) for place in places])
        offers = [("i_1", "Beratung", "o_1", "l_1"), ("i_2", "Beratung", "o_1", None), ("i_3", "Chor", "o_2", "l_1")]
        named = ("initiative_id", "name", "organization_id", "location_id")
        change.insert("initiative", [dict(zip(named, offer, strict=True)) for offer in offers])
        change.insert("course", [{"course_id": "c_1", "name": "Basis", "organization_id": "o_1"}])
        starts = {"session_id": "s_1", "course_id": "c_1", "starts_on": "2026-12-05", "begins": "17:00"}
        change.insert("session", [starts])
        change.insert("contact", [{"contact_id": "p_1", "role": "Leitung", "organization_id": "o_1"}])

    def planned(*lines: str, **options: Any) -> importing.Plan:
        (tmp_path / "liste.csv").write_text("\n".join(lines), encoding="utf-8")
        return importing.plan(tiny, tmp_path / "liste.csv", **options)

    return planned


def test_records_by_their_names(tiny: Inventory, planned: Planned) -> None:
    assert described(tiny, "organization", ["o_2", "o_3"]) == {"o_2": "Treff (Gasse 2)", "o_3": "Treff"}
    assert described(tiny, "initiative", ["i_1", "x"]) == {"i_1": "Beratung (AWO, Rathaus)"}
    assert described(tiny, "location", ["l_1", "l_2"]) == {
        "l_1": "Rathaus (Markt 1, Mitte)",
        "l_2": "Rathaus (Nordvorstadt)",
    }
    assert described(tiny, "session", ["s_1"]) == {"s_1": "Basis (05.12.2026, 17:00)"}
    assert described(tiny, "contact", ["p_1"]) == {"p_1": "Leitung (AWO)"}
    assert described(tiny, "theme", ["german_courses"])["german_courses"].startswith("Deutsch lernen")
    for table in ("contact_point", "course", "district", "target_group", "language", "module"):
        assert described(tiny, table, ["nobody"]) == {}


@pytest.mark.parametrize(
    ("lines", "kind", "key", "said", "keys"),
    [
        (("Angebot;Träger", "Neu;Treff"), None, "import_ambiguous", "Treff (Gasse 2); Treff", "o_2, o_3"),
        (
            ("Angebot;Träger;Ort", "Neu;AWO;Rathaus"),
            None,
            "import_ambiguous",
            "Rathaus (Markt 1, Mitte); Rathaus (Nordvorstadt)",
            "l_1, l_2",
        ),
        (("initiative_id;Angebot;Träger", "i_9;Chor;o_2"), None, "import_other_key", "Chor (Treff, Rathaus)", "i_3"),
        (
            ("location_id;Ort;Straße", "l_9;Rathaus;Markt 1"),
            "locations",
            "import_other_key",
            "Rathaus (Markt 1, Mitte)",
            "l_1",
        ),
    ],
)
@pytest.mark.parametrize("language", ["de", "en"])
def test_faults_name_records(
    planned: Planned, lines: tuple[str, ...], kind: str | None, key: str, said: str, keys: str, language: str
) -> None:
    (fault,) = planned(*lines, kind=kind).faults
    assert (fault.error.key, fault.error.values["keys"]) == (key, keys)
    message = Text(language).error(fault.error)[0]
    assert said in message
    own = lines[1].split(";")[0]  # what the file itself says may be quoted
    assert re.findall(r"\b[a-z]_\d\b", message.replace(own, "")) == []


def test_rows_of_our_own_files_are_called_by_names(planned: Planned) -> None:
    plan = planned("initiative_id;name;organization_id", "i_3;Chor;o_2", "i_1;;o_1", kind="initiatives")
    assert [row.label for row in plan.rows] == ["Chor · Treff", "AWO"]
    plan = planned("initiative_id;Plätze", "i_3;5", kind="initiatives")
    assert [row.label for row in plan.rows] == ["Chor"]


@pytest.mark.parametrize("lines", [("Name;Organisation", "A;AWO"), ("Farbe;Form", "rot;rund")])
def test_kinds_are_called_by_their_names(planned: Planned, lines: tuple[str, ...]) -> None:
    with pytest.raises(UserError) as refused:
        planned(*lines)
    hint = Text("de").error(refused.value)[1]
    assert "Angebote / Offers" in hint and "initiatives" not in hint
