"""How well and how fast duplicates are found, compared with splink 5.

`python -m benchmarks.duplicates [FOLDER …]`: each FOLDER holds a public benchmark, which is not part of this project:
the Fodors–Zagat restaurants (fodors.csv, zagats.csv and truth_fodors_zagats.csv; RIDDLE repository), or the
early-childhood sites of Chicago (sites.csv with true_id, id, name, address, zip, phone; dedupe-examples). Without a
folder only speed is measured. With splink installed (benchmarks/requirements-splink.txt) it runs on the same lists.

Restaurants: the threshold is chosen on made entries (benchmarks/made_doubles.py), never on the restaurants: the middle
of the thresholds with the best F1 there. splink learns its weights on each pair of lists by itself, as it is meant to
be used; of 0.5 (as likely as not), 0.95 and the threshold chosen on the made entries it gets the best one.
Sites: what the page shows (from DUPLICATE_FROM on) must be right and complete enough, and the best F1 over all
thresholds at least that of splink.
"""

from __future__ import annotations

import csv
import random
import sys
import tempfile
import time
from collections.abc import Iterable, Sequence
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks import inventories, made_doubles, table
from benchmarks.made_doubles import Entry
from esdash import analysis
from esdash.analysis.duplicates import duplicates
from esdash.analysis.judgements import DUPLICATE_FROM
from esdash.examples.start import start
from esdash.inventory import Inventory
from esdash.inventory.access import Action

LEAST_F1 = 0.975
LEAST_SHOWN = 0.80  # precision and recall of what the page shows, on the sites
LONGEST = {5_000: 5.0, 50_000: 60.0}  # seconds for all pairs
LONGEST_SIMILAR = 100.0  # milliseconds, with 5,000 records
REPEAT = 15

Scores = dict[tuple[str, str], float]


def run() -> bool:
    """Measure speed only, as one of all measurements."""
    return main([])


def main(arguments: Sequence[str]) -> bool:
    """Print the tables. False if a limit is missed."""
    with tempfile.TemporaryDirectory() as folder:
        quality = True
        for number, data in enumerate(map(Path, arguments)):
            part = Path(folder) / str(number)
            part.mkdir()
            quality = (_sites if (data / "sites.csv").is_file() else _quality)(data, part) and quality
        speed = [_speed(n, Path(folder)) for n in LONGEST]
    heading = ("initiatives", "pairs shown", "all pairs, s", "at most, s", "ratio", "similar, ms", "first call, ms")
    table.show("Entries made twice among many: seconds for all pairs, milliseconds for one draft", heading, speed)
    print(f"\nratio: to the time allowed; below 1 is faster. similar: median of {REPEAT} drafts.")
    fast = all(row[2] <= row[3] for row in speed) and speed[0][5] <= LONGEST_SIMILAR
    return quality and fast


def _quality(restaurants: Path, folder: Path) -> bool:
    lists = {"made": made_doubles.doubles(), "Fodors–Zagat": _restaurants(restaurants)}
    truth = {
        "made": {(a.entry_id, b.entry_id) for a in lists["made"][0] for b in lists["made"][1] if a.same == b.same},
        "Fodors–Zagat": _truth(restaurants),
    }
    methods: dict[str, Any] = {"esdash": lambda name, a, b: _esdash(a, b, folder / name)}
    if linker := _linker():
        methods["splink"] = lambda name, a, b: _across(_splink(linker, a, b), a)
    rows, best = [], dict[str, float]()
    for method, scored in methods.items():
        scores = {name: scored(name, *lists[name]) for name in lists}
        chosen = _threshold(scores["made"], truth["made"])
        for threshold in dict.fromkeys([chosen] if method == "esdash" else [chosen, 0.5, 0.95]):
            figures = {name: _f1(scores[name], truth[name], threshold) for name in lists}
            rows.append((method, f"{threshold:.3f}", *(f"{figure:.3f}" for figure in figures.values())))
            best[method] = max(best.get(method, 0.0), figures["Fodors–Zagat"])
    table.show("F1 over pairs of two lists", ("method", "threshold", *lists), rows)
    ratio = f", to splink: × {best['esdash'] / best['splink']:.3f}" if "splink" in best else ""
    print(f"\nF1 on Fodors–Zagat: {best['esdash']:.3f} of at least {LEAST_F1}{ratio}. Chosen on: made.")
    return best["esdash"] >= max(LEAST_F1, best.get("splink", 0.0))


def _linker() -> Any:
    try:
        from splink import Linker
    except ImportError:
        print("splink is not installed: no yardstick (benchmarks/requirements-splink.txt)")
        return None
    return Linker


def _sites(data: Path, folder: Path) -> bool:
    """Duplicates within one list: what the page shows, and the best F1 over all thresholds."""
    entries = [
        Entry(f"c{row['id']}", int(row["true_id"]), *(" ".join(row[name].split()) for name in SITE_FIELDS))
        for row in csv.DictReader((data / "sites.csv").open(encoding="utf-8", newline=""))
    ]
    by_site: dict[int, list[str]] = {}
    for entry in entries:
        by_site.setdefault(entry.same, []).append(entry.entry_id)
    truth = {pair for ids in by_site.values() for pair in combinations(sorted(ids), 2)}
    found = {"esdash": _esdash(entries, [], folder / "sites")}
    if linker := _linker():
        found["splink"] = {(min(a, b), max(a, b)): score for a, b, score in _splink(linker, entries)}
    limits = {"esdash": DUPLICATE_FROM, "splink": 0.5}
    rows, best = [], dict[str, float]()
    for method, scores in found.items():
        shown = {pair for pair, score in scores.items() if score >= limits[method]}
        precision, recall = len(shown & truth) / max(1, len(shown)), len(shown & truth) / len(truth)
        best[method] = max(_f1(scores, truth, step) for step in np.arange(0.05, 0.999, 0.005))
        rows.append((method, limits[method], len(shown), *(f"{x:.3f}" for x in (precision, recall, best[method]))))
        if method == "esdash":
            enough = min(precision, recall) >= LEAST_SHOWN
    heading = ("method", "shown from", "pairs", "precision", "recall", "best F1")
    table.show(f"Early-childhood sites: {len(entries)} entries, {len(truth)} true pairs", heading, rows)
    print(f"\nPrecision and recall of what is shown: at least {LEAST_SHOWN}; best F1: at least that of splink.")
    return enough and best["esdash"] >= best.get("splink", 0.0)


def _threshold(scores: Scores, truth: set[tuple[str, str]]) -> float:
    """The middle of the thresholds with the best F1."""
    steps = np.arange(0.55, 0.996, 0.005)
    figures = np.array([_f1(scores, truth, step) for step in steps])
    return float(np.mean(steps[figures >= figures.max() - 1e-9]))


def _f1(scores: Scores, truth: set[tuple[str, str]], threshold: float) -> float:
    found = {pair for pair, score in scores.items() if score >= threshold}
    return 2 * len(found & truth) / (len(found) + len(truth))


def _restaurants(folder: Path) -> tuple[list[Entry], list[Entry]]:
    def read(name: str) -> list[Entry]:
        with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            rows = [{key: value.strip().strip("'") for key, value in row.items()} for row in csv.DictReader(file)]
        return [
            Entry(f"{name[0]}{row['id']}", 0, row["name"], row["phone"], row["address"], row["city"]) for row in rows
        ]

    return read("fodors"), read("zagats")


def _truth(folder: Path) -> set[tuple[str, str]]:
    with (folder / "truth_fodors_zagats.csv").open(encoding="utf-8", newline="") as file:
        return {(f"f{row['idFodors']}", f"z{row['idZagats']}") for row in csv.DictReader(file)}


def _esdash(first: list[Entry], second: list[Entry], path: Path) -> Scores:
    """Scores of pairs across the lists, with both as organisations of one inventory; of a single list, within it."""
    start(path, "empty")
    inventory = analysis.open_inventory(path)
    fields = ("name", "phone", "street", "postcode")
    with inventory.change(inventories.ACTOR, Action.SET_UP) as change:
        rows = [
            {"organization_id": e.entry_id, **{f: getattr(e, f) or None for f in fields}} for e in (*first, *second)
        ]
        change.insert("organization", rows)
    found = duplicates.pairs(inventory, "organization")
    inventory.close()
    scored = zip(found["a_id"], found["b_id"], found["score"], strict=True)
    return _across(scored, first) if second else {(a, b): score for a, b, score in scored}


def _splink(linker_class: Any, *lists: list[Entry]) -> Iterable[tuple[str, str, float]]:
    """The same four fields, blocked by phone, by name and by address, with weights learnt without the truth.

    Pairs across two lists, or within one.
    """
    import pandas as pd
    import splink.comparison_library as comparisons
    from splink import DuckDBAPI, SettingsCreator, block_on

    rules = [block_on("phone"), block_on("substr(name, 1, 4)"), block_on("substr(street, 1, 6)"), block_on("name")]
    settings = SettingsCreator(
        link_type="link_only" if len(lists) > 1 else "dedupe_only",
        unique_id_column_name="entry_id",
        comparisons=[
            comparisons.JaroWinklerAtThresholds("name", [0.95, 0.88, 0.8]),
            comparisons.ExactMatch("phone"),
            comparisons.JaroWinklerAtThresholds("street", [0.95, 0.88, 0.8]),
            comparisons.JaroWinklerAtThresholds("postcode", [0.9]),
        ],
        blocking_rules_to_generate_predictions=rules,
    )
    database = DuckDBAPI()
    frames = [pd.DataFrame([_tidied(entry) for entry in entries]) for entries in lists]
    linker = linker_class([database.register(frame) for frame in frames], settings, log_level=40)
    linker.training.estimate_probability_two_random_records_match([rules[0], rules[3]], recall=0.8)
    linker.training.estimate_u_using_random_sampling(max_pairs=2e6, seed=1)
    for rule in (rules[0], rules[1]):
        linker.training.estimate_parameters_using_expectation_maximisation(rule)
    found = linker.inference.predict(threshold_match_probability=0.01).as_pandas_dataframe()
    return zip(found["entry_id_l"], found["entry_id_r"], found["match_probability"], strict=True)


def _tidied(entry: Entry) -> dict[str, Any]:
    """The text in lower case, and phone numbers as digits; splink leaves this to its users."""
    digits = "".join(filter(str.isdigit, entry.phone or "")).removeprefix("49").removeprefix("0") or None
    low = {name: value.lower() if value else None for name, value in entry._asdict().items() if name in LOWER}
    return {"entry_id": entry.entry_id, **low, "phone": digits}


LOWER = ("name", "street", "postcode")
SITE_FIELDS = ("name", "phone", "address", "zip")


def _across(found: Iterable[tuple[str, str, float]], first: list[Entry]) -> Scores:
    ids = {entry.entry_id for entry in first}
    return {(a, b) if a in ids else (b, a): score for a, b, score in found if (a in ids) != (b in ids)}


# ---------------------------------------------------------------- speed


def _speed(initiatives: int, folder: Path) -> tuple[int, int, float, float, str, float, float]:
    inventory = _filled(initiatives, folder / f"{initiatives}.duckdb")
    began = time.perf_counter()
    shown = len(duplicates.pairs(inventory, "initiative"))
    seconds = time.perf_counter() - began
    names = inventory.rows("SELECT name, organization_id, location_id, contact_id FROM initiative LIMIT 50")
    began = time.perf_counter()
    duplicates.similar(inventory, "initiative", names[0])
    first_call = (time.perf_counter() - began) * 1000
    drafts = iter(names[1:])
    similar = table.median_milliseconds(lambda: duplicates.similar(inventory, "initiative", next(drafts)), REPEAT)
    inventory.close()
    allowed = LONGEST[initiatives]
    return initiatives, shown, seconds, allowed, f"× {seconds / allowed:.2f}", similar, first_call


def _filled(initiatives: int, path: Path) -> Inventory:
    """Offers with made names, ten to an organisation with its phone, mail and page, at a tenth as many places."""
    start(path, "empty")
    inventory = analysis.open_inventory(path)
    chance = random.Random(made_doubles.SEED)
    words = made_doubles.vocabulary(chance)
    weights = [1 / rank for rank in range(1, len(words) + 1)]
    some = range(initiatives // 10)

    def text(most: int) -> str:
        return " ".join(chance.choices(words, weights, k=chance.randint(2, most)))

    with inventory.change(inventories.ACTOR, Action.SET_UP) as change:
        change.insert("organization", [{"organization_id": f"o{n}", "name": f"{text(3)} e. V."} for n in some])
        office = [
            {"contact_id": f"c{n}", "organization_id": f"o{n}", "role": "Büro", "phone": f"0340 {n}"} for n in some
        ]
        change.insert("contact", [{**row, "email": f"o{n}@example.org"} for n, row in enumerate(office)])
        houses = [{"location_id": f"l{n}", "name": text(2), "street": f"{text(2)}straße {n % 90}"} for n in some]
        change.insert("location", houses)
        offers = [
            {
                **{"initiative_id": f"i{n}", "organization_id": f"o{n % len(some)}", "contact_id": f"c{n % len(some)}"},
                **{"location_id": f"l{chance.choice(some)}", "name": text(4), "description": text(12)},
                "times": [{"weekday": n % 7 + 1, "begins": f"{n % 9 + 9}:00", "ends": "20:00"}],
            }
            for n in range(initiatives)
        ]
        change.insert("initiative", offers)
    return inventory


if __name__ == "__main__":
    sys.exit(0 if main(sys.argv[1:]) else 1)
