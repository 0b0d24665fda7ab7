"""Where a finding stands: its item on the list, or its place among the proposals."""

import pandas as pd

from esdash.analysis.priorities import findings, items, priorities
from esdash.inventory import Inventory
from esdash.texts import Text
from esdash.ui.shell import url


def link(inventory: Inventory, text: Text, finding_id: str) -> str | None:
    """The link to its item, whose id is returned; else to its proposal, if it is one; else nothing."""
    listed = findings.listed(inventory).get(finding_id)
    if listed:
        found = items.on_list(inventory)
        ranks = found.loc[found["priority_item_id"] == listed, "rank"]
        known = len(ranks) and pd.notna(ranks.iloc[0])
        label = text("items.listed_rank", rank=int(ranks.iloc[0])) if known else text("items.listed_as")
        url.link("priorities", label, item=listed)
        return listed
    found = priorities.ranked(inventory)
    for row in found[found["item_id"] == finding_id].to_dict("records"):
        label = text("drawer.closed") if pd.isna(row["rank"]) else text("drawer.ranked", rank=int(row["rank"]))
        url.link("priorities", label, priorities="proposals", item=finding_id)
    return None
