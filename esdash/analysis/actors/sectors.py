"""To which sector an organisation belongs, by the words of its kind: the programme's study counts links to each."""

from esdash.model.folding import fold_words

SECTORS = ("civil", "administration", "business", "unknown")

# Folded words of a kind (METHODS M20), and endings of them: "Jugendamt" ends in "amt". Tried in this order, so that an
# "Arbeitgeberverband" is business and an "Eigenbetrieb" is administration. What is in no list is unknown.
_WORDS = {
    "administration": (
        *("amt", "aemter", "behoerde", "kommune", "kommunal", "kommunale", "kommunaler", "kommunales", "stadt"),
        *("gemeindeverwaltung", "landkreis", "kreis", "land", "bund", "jobcenter", "arbeitsagentur", "rathaus"),
        *("stadtrat", "kreistag", "landtag", "fraktion", "partei", "politik", "polizei", "eigenbetrieb"),
        *("authority", "municipality", "city", "council", "government", "administration"),
    ),
    "business": (
        *("gmbh", "ag", "kg", "ohg", "firma", "handwerk", "gewerbe", "ihk", "hwk", "handelskammer", "wirtschaft"),
        *("handwerkskammer", "industriekammer", "arbeitgeberverband", "unternehmerverband", "sparkasse", "bank"),
        *("company", "business", "enterprise"),
    ),
    "civil": (
        *("ggmbh", "initiative", "projekt", "kirche", "moschee", "synagoge", "caritas", "diakonie", "jugendhilfe"),
        *("freiwilligenagentur", "ehrenamtsagentur", "bildungswerk", "schule", "hochschule", "universitaet", "kita"),
        *("association", "charity", "church", "club", "foundation", "ngo", "school", "university"),
    ),
}
_ENDINGS = {
    "administration": ("amt", "behoerde", "verwaltung", "ministerium", "dezernat"),
    "business": ("unternehmen", "betrieb", "wirtschaft", "genossenschaft"),
    "civil": (
        *("verein", "verband", "stiftung", "organisation", "gemeinde", "gemeinschaft", "traeger", "initiative"),
        *("zentrum", "treff", "buendnis", "netzwerk", "beratungsstelle", "vertretung", "haus", "stelle", "schule"),
    ),
}
_NOT = {"ehrenamt", "hauptamt"}  # end like an office and are none


def of(kind: str | None) -> str:
    """The sector of an organisation by its kind, as written: "Jugendamt" → administration; unknown if nothing says."""
    words = [word for word in fold_words(kind or "").split() if word not in _NOT]
    for sector, known in _WORDS.items():
        if any(word in known or word.endswith(_ENDINGS[sector]) for word in words):
            return sector
    return "unknown"
