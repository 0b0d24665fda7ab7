"""Links of earlier versions: each still leads to the same view, and says which of its values mean nothing."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, NamedTuple

import pytest
from streamlit.testing.v1 import AppTest

from tests.pages.said import words

SUPPOSED = (
    '{"offers":[{"name":"neu","capacity":20,"theme_ids":["homework"],"target_group_ids":["children"],'
    '"district_id":"16"}]}'
)


class Link(NamedTuple):
    """A link, what the fields of its page then hold, words that the page says, values that it cannot use."""

    page: str
    query: dict[str, Any]
    holds: dict[str, Any]
    says: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()
    dropped: tuple[str, ...] = ()  # parameters that say what is so anyway, or are used up


LINKS = (
    Link("measures", {"lead": "o18", "id": "ma2"}, {"lead": "o18"}, ("Lerngruppe in Alten",)),
    Link("measures", {"measures": "control"}, {"measures": "control"}, ("Beschlusskontrolle, Stand",)),
    Link("measures", {"id": "ma99", "lead": "x"}, {"lead": None}, refused=("ma99", "x")),
    Link("workshops", {"workshops": "promises", "promise_state": "kept"}, {"promise_state": "kept"}),
    Link("workshops", {"workshop": "ws5"}, {}, ("Ehrenamt: erste Schritte",)),
    Link("workshops", {"workshops": "promises", "promise": "z99"}, {"workshops": "promises"}, refused=("z99",)),
    Link("overview", {"since": "2026-06-17"}, {"since": "2026-06-17"}),
    Link("overview", {"since": "2026-11-01"}, {"since": "2026-11-01"}),
    Link("overview", {"since": "1999-01-01"}, {"since": "2026-09-16"}, refused=("1999-01-01",)),
    Link("changes", {"since": "2026-06-17", "kind": "session", "way": "new"}, {}, ("Schulungstermine, neu: ",)),
    Link("changes", {"since": "1999-01-01", "kind": "x"}, {}, ("Seit dem 16.09.2026",), refused=("1999-01-01", "x")),
    Link("overview", {"on": "2026-03-01"}, {}, ("01.03.2026",)),
    Link("overview", {"lang": "en"}, {"lang": "en"}, ("Where do we stand",)),
    Link("initiatives", {"theme": ["education", "sport"]}, {"theme": ["education", "sport"]}),
    Link(
        "initiatives",
        {"status": "active", "freshness": "fresh", "district": ["13", "16"], "q": "lern"},
        {"status": ["active"], "freshness": ["fresh"], "district": ["13", "16"], "q": "lern"},
    ),
    Link(
        "initiatives",
        {"language": "uk", "weekday": "3", "wanted": "yes", "target_group": "women", "organization": "o06"},
        {"language": ["uk"], "weekday": ["3"], "wanted": ["yes"], "target_group": ["women"], "organization": ["o06"]},
    ),
    Link("initiatives", {"view": "map", "status": "paused"}, {"view": "map", "status": ["paused"]}),
    Link("initiatives", {"view": "cards"}, {"view": "cards"}, ("Abendsport für junge Leute",)),
    Link("initiatives", {"view": "organizations"}, {"view": "organizations"}),
    Link("initiatives", {"view": "table"}, {"view": "table"}, dropped=("view",)),
    Link("initiatives", {"id": "i101", "theme": "sport"}, {}, ("Abendsport für junge Leute",)),
    Link("initiatives", {"id": "i999"}, {}, ("Unbekanntes Angebot",)),
    Link("initiatives", {"theme": ["sport", "x"], "view": "globe"}, {"theme": ["sport"]}, refused=("x", "globe")),
    Link("initiatives", {"on": "2026-03-01", "status": "active"}, {"status": ["active"]}, ("01.03.2026",)),
    Link(
        "gaps",
        {"measure": "gap", "district_in": "16", "theme_in": "homework", "group": "children"},
        {"measure": "gap", "district_in": "16", "theme_in": "homework", "group": "children", "beside": "evidence"},
    ),
    Link("gaps", {"district_in": "16"}, {"district_in": "16", "measure": "coverage", "view": "matrix"}),
    Link(
        "gaps",
        {"rows": "district_group", "order": "severity", "show": "white"},
        {"rows": "district_group", "order": "severity", "show": "white"},
        dropped=("order",),
    ),
    Link("gaps", {"order": "usual"}, {"order": "usual", "beside": "tiles"}),
    Link("gaps", {"district_in": "16", "beside": "tiles"}, {"district_in": "16", "beside": "tiles"}),
    Link("gaps", {"view": "maps"}, {"view": "maps"}),
    Link(
        "gaps",
        {"beside": "evidence", "district_in": "13", "theme_in": "homework"},
        {"beside": "evidence", "district_in": "13", "theme_in": "homework"},
    ),
    Link("gaps", {"offer": "i101"}, {"offer": "i101", "beside": "map"}, ("Reichweite",)),
    Link("gaps", {"offer": "i101", "beside": "tiles"}, {"beside": "tiles"}),
    Link("gaps", {"offer": "i999"}, {"beside": "tiles"}, refused=("i999",)),
    Link(
        "gaps",
        {"when": ["evening", "weekend"], "spoken": "uk", "access": "barrier_free"},
        {"when": ["evening", "weekend"], "spoken": "uk", "access": ["barrier_free"]},
    ),
    Link("gaps", {"versus": "2026-06-17"}, {"versus": "2026-06-17"}, ("17.06.2026",)),
    Link("gaps", {"versus": "2026-11-01"}, {"versus": "2026-11-01"}, ("01.11.2026",)),
    Link("gaps", {"suppose": SUPPOSED}, {}, ("20 Plätze",)),
    Link("gaps", {"suppose": "{"}, {}, dropped=("suppose",)),
    Link(
        "gaps",
        {"measure": "size", "district_in": "99", "versus": "2011-01-01"},
        {"measure": "coverage", "district_in": None, "versus": None, "beside": "tiles"},
        refused=("size", "99", "2011-01-01"),
    ),
    Link(
        "trainings",
        {"module": ["trauma", "closeness"], "provider": "o24"},
        {"module": ["trauma", "closeness"], "provider": ["o24"]},
    ),
    Link(
        "trainings",
        {"trainings": "plan", "days": "14", "km": "15", "price": "0", "plan": "topics"},
        {"trainings": "plan", "days": "14", "km": "15", "price": "0", "plan": "topics"},
    ),
    Link(
        "trainings", {"trainings": "plan", "pin": "s124|s121", "merge": "s124|s121"}, {}, ("Kinderschutz im Ehrenamt",)
    ),
    Link("trainings", {"trainings": "modules"}, {"trainings": "modules"}),
    Link(
        "trainings",
        {"trainings": "plan", "days": "13", "ban": "s1|s2"},
        {"trainings": "plan"},
        refused=("13", "s1|s2"),
    ),
    Link("overlaps", {"overlaps": "decided"}, {"overlaps": "decided"}),
    Link("overlaps", {"overlaps": "network", "around": "o06"}, {"overlaps": "network", "around": "o06"}),
    Link("overlaps", {"overlaps": "providers"}, {"overlaps": "providers"}),
    Link("overlaps", {"case": "gone"}, {"overlaps": "open"}, dropped=("case",)),
    Link("overlaps", {"overlaps": "all"}, {"overlaps": "open"}, refused=("all",)),
    Link("priorities", {"priorities": "proposals", "kind": "overlap"}, {"priorities": "proposals", "kind": "overlap"}),
    Link("priorities", {"priorities": "proposals", "item": "gap|homework|14"}, {"kind": "all"}, ("Lernhilfe",)),
    Link(
        "priorities",
        {"priorities": "proposals", "weight_size": "80", "weight_seriousness": "5"},
        {"weight_size": 80, "weight_seriousness": 5},
    ),
    Link("priorities", {"priorities": "proposals", "kind": "none"}, {"kind": "all"}, refused=("none",)),
    Link("priorities", {"priorities": "proposals", "weight_size": "many"}, {}, ("many",), dropped=("weight_size",)),
    Link("entry", {"table": "contact_point"}, {"table": "contact_point"}),
    Link(
        "entry",
        {"table": "initiative", "search": "sport", "state": "paused", "light": "due"},
        {"search": "sport", "state": "paused", "light": "due"},
        dropped=("table",),
    ),
    Link("entry", {"table": "initiative", "id": "i101"}, {}, ("Abendsport für junge Leute",)),
    Link("entry", {"table": "organization", "id": "o06"}, {}, ("Organisation",)),
    Link("entry", {"table": "contact", "id": "nobody"}, {}, ("Unbekannt",)),
    Link("entry", {"table": "initiative", "new": "1", "organization": "o06"}, {}, ("Neu",)),
    Link("entry", {"table": "initiative", "id": "i101", "edit": "1"}, {}, ("Abendsport für junge Leute",)),
    Link("entry", {"table": "tables"}, {"table": "initiative"}, refused=("tables",)),
    Link("entry", {"state": "asleep", "light": "blue"}, {"state": "current"}, refused=("asleep", "blue")),
    Link("actors", {"actors": "net", "kind": ["offer", "meeting"]}, {"actors": "net", "kind": ["offer", "meeting"]}),
    Link("actors", {"actors": "net", "around": "o08", "pair": "o01|o08"}, {"around": "o08"}),
    Link("actors", {"actors": "help", "theme": "homework", "district": "16"}, {"theme": "homework", "district": "16"}),
    Link("actors", {"actors": "all", "id": "o08"}, {}, ("Ehrenamtsagentur",), refused=("all",)),
    Link("actors", {"actors": "help", "theme": "sorcery", "spoken": "xx"}, {}, refused=("sorcery", "xx")),
    Link("care", {"care": "doubles"}, {"care": "doubles"}),
    Link("care", {"care": "doubles", "doubles": "organization"}, {"doubles": "organization"}),
    Link("care", {"care": "doubles", "pair": "organization|o12|o13"}, {"care": "doubles"}, ("o12", "o13")),
    Link("care", {"care": "doubles", "pair": "organization|o12|o13", "joining": "1"}, {"care": "doubles"}),
    Link("care", {"care": "stale", "stale": "initiative"}, {"care": "stale", "stale": "initiative"}),
    Link("care", {"care": "safety"}, {"care": "safety"}),
    Link("care", {"todo": "unconfirmed"}, {"care": "todo", "todo": "unconfirmed"}),
    Link("care", {"care": "all"}, {"care": "todo"}, refused=("all",)),
)


def held(visitor: AppTest, name: str) -> Any:
    """What the field of this name holds, whatever the page puts before the name."""
    pattern = re.compile(rf"(\w+\.)?{name}")
    return next(node.value for node in visitor.main if pattern.fullmatch(getattr(node, "key", None) or ""))


def written(query: dict[str, Any]) -> dict[str, list[str]]:
    return {name: value if isinstance(value, list) else [value] for name, value in query.items()}


@pytest.mark.parametrize("link", LINKS, ids=lambda link: f"{link.page}-{'-'.join(link.query)}")
def test_a_link_leads_to_its_view(app: Callable[..., AppTest], link: Link) -> None:
    visitor = app("example", link.page, **link.query)
    assert not visitor.exception, visitor.exception[0].message
    for name, value in link.holds.items():
        assert held(visitor, name) == value, name
    said = words(visitor)
    for phrase in link.says:
        assert phrase in said, phrase
    told = " ".join(warning.value for warning in visitor.warning)
    for value in link.refused:
        assert value.replace("|", "\\|") in told or value in told
    expected = {
        name: [value for value in values if value not in link.refused]
        for name, values in written(link.query).items()
        if name not in link.dropped
    }
    if link.page == "gaps":  # the measure always stands in the link; one without it was made when coverage came first
        expected["measure"] = expected.get("measure") or ["coverage"]
        # What stands beside the matrix is named with a district or an offer; links without it are older.
        meant = "map" if expected.get("offer") else "evidence" if expected.get("district_in") else None
        if meant:
            expected["beside"] = expected.get("beside") or [meant]
    assert written(dict(visitor.query_params)) == {name: values for name, values in expected.items() if values}


@pytest.mark.parametrize("link", [link for link in LINKS if link.refused], ids=lambda link: f"{link.page}-{link.query}")
def test_what_a_link_cannot_mean_is_told_once(app: Callable[..., AppTest], link: Link) -> None:
    visitor = app("example", link.page, **link.query)
    before = len(visitor.warning)
    assert len(visitor.run().warning) < before
