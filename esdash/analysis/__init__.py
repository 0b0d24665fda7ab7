"""Questions to the inventory: the functions of each module, with the method in the .sql beside it."""

from pathlib import Path

from esdash.analysis import judgements
from esdash.analysis.records import search
from esdash.inventory import Inventory, open_file
from esdash.inventory.file import files
from esdash.model import addresses, folding, phones, references

_HERE = Path(__file__).parent

# In the order of loading: later files use views of earlier ones.
_RELATIONS = (
    "records/base",
    "records/records",
    "contact_points/reach",
    "contact_points/openings",
    "contact_points/points",
    "leaflet/printable",
    "contact_points/cards",
    "coverage/small_numbers",
    "coverage/conditions",
    "coverage/people",
    "coverage/coverage",
    "coverage/gaps",
    "bounds/need",
    "bounds/offers",
    "bounds/bounds",
    "bounds/assumed",
    "bounds/probable",
    "duplicates/duplicates",
    "overlaps/overlap_decisions",
    "overlaps/overlaps",
    "overlaps/overlap_cases",
    "overlaps/overlap_network",
    "workshops/workshops",
    "actors/ties",
    "actors/organizations",
    "trainings/training",
    "trainings/calendar",
    "bundling/bundling",
    "records/search",
    "actors/helping",
    "questions/questions",
    "overview/situation",
    "meetings/decisions",
    "versions/versions",
    "voices/voices",
    "measures/measures",
    "answers/answers",
    "budget/budget",
    "priorities/priorities",
    "priorities/items",
    "workshops/alike",
    "budget/year",
    "meetings/agenda",
    "meetings/points",
    "coverage/handout",
    "finder/finder",
    "volunteers/volunteers",
    "records/history",
    "maintenance/freshness",
    "overview/changed",
    "records/links",
    "maintenance/keeping",
    "records/selection",
    "records/handed_out",
)


def definitions() -> list[str]:
    """The SQL of the views and table macros of all questions, loaded when an inventory is opened."""
    made = (
        judgements.as_sql(),
        folding.as_sql(),
        addresses.as_sql(),
        phones.as_sql(),
        references.as_sql(),
        search.as_sql(),
    )
    return [*made, *((_HERE / f"{name}.sql").read_text(encoding="utf-8") for name in _RELATIONS)]


def open_inventory(path: Path | None = None, clock: files.Clock = files.utc_now) -> Inventory:
    """Open the inventory at `path` (default: ESDASH_DATABASE) with all questions loaded. Raises UserError."""
    return open_file(path or files.default_path(), definitions(), clock)
