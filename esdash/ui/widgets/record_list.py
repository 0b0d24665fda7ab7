"""A list of records of any kind: search, facets with counts, table, map and cards, and links to the records.

A page declares its page state (shell/state.py) and how it describes a record in brief; the rest is done here.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from esdash import charts
from esdash.analysis.records import records, search
from esdash.analysis.records.search import Chosen
from esdash.charts import look
from esdash.inventory import Inventory
from esdash.inventory.cached import cached
from esdash.model.kinds import CHOICES
from esdash.texts import Text
from esdash.ui.shell import page, printing, screen, url
from esdash.ui.shell.state import PageState
from esdash.ui.widgets import beyond_map, empty, filters, search_notes, tables
from esdash.wording import facets, labels
from esdash.wording.columns import Column
from esdash.wording.escaping import bold, hover, plain
from esdash.wording.names import Names, names_of

IN_SIGHT = 3  # facets beside the search; a button opens the others
CARDS_AT_ONCE = 30
_BESIDE = "place beside the view"  # in the row of the switch between the views


@dataclass(frozen=True)
class RecordList:
    """One list. `state` has the fields query, view, and one per facet; frames have the key as first column.

    `brief` describes a row in lines, the most important first; its name is in the column "name". A record opens on
    `page` if that is given (as ?id=), otherwise in Erfassen. A clicked row of the table is drawn above it by `opened`,
    below its name, or in brief; or `picked` takes it, or none, except on a telephone.
    """

    table: str
    state: PageState
    facets: tuple[str, ...]
    brief: Callable[[Any, Text], Sequence[str]]
    page: str = ""
    picked: Callable[[str | None], None] | None = None
    opened: Callable[[Inventory, Names, str], None] | None = None

    @property
    def query(self) -> str:
        """The text that is searched for."""
        return str(self._value("query"))

    @property
    def chosen(self) -> Chosen:
        """Facet → chosen options, only for facets with a choice."""
        options = {facet: self._value(facet) for facet in self.facets}
        return {facet: chosen for facet, chosen in options.items() if chosen}

    @property
    def table_key(self) -> str:
        """The key of its table in the session."""
        return f"{self.table}_table"

    def take(self, inventory: Inventory) -> None:
        """Read the link into the page state; valid options are those of existing records."""
        everything = search.facet_counts(inventory, table=self.table)
        self.state.take(None, **{facet: everything[facet] for facet in self.facets})

    @property
    def narrowed(self) -> bool:
        """Whether anything is searched for or chosen, apart from the form of the list."""
        return bool(self.state.as_link().keys() - {self._field("view").link})

    def choose(
        self, inventory: Inventory, names: Names, only: search.Only = None, beside: Sequence[Callable[[], None]] = ()
    ) -> None:
        """The row of filters; options without a record under the other filters stay, with a 0.

        `only`: the records among which is chosen; `beside`: filters of the page itself, in the same row.
        """
        text = names.text
        options = _options(inventory, text, self.table)
        if printing.on():
            self._say(options, text, beside)
            return
        counts = search.facet_counts(inventory, self.query, self.chosen, self.table, only)
        with filters.folded(text, len(self.state.as_link().keys() - {self._field("view").link})):
            at_once = len(self.facets) if screen.narrow() else IN_SIGHT
            rest = self.facets[at_once:]
            field, *places = st.columns(
                [2] * (1 + min(at_once, len(self.facets)) + len(beside)) + [1.4] * bool(rest),
                vertical_alignment="bottom",
            )
            words, hint = text("list.search"), text("list.search_placeholder")
            field.text_input(words, key=self._field("query").key, placeholder=hint)
            for facet in self.facets[:at_once]:
                with places.pop(0):
                    self._facet(facet, counts[facet], options[facet], text)
            for filtered in beside:
                with places.pop(0):
                    filtered()
            if rest:
                active = len(self.chosen.keys() & set(rest))
                label = text("list.more_filters_n", n=active) if active else text("list.more_filters")
                with places[0].popover(label, width="stretch"):
                    for facet in rest:
                        self._facet(facet, counts[facet], options[facet], text)

    def _say(self, options: dict[str, dict[str, str]], text: Text, beside: Sequence[Callable[[], None]]) -> None:
        """What is searched for and chosen, in words."""
        for filtered in beside:
            filtered()
        if self.query:
            printing.chosen(f"{text('list.search')}: {self.query}")
        for facet, chosen in self.chosen.items():
            title = facets.title(facet, self.table, text)
            printing.chosen(f"{title}: {', '.join(options[facet][option].strip() for option in chosen)}")

    def view(self, text: Text) -> str:
        """The choice of table, map or cards; beside it the button to clear all filters, and room for the open row."""
        with st.container(horizontal=True, vertical_alignment="center"):
            chosen = filters.switch(self._field("view"), text("list.view"), lambda name: text(f"view.{name}"))
            st.session_state[_BESIDE] = st.container(width="stretch")
            if self.narrowed and not printing.on():
                st.button(text("list.reset"), on_click=self.state.reset, args=("view",), type="tertiary")
        return chosen

    def show(self, view: str, inventory: Inventory, names: Names, frame: pd.DataFrame, columns: list[Column]) -> None:
        """The records of a frame as table, map or cards, and their downloads."""
        text = names.text
        shown = [str(key) for key in frame.iloc[:, 0]]
        search_notes.show(inventory, text, self.table, self._field("query"), self.query, shown)
        if frame.empty:
            if self.narrowed:
                st.info(text("list.empty"))
            else:
                empty.lead(text)
            return
        if view == "map":
            self._map(inventory, names, frame)
        elif view == "cards":
            self._cards(frame, text)
        else:
            self._table(inventory, names, frame, columns)

    def _value(self, name: str) -> Any:
        return getattr(self.state, name)

    def _field(self, name: str) -> Any:
        return getattr(type(self.state), name)

    def _facet(self, facet: str, counts: dict[str, int], options: dict[str, str], text: Text) -> None:
        def label(option: str) -> str:
            return f"{options[option]} ({counts.get(option, 0)})"

        title = facets.title(facet, self.table, text)
        filters.choices(self._field(facet), title, list(options), label, text)

    def _link(self, key: str, name: str) -> None:
        if self.page:
            url.link(self.page, bold(name), **self.state.as_link() | {"id": key})
        else:
            url.link("entry", bold(name), table=self.table, id=key)

    def _table(self, inventory: Inventory, names: Names, frame: pd.DataFrame, columns: list[Column]) -> None:
        """The table; a click on a row shows the record above the table, with the way to it."""
        text = names.text

        def opened(key: str) -> None:
            row: Any = next(frame[frame.iloc[:, 0] == key].itertuples())
            if not self.picked:
                self._link(key, text("action.open_record") if screen.narrow() else row.name)
            if self.opened:
                self.opened(inventory, names, key)
            else:
                st.caption(plain(" \N{MIDDLE DOT} ".join(self.brief(row, text))))

        alt = text("list.table_alt", n=len(frame), columns=", ".join(column.label for column in columns))
        key = self.table_key
        if self.picked and not screen.narrow():
            self.picked(tables.show(frame, columns, text, key, alt, height=560, choose=True))
        else:
            tables.opening(frame, columns, text, key, alt, opened, height=560, names=beside())

    def _cards(self, frame: pd.DataFrame, text: Text) -> None:
        """The first records as cards, and a button for more."""
        key = f"{self.table}_cards"
        if printing.on():
            self._lines(frame, text)
            return
        count = st.session_state.setdefault(key, CARDS_AT_ONCE)
        rows = list(frame.head(count).itertuples())
        for start in range(0, len(rows), 3):
            for place, row in zip(st.columns(3, gap="small"), rows[start : start + 3], strict=False):
                with place.container(border=True, height="stretch"):
                    self._link(row[1], row.name)
                    first, *others = self.brief(row, text)
                    st.caption(plain(first))
                    for line in others:
                        st.text(line)
        if len(frame) > count:
            st.button(text("list.more_cards", n=len(frame) - count), on_click=_more, args=(key,))

    def _lines(self, frame: pd.DataFrame, text: Text) -> None:
        """What stands on the cards, for paper."""
        said = [(bold(row.name), list(map(plain, self.brief(row, text)))) for row in frame.itertuples()]
        rows = pd.DataFrame(
            {
                labels.kind(text, self.table): [f"{name}  \n{lines[0]}" for name, lines in said],
                text("print.in_brief"): [" \N{MIDDLE DOT} ".join(lines[1:]) for _, lines in said],
            }
        )
        printing.table(rows, text("list.table_alt", n=len(frame), columns=", ".join(rows.columns)))

    def _map(self, inventory: Inventory, names: Names, frame: pd.DataFrame) -> None:
        """A circle per district for its number of records, places as points; records without a place are counted."""
        text = names.text
        placed = frame[frame["lat"].notna() & frame["district_id"].notna()]
        counts = placed.groupby("district_id").size().astype(float).to_dict()
        left, right = st.columns([3, 2], gap="medium")
        with left:
            page.heading(text("list.map_title"))
            shown = tuple(placed[[placed.columns[0], "lat", "lon", "name", "district_id"]].itertuples(index=False))
            drawn = ("map of a list", self.table, text.language, shown)
            figure = inventory.once(drawn, lambda: _map_figure(inventory, names, placed, counts))
            alt = text("list.map_alt", n=len(placed))
            st.plotly_chart(figure, key=f"{self.table}_map", config=look.CONFIG, alt=alt)
            beyond_map.show(inventory, text, placed)
            note, credits = text.name(names.city, "map_note"), names.city["credits"] or ""
            st.caption(text("app.map_note", note=note, credits=credits))
        with right:
            page.heading(text("list.map_table"))
            table = pd.DataFrame({"district": [names.of("district", key) for key in counts], "n": counts.values()})
            columns = [Column("district", text("column.district")), Column("n", text("list.number"), "integer")]
            table = table.sort_values("n", ascending=False, kind="stable")
            tables.show(table, columns, text, f"{self.table}_map_table", text("list.map_table"))
            if len(frame) > len(placed):
                st.caption(text.count("list.without_place", len(frame) - len(placed)))


def _map_figure(inventory: Inventory, names: Names, placed: pd.DataFrame, counts: Mapping[str, float]) -> go.Figure:
    """The districts with circles for their numbers, and the places as points."""
    hovers = {
        key: hover(names.of("district", key), names.text("list.number_of", n=int(counts.get(key, 0))))
        for key in names.ids("district")
    }
    points = placed[["lat", "lon", "name"]].assign(key=placed.iloc[:, 0])
    areas, circles = charts.counted({key: counts.get(key, 0.0) for key in names.ids("district")})
    districts = records.reference(inventory, "district")
    return charts.district_map(districts, areas, hovers, points=points, outline=names.city["outline"], circles=circles)


def beside() -> Any:
    """The place beside the switch between the views, for the names of the rows of a table."""
    return st.session_state[_BESIDE]


@cached
def _options(inventory: Inventory, text: Text, table: str) -> dict[str, dict[str, str]]:
    """Facet → option → its name, of all options that a record of the table has, in their order.

    Streamlit asks for the label of every option at every click, and there are hundreds of organisations.
    """
    names = names_of(inventory, text)
    return {
        facet: {option: _indented(facet, option, names) for option in _order(facet, everything, names)}
        for facet, everything in search.facet_counts(inventory, table=table).items()
    }


def _indented(facet: str, option: str, names: Names) -> str:
    """The name of an option; themes below a field of action are indented."""
    indent = "\N{EN SPACE}" if facet == "theme" and names.parent.get(option) else ""
    return indent + facets.option(facet, option, names)


def _order(facet: str, everything: dict[str, int], names: Names) -> list[str]:
    """The options in the order of the city's lists, organisations by name, unknown last."""
    if facet == "theme":
        order = [key for field in names.field_ids for key in (field, *names.themes_below(field))]
    elif facet in facets.IN_TEXTS:
        order = sorted(everything)
    elif facet in (*search.DECLARED, "barrier_free"):
        order = ["yes", "no"]
    elif facet == "audience":
        order = list(CHOICES["audiences"])
    elif facet == "organization":
        order = names.by_name("organization", everything)
    else:
        order = names.ids(facet)
    known = [key for key in order if key in everything and key != "unknown"]
    return [*known, *(["unknown"] if "unknown" in everything else [])]


def _more(key: str) -> None:
    st.session_state[key] += CARDS_AT_ONCE
