"""The texts of printed papers in words: their states, how many of a language are reviewed, and how they are listed."""

from collections import Counter
from collections.abc import Iterable, Mapping

import pandas as pd

from esdash.analysis.leaflet import texts
from esdash.analysis.leaflet.texts import SOURCE, STATUSES, Passage
from esdash.inventory import Inventory
from esdash.inventory.cached import cached
from esdash.texts import Text, leaflet
from esdash.wording.columns import Column, headed
from esdash.wording.escaping import bold
from esdash.wording.names import Names

_ISOLATED = "\N{RIGHT-TO-LEFT ISOLATE}", "\N{POP DIRECTIONAL ISOLATE}"
NOT_PRINTED = "not_printed"  # a question that the city has emptied


@cached
def languages(inventory: Inventory) -> list[str]:
    """The languages to choose from, German first: those that the city names, else those with any texts."""
    named = inventory.value("SELECT leaflet_languages FROM city")
    return list(dict.fromkeys([SOURCE, *texts.languages(inventory), *(() if named else leaflet.languages())]))


@cached
def passages(inventory: Inventory, language: str) -> dict[str, Passage]:
    """The texts of a language by passage, in the order of the paper."""
    return texts.texts_of(inventory, language)


@cached
def counts(inventory: Inventory) -> dict[str, dict[str, int]]:
    """Language → status → number of texts that are printed."""
    return {language: _counted(passages(inventory, language).values()) for language in languages(inventory)}


def _counted(found: Iterable[Passage]) -> dict[str, int]:
    number = Counter(one.status for one in found if one.source)
    return {status: number[status] for status in STATUSES}


def sentence(inventory: Inventory, text: Text, names: Names, language: str) -> str:
    """How many texts of this language are reviewed, and what that means for the paper."""
    count = counts(inventory)[language]
    total = sum(count.values())
    parts = {status: text(f"leaflet.n_{status}", n=count[status]) for status in STATUSES if count[status]}
    said = text(
        "leaflet.sentence",
        language=bold(names.of("language", language)),
        reviewed=count["reviewed"],
        total=total,
    )
    others = [words for status, words in parts.items() if status != "reviewed"]
    if not others:
        return text("leaflet.sentence_all", language=bold(names.of("language", language)), total=total)
    return f"{said} {text('leaflet.sentence_others', what=_joined(others, text))} {text('leaflet.sentence_draft')}"


def _joined(parts: list[str], text: Text) -> str:
    """Several parts of a sentence: a, b und c."""
    return parts[0] if len(parts) == 1 else text("leaflet.and", first=", ".join(parts[:-1]), last=parts[-1])


def table(inventory: Inventory, names: Names) -> pd.DataFrame:
    """One row per language: how many of its texts have which status, and all together."""
    rows = [
        {"language_id": language, "language": names.of("language", language), **count, "total": sum(count.values())}
        for language, count in counts(inventory).items()
    ]
    return pd.DataFrame(rows, columns=["language_id", "language", *STATUSES, "total"])


def table_columns(text: Text) -> list[Column]:
    """The columns of `table`."""
    stand = [Column(status, text(f"leaflet.status_{status}"), "integer") for status in STATUSES]
    return [
        Column("language", text("leaflet.language")),
        *stand,
        Column("total", text("leaflet.total"), "integer"),
    ]


def state(passage: Passage) -> str:
    """The status of a text, or that its question is not printed."""
    return passage.status if passage.source else NOT_PRINTED


def status(passage: Passage, text: Text) -> str:
    """The status in words, with the day and the function of the review."""
    if passage.source and passage.reviewed_on and passage.status in ("reviewed", "outdated"):
        values = {"day": passage.reviewed_on, "role": passage.reviewed_by}
        return text(f"leaflet.is_{passage.status}", **values)
    return text(f"leaflet.status_{state(passage)}")


def listed(found: Mapping[str, Passage], language: str, text: Text) -> pd.DataFrame:
    """One row per text: its section, the German text, the text in the language, its status in words."""
    rows = [
        {
            "passage": name,
            "section": section(name, text),
            "source": one.source or text("leaflet.emptied"),
            "words": shown(one.text, language) if one.status != "missing" else "",
            "status_words": status(one, text),
        }
        for name, one in found.items()
    ]
    return pd.DataFrame(rows, columns=["passage", "section", "source", "words", "status_words"])


def columns(language: str, text: Text) -> list[Column]:
    """The columns of `listed`; German needs no column of its own beside the source."""
    named = [("section", "leaflet.section"), ("source", "leaflet.source"), ("words", "leaflet.words")]
    wanted = [pair for pair in named if language != SOURCE or pair[0] != "words"]
    return headed(text, "", *wanted, ("status_words", "leaflet.status"))


def section(passage: str, text: Text) -> str:
    """Where a text stands, with the number of its question."""
    number = passage.rpartition("_")[2]
    for kind in ("question", "answer"):
        if passage.startswith(f"{kind}_") and number.isdigit():
            return text(f"leaflet.section_{kind}", n=int(number))
    return text(f"leaflet.section_{leaflet.section_of(passage)}")


def shown(words: str, language: str) -> str:
    """The text as a screen reads it: one that runs from right to left is isolated, line by line."""
    if language not in leaflet.RIGHT_TO_LEFT:
        return words
    return "\n".join(f"{_ISOLATED[0]}{line}{_ISOLATED[1]}" for line in words.splitlines())


def written(words: str) -> str:
    """What somebody typed, without the signs of `shown`."""
    for sign in _ISOLATED:
        words = words.replace(sign, "")
    return words
