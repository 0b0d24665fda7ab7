"""Who works with whom: the matrix, or the surroundings of one organisation; when ties began; who stands alone."""

from functools import partial
from typing import Any

import streamlit as st

from esdash import charts
from esdash.analysis.actors import organizations, programme, ties
from esdash.charts import look
from esdash.charts.tie_matrix import least_width
from esdash.inventory import Inventory
from esdash.inventory.cached import cached
from esdash.texts import Text
from esdash.ui.actors import around, figures, history, printed
from esdash.ui.actors.choice import ACTORS, Actors
from esdash.ui.shell import page, printing, screen, url
from esdash.ui.widgets import empty, filters, tables
from esdash.wording import actors as words
from esdash.wording.names import Names, names_of

WIDTH = 330  # of the choice of an organisation, beside the parts [pixels]


def sentence(inventory: Inventory, text: Text, names: Names) -> str:
    """The answer in one sentence."""
    return words.sentence(programme.network(inventory), text)


def show(inventory: Inventory, text: Text, names: Names) -> None:
    """The part of the page; to print it, plain tables."""
    if printing.on():
        printed.show(inventory, text, names)
        return
    if organizations.actors(inventory).empty:
        empty.lead(text)
        return
    if not programme.network(inventory).ties:
        st.info(text("actors.no_ties"))
        history.alone(inventory, text, names)
        return
    _controls(inventory, text, names)
    if ACTORS.around:
        around.show(inventory, text, names, ACTORS.around)
    else:
        _matrix(inventory, text, names)
    history.growth(inventory, text)
    history.alone(inventory, text, names)
    figures.show(inventory, text)


def beside_the_parts(inventory: Inventory, text: Text, names: Names) -> None:
    """Whose surroundings are shown, in the line of the parts; on a telephone it is folded with the ties."""
    if programme.network(inventory).ties and not printing.on() and not screen.narrow():
        _around(inventory, text, names, labelled=False)


def _controls(inventory: Inventory, text: Text, names: Names) -> None:
    """By what they are tied; on a telephone folded, with whose surroundings are shown."""
    with filters.folded(text, bool(ACTORS.around) + (bool(ACTORS.kinds) and not ACTORS.around)):
        if not ACTORS.around:
            filters.several(Actors.kinds, text("actors.kinds"), ties.KINDS, lambda kind: text(f"actors.short_{kind}"))
        if screen.narrow():
            _around(inventory, text, names, labelled=True)


def _around(inventory: Inventory, text: Text, names: Names, labelled: bool) -> None:
    tied = names.by_name("organization", organizations.actors(inventory)["organization_id"])
    name, nobody = partial(names.of, "organization"), text("word.all" if labelled else "actors.around_nobody")
    filters.choice(Actors.around, text("actors.around"), tied, name, nobody, "stretch" if labelled else WIDTH, labelled)


def _matrix(inventory: Inventory, text: Text, names: Names) -> None:
    """The matrix under its title, the clicked pair above it, its table folded away below it."""
    ids, all_tied = words.in_matrix(inventory), {one for pair in ties.kinds_of(inventory) for one in pair}
    page.heading(text("actors.matrix"))
    around.opened(inventory, text, names)
    with st.grid(1, min_column_width=least_width(len(ids)), wrap=False):
        st.plotly_chart(
            _figure(inventory, text, [kind for kind in ties.KINDS if kind in ACTORS.kinds], ACTORS.pair),
            key="actors_matrix",
            config=look.CONFIG,
            on_select=_from_matrix,
            selection_mode="points",
            alt=text("actors.matrix_alt", n=len(ids)),
        )
    st.caption(text("actors.matrix_hint" if len(ids) <= words.MOST_WITH_LETTERS else "actors.matrix_hint_numbers"))
    if len(all_tied) > len(ids):
        st.caption(text("actors.matrix_more", shown=len(ids), n=len(all_tied) - len(ids)))
    st.caption(text("actors.not_overlaps"))
    url.link("overlaps", text("actors.to_overlaps"), overlaps="network")
    frame, columns = words.pairs(inventory, text), words.pair_columns(text)
    with st.expander(text("word.as_table")):
        tables.show(frame, columns, text, "actors_pairs", text("actors.pairs_alt", n=len(frame)))
    tables.downloads(inventory, frame, columns, text("actors.download_ties"), "ties", text)


@cached
def _figure(inventory: Inventory, text: Text, kinds: list[str], pair: str | None) -> Any:
    a, b = pair.split("|") if pair else ("", "")
    shown = words.cells(inventory, names_of(inventory, text), kinds)
    return charts.tie_matrix(words.in_matrix(inventory), words.short_names(inventory), shown, (a, b) if pair else None)


def _from_matrix() -> None:
    """A click on a cell opens what ties its two organisations."""
    points = st.session_state["actors_matrix"]["selection"]["points"]
    if points and isinstance(points[0].get("customdata"), list):
        ACTORS.pair = "|".join(sorted(points[0]["customdata"]))
