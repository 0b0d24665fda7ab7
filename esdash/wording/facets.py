"""Facets of a list and their options in words."""

from esdash.analysis.records import search
from esdash.texts import Text
from esdash.wording import labels
from esdash.wording.names import Names

IN_TEXTS = ("status", "freshness", "wanted")  # facets whose options have names in the texts


def title(facet: str, table: str, text: Text) -> str:
    """What a facet is called in a list of this kind."""
    return labels.label_of(text, table, facet) if facet in search.DECLARED else text(f"facet.{facet}")


def option(facet: str, key: str, names: Names) -> str:
    """The name of an option of a facet."""
    if key == "unknown":
        return names.text("word.unknown")
    if facet == "status":
        return labels.choice(names.text, "status", key)
    if facet in (*search.DECLARED, "barrier_free"):
        return names.text(f"word.{key}")
    if facet == "audience":
        return labels.choice(names.text, "audiences", key)
    if facet in IN_TEXTS:
        return names.text(f"{facet}.{key}")
    return names.of(facet, key)


def chosen(query: str, facets: search.Chosen, table: str, names: Names) -> list[str]:
    """What is searched for and chosen, a sentence for each; options of one facet are alternatives."""
    text = names.text
    said = [text("filtered.query", query=query.strip())] if query.strip() else []
    for facet, keys in facets.items():
        options = text("filtered.or").join(option(facet, key, names) for key in keys)
        said.append(text("filtered.facet", facet=title(facet, table, text), options=options))
    return said
