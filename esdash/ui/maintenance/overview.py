"""The sentence under the title of Datenpflege, with its four figures."""

from esdash.analysis.duplicates import duplicates
from esdash.analysis.judgements import DUPLICATE_LIKELY
from esdash.analysis.maintenance import freshness
from esdash.inventory import Inventory
from esdash.texts import Text
from esdash.ui.maintenance import safety
from esdash.wording import prints
from esdash.wording.escaping import bold


def sentence(inventory: Inventory, text: Text) -> str:
    """The number of to-dos, of confirmed records and of likely duplicates, and the time of the last backup."""
    states = freshness.by_kind(inventory)
    records = int(states["records"].sum())
    if not records:
        return text("care.sentence_empty")
    fresh = int(states["fresh"].sum())
    likely = int((duplicates.queue(inventory)["score"] >= DUPLICATE_LIKELY).sum())
    parts = [
        text.count("care.open", freshness.open_todos(inventory)),
        text(
            "care.confirmed",
            fresh=bold(text.number(fresh)),
            total=records,
            share=text.percent(fresh / records),
        ),
        text.count("care.likely", likely),
        text("care.backed_up", when=safety.last_in_words(inventory, text)),
    ]
    return " ".join([*parts, prints.warning(inventory, text)]).strip()
