"""The page Lagebild in words: its sentence, tiles and tables."""

from esdash.texts import Text
from esdash.wording.columns import Column, headed
from esdash.wording.escaping import bold

Figures = dict[str, float | None]  # tile → figure, from situation.tiles; None is unknown


def sentence(figures: Figures, text: Text) -> str:
    """The answer of the page in one sentence."""
    if not figures["initiatives"]:
        return text("overview.sentence_empty")
    if figures["white"] is None:
        return text(
            "overview.sentence_unknown",
            initiatives=bold(text.number(figures["initiatives"])),
            organizations=bold(text.number(figures["organizations"])),
            unknown=bold(text.number(figures["places_unknown"])),
        )
    return text(
        "overview.sentence",
        initiatives=bold(text.number(figures["initiatives"])),
        places=bold(text.number(figures["places"])),
        white=bold(text.number(figures["white"])),
        cases=bold(text.number(figures["double_structures"])),
    )


def value(tile: str, figures: Figures, text: Text) -> str:
    """The figure of a tile as a text."""
    figure = figures[tile]
    if figure is None:
        return text("word.unknown")
    words = text.percent(figure) if tile == "fresh_share" else text.number(figure, 0)
    if tile == "volunteers_active":
        return text("tile.volunteers", active=words, wanted=figures["volunteers_wanted"])
    return words


def change(tile: str, change: float, text: Text) -> str:
    """The change of a figure with its sign; empty if it rounds to zero."""
    if tile == "fresh_share":
        points = round(change * 100)
        return text("tile.points", n=text.signed(points)) if points else ""
    return text.signed(round(change)) if round(change) else ""


def explained(tile: str, figures: Figures, text: Text) -> str:
    """The help text of a tile: what it counts, and how much of that is unknown."""
    unknown = figures.get(f"{tile}_unknown")
    more = " " + text("tile.unknown", n=unknown) if unknown else ""
    return text(f"tile.{tile}_help") + more


def field_columns(text: Text) -> list[Column]:
    """Columns of the table beside the chart of fields of action."""
    return [
        Column(f"name_{text.language}", text("column.field_of_action"), "text", 40),
        *headed(text, "", "offers", "places", "places_unknown"),
    ]


def growth_columns(text: Text) -> list[Column]:
    """Columns of the table beside the chart of growth."""
    return headed(text, "", "day", "offers", "places")
