"""The link from a white spot, a priority or a measure to who could help with it (page Akteure)."""

from typing import Any

from esdash.texts import Text
from esdash.ui.shell import url
from esdash.wording.listing import items


def link(text: Text, themes: Any, groups: Any, districts: Any) -> None:
    """The link with the wishes filled in: the first theme, target group and district; none without any of them."""
    wishes = {"theme": items(themes)[:1], "group": items(groups)[:1], "district": items(districts)[:1]}
    if any(wishes.values()):
        url.link("actors", text("actors.who_could_help"), actors="help", **wishes)
