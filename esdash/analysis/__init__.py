"""Questions to the inventory. Each module holds the functions, the .sql beside it the method."""

from pathlib import Path

from esdash.analysis import judgements
from esdash.analysis.records import search
from esdash.inventory import Inventory, open_file
from esdash.inventory.file import files
from esdash.model import folding, phones, references

_HERE = Path(__file__).parent

# In the order of loading: later ones build on earlier ones.
_RELATIONS = (
    "records/base",
    "records/records",
    "coverage/small_numbers",
    "coverage/conditions",
    "coverage/coverage",
    "coverage/gaps",
    "duplicates/duplicates",
    "overlaps/overlap_decisions",
    "overlaps/overlaps",
    "overlaps/overlap_cases",
    "overlaps/overlap_network",
    "trainings/training",
    "trainings/calendar",
    "bundling/bundling",
    "records/search",
    "overview/situation",
    "priorities/priorities",
    "coverage/handout",
    "records/history",
    "maintenance/freshness",
    "records/links",
    "maintenance/keeping",
    "records/selection",
)


def definitions() -> list[str]:
    """The views and table macros of all questions, loaded into the connection when the inventory opens."""
    made = (judgements.as_sql(), folding.as_sql(), phones.as_sql(), references.as_sql(), search.as_sql())
    return [*made, *((_HERE / f"{name}.sql").read_text(encoding="utf-8") for name in _RELATIONS)]


def open_inventory(path: Path | None = None, clock: files.Clock = files.utc_now) -> Inventory:
    """The inventory at `path` (default: where ESDASH_DATABASE says), ready to be asked. Raises UserError."""
    return open_file(path or files.default_path(), definitions(), clock)
