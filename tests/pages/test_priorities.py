"""Weights in the link: they change the order as the method says, and no link breaks the page."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from tests.commands.command_line import run
from tests.pages.said import plain, table, words

PROPOSALS = {"priorities": "proposals"}
CRITERIA = ("size", "seriousness", "inequity", "effectiveness")
WRONG = ("abc", "-5", "nan", "inf", "101", "1e9", "", "5,5", "![x](https://remote.test/x.png)", "{0}")


def ranked(visitor: AppTest) -> pd.DataFrame:
    assert not visitor.exception
    frame = table(visitor, "rank", "title")
    assert frame is not None
    return frame


def sliders(visitor: AppTest) -> dict[str, int]:
    return {name: visitor.slider(key=f"priorities.weight_{name}").value for name in CRITERIA}


def measured(app: Callable[..., AppTest]) -> pd.DataFrame:
    """Item → its four criteria from 0 to 1: the points it gets where one criterion alone counts, by a hundred."""
    columns = {}
    for name in CRITERIA:
        alone = {f"weight_{other}": "100" if other == name else "0" for other in CRITERIA}
        frame = ranked(app("example", "priorities", **alone))
        columns[name] = frame.set_index("title")["priority"] / 100
    return pd.DataFrame(columns)


@pytest.mark.parametrize(
    "weights",
    [
        {"size": 0},
        {"size": 100},
        {"seriousness": 0, "inequity": 100},
        {"size": 7, "seriousness": 0, "inequity": 0, "effectiveness": 61},
    ],
    ids=str,
)
def test_weights_make_the_order(app: Callable[..., AppTest], weights: dict[str, int]) -> None:
    agreed = ranked(app("example", "priorities", **PROPOSALS))
    visitor = app("example", "priorities", **{f"weight_{name}": str(value) for name, value in weights.items()})
    frame = ranked(visitor)
    assert frame["title"].tolist() != agreed["title"].tolist()
    assert sorted(frame["title"]) == sorted(agreed["title"])
    assert sliders(visitor) | weights == sliders(visitor)
    # By hand: weighted sum of the four criteria, as shown with one decimal (the criteria too are rounded).
    values = measured(app)
    total = sum(sliders(visitor).values())
    expected = 100 * sum(values[name] * weight / total for name, weight in sliders(visitor).items())
    assert (frame.set_index("title")["priority"] - expected).abs().max() <= 0.11
    assert frame["priority"].is_monotonic_decreasing
    # Equal points share a rank: one more than there are items with more points; points are shown rounded.
    assert frame["rank"].is_monotonic_increasing
    assert all(rank <= place for place, rank in enumerate(frame["rank"], start=1))
    assert not (frame["rank"].duplicated() & (frame["priority"].diff() != 0)).any()
    assert frame["title"].iloc[0] in words(visitor)
    for name in CRITERIA:
        written = visitor.query_params.get(f"weight_{name}")
        assert written == (str(weights[name]) if name in weights else None)


def test_a_slider_goes_into_the_link(app: Callable[..., AppTest]) -> None:
    visitor = app("example", "priorities", **PROPOSALS)
    before = ranked(visitor)["title"].tolist()
    agreed = sliders(visitor)
    assert sum(agreed.values()) == 100
    assert visitor.query_params == PROPOSALS
    visitor.slider(key="priorities.weight_size").set_value(100).run()
    assert visitor.query_params == {"weight_size": "100", **PROPOSALS}
    assert ranked(visitor)["title"].tolist() != before
    visitor.slider(key="priorities.weight_size").set_value(agreed["size"]).run()
    assert visitor.query_params == PROPOSALS
    assert ranked(visitor)["title"].tolist() == before


def test_all_weights_zero_get_a_message_and_a_way_back(app: Callable[..., AppTest]) -> None:
    visitor = app("example", "priorities", **{f"weight_{name}": "0" for name in CRITERIA})
    assert not visitor.exception
    assert "Alle Gewichte sind 0" in visitor.error[0].value
    assert "mindestens einem Kriterium" in words(visitor)  # what to do
    assert visitor.title[0].value == "Was zuerst, und warum?"
    visitor.slider(key="priorities.weight_size").set_value(40).run()
    assert not visitor.error
    assert len(ranked(visitor)) > 10


@pytest.mark.parametrize("value", WRONG)
def test_a_weight_that_is_none_gets_a_message(app: Callable[..., AppTest], value: str) -> None:
    visitor = app("example", "priorities", weight_size=value, weight_inequity="3")
    agreed = app("example", "priorities", **PROPOSALS)
    assert [plain(warning.value) for warning in visitor.warning] == [
        f"Der Link nennt etwas, das es hier nicht gibt ({value[:80]}). Das wurde weggelassen."
    ]
    assert "](https" not in visitor.warning[0].value
    assert sliders(visitor) == sliders(agreed) | {"inequity": 3}
    assert "weight_size" not in visitor.query_params
    assert not visitor.run().warning  # told once
    assert len(ranked(visitor)) == len(ranked(agreed))


def test_another_link_in_the_same_window_wins(app: Callable[..., AppTest]) -> None:
    """The browser's back button changes the address and not the session."""
    visitor = app("example", "priorities", weight_size="0")
    visitor.query_params["weight_size"] = "70"
    visitor.run()
    assert sliders(visitor)["size"] == 70
    visitor.query_params.clear()
    visitor.query_params.update(PROPOSALS)
    visitor.run()
    assert sliders(visitor) == sliders(app("example", "priorities", **PROPOSALS))


@pytest.mark.parametrize("kind", ["gap", "overlap"])
def test_kind_in_the_link(app: Callable[..., AppTest], kind: str) -> None:
    everything = ranked(app("example", "priorities", **PROPOSALS))
    frame = ranked(app("example", "priorities", kind=kind))
    kinds = {"gap": ["Lücke", "Lücke, weißer Fleck"], "overlap": ["Doppelstruktur"]}[kind]
    assert frame["title"].tolist() == everything[everything["kind_word"].isin(kinds)]["title"].tolist()
    assert set(frame["kind_word"]) == set(kinds)
    assert 0 < len(frame) < len(everything)


@pytest.mark.parametrize("language", ["de", "en"])
def test_the_file_of_the_command_line_says_what_the_page_says(
    app: Callable[..., AppTest], made: Callable[[str], Path], tmp_path: Path, language: str
) -> None:
    shown = ranked(app("example", "priorities", lang=language, **PROPOSALS))
    database = Path(shutil.copy(made("example"), tmp_path))
    written = run("export", "priorities", "--format", "json", database=database, language=language)
    by_rank = {row["rank"]: row for row in json.loads(written.stdout)}
    assert len(shown) > 10
    for row in shown.itertuples():
        said = by_rank[row.rank]
        assert (said["title"], said["reason"], said["kind_word"]) == (row.title, row.reason, row.kind_word)


def test_what_was_put_aside_is_told_with_its_reason(
    app: Callable[..., AppTest], raw: Callable[..., list[tuple]]
) -> None:
    visitor = app("example", "priorities", **PROPOSALS)
    reasons = raw(
        "example",
        "SELECT pearl_reason FROM inventory.priority_item "
        "WHERE false IN (proper, economic, acceptable, resourced, legal)",
    )
    assert reasons
    for (reason,) in reasons:
        assert reason in words(visitor)
