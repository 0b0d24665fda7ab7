"""Every judgement of the methods as a named constant with its reason, and as a macro for the SQL beside it."""

from typing import NamedTuple

from esdash.inventory import travel
from esdash.model.rules import EVENT_AT_MOST_DAYS

# METHODS M2: step weights after Luo & Qi (2009); the minutes are ours, for people without a car.
REACH_STEPS = ((15, 1.0), (30, 0.68), (45, 0.22))

# METHODS M2: from then on, people who work or look after children by day can come. The begin counts.
EVENING_FROM = "17:00"
# METHODS M19: what begins before is in the morning.
NOON = "12:00"

# METHODS M3: a cell in which less than half of the need is met is thin.
THIN_BELOW = 0.5

# Consequence of unmet need (1 to 3) where the city has not judged a theme: the middle.
USUAL_SEVERITY = 2

# METHODS M6: shares of the similarity of two offers, and from where on it is high. Two offers for the same
# groups in the same house reach 0.65 whatever their language and time; 0.7 asks for one of these as well.
OVERLAP_WEIGHTS = {"groups": 0.35, "distance": 0.30, "languages": 0.20, "times": 0.15}
OVERLAP_HIGH = 0.7
# If less than half of the weight is known, two offers may look alike only because their differences are unknown.
OVERLAP_KNOWN = 0.5
# METHODS M5, M6: two entries whose names agree this far (Jaro-Winkler) at one place are one offer entered twice.
SAME_NAME = 0.92
SAME_PLACE_KM = 0.25
SAME_TIMES = 0.5  # of the shorter one's minutes; up to here an offer of the same providers is repeated at other times
# What a case weighs in the order of the list: urgency × similarity × places at stake. Surplus places could be elsewhere
# tomorrow; an entry made twice falsifies every figure; what is unknown takes a telephone call; the rest only asks
# somebody to agree. Places at stake: those beyond the need, those counted twice, else all of the case.
OVERLAP_URGENCY = {"double_structure": 1.0, "duplicate": 0.5, "unknown": 0.2, "repeat": 0.1, "wanted": 0.1}
# More offers do not fit side by side on a screen, and a chain of them is more than one question.
OVERLAP_CASE_AT_MOST = 6

# METHODS M5: weights of the fields that are compared, with sum 1 per table. The name weighs most, because one
# organisation has many offers under one phone, address and web page. Times tell its offers apart.
DUPLICATE_WEIGHTS = {
    "organization": {"name": 0.50, "phone": 0.15, "email": 0.10, "website": 0.10, "address": 0.15},
    "initiative": {
        **{"name": 0.50, "description": 0.15, "organization": 0.05, "address": 0.05, "times": 0.05, "begins": 0.05},
        **{"phone": 0.05, "email": 0.05, "website": 0.05},
    },
    "course": {"name": 0.60, "description": 0.20, "organization": 0.10, "modules": 0.10},
    "contact_point": {
        **{"name": 0.50, "description": 0.10, "organization": 0.10, "address": 0.10},
        **{"phone": 0.05, "email": 0.05, "website": 0.10},
    },
    "location": {"name": 0.60, "address": 0.40},
}
# What speaks against: one house has many offers, so an equal address says little; but one record is at one address. The
# weight of an address that differs (another house number, another street, other coordinates); and of dated events that
# begin on different days: more than all other fields together, so that they are never shown.
DUPLICATE_AGAINST = {"address": 0.25, "begins": 1.0}
# Texts that agree less are different ones: the same house number in another street reaches about 0.45.
DUPLICATE_TEXT_DIFFERS = 0.5
DUPLICATE_TEXTS = ("name", "description", "organization", "address")  # compared by similarity, all others by equality
# Shown from here on. In the example every pair entered twice reaches 0.7; from 0.55 to there stand different offers of
# one house whose names share a word: few enough to look at, and a badly typed double is not missed.
DUPLICATE_FROM = 0.55
# Called "very likely" and "likely" from these scores on. Only pairs whose name and nearly everything else agrees reach
# the first; all planted doubles of the example lie above the second, all other pairs below.
DUPLICATE_SURE = 0.9
DUPLICATE_LIKELY = 0.7
# A pair that agrees in nothing but a title that others use as well stays below "likely".
DUPLICATE_TITLE_ALONE = 0.69
# Names that share no word and no beginning reach about 0.3; below 0.4 no agreement elsewhere makes two records one.
DUPLICATE_NAME_AT_LEAST = 0.4
# Fields filled on both sides count as at least this part of all weight: two bare entries cannot reach full likeness
# by one equal phone number.
DUPLICATE_LEAST_FILLED = 0.4
# A word, phone or address that more records share points to none of them; it also bounds the work for n records.
DUPLICATE_SHARED_BY_AT_MOST = 60
# METHODS M5: two ideas are shown as similar from this likeness of their words on. Of 28 written ideas all nine pairs
# that mean the same reach it, and three of the 369 others: a pair too much costs one click, a missed one stays unseen.
IDEA_SIMILAR_FROM = 0.505

# METHODS M7: sessions further apart than this are no substitute for each other: a session is planned about three weeks
# ahead, and six kilometres are the way across the inner city. Both can be changed on the page.
BUNDLE_DAYS = 21
BUNDLE_KM = 6
# The burden of moving one person [EUR]: about a return ticket and the trouble. It counts once for the move, and once
# more for each MOVE_DAYS days and for each MOVE_KM kilometres between the two sessions.
MOVE_PRICE_EUR = 5
MOVE_DAYS = 7
MOVE_KM = 3
# The cost of a session whose cost is unknown: the median of the known ones.
USUAL_SESSION_EUR = 300
# Trainings of several providers are a double structure only where less than this part of their seats is taken.
HALF_EMPTY_BELOW = 0.5

# METHODS M9: phone, times and contact change often, address and description rarely.
CONTACT_STALE_AFTER_DAYS = 90
DESCRIPTION_STALE_AFTER_DAYS = 365
# METHODS M18: three attempts without an answer; one or two say little about a voluntary office.
SILENT_AFTER = 3
# METHODS M23: a flyer that is laid out is looked after every two months, where the city has said nothing else.
LEAFLET_WEEKS = 8
LEAST_PHONE_DIGITS = 6  # an area code has three digits or more, and so has the number behind it

# METHODS M3, M8: fewer places are within the rounding of the estimate, and nothing for a city council: neither a white
# spot nor an item of the priority list.
LEAST_GAP_PLACES = 3
USUAL_OFFER_PLACES = 15  # places per week of a usual new offer: the median of the existing ones

# METHODS M15: voices on an item are divided if the middle half of them spans more than this share of what is possible.
# Delphi studies ask for agreement of 70 % in a third of the scale; half of the scale is clearly none.
DIVIDED_SHARE = 0.5

# METHODS M11: places per week of an offer of unknown size, at least, meanwhile and at most, until a city agrees on a
# range of its own for a field of action: a small circle, the usual offer, a full hall of a community centre.
USUAL_CAPACITY = {"low": 6, "central": 15, "high": 30}

# Search: a word may differ in one letter from four letters on, in two from eight on.
TYPING_ERRORS = ((8, 2), (4, 1))


class Judgement(NamedTuple):
    """A constant as the page Methode lists it: key of its text, value, key of its unit."""

    key: str
    value: float
    unit: str


def listed() -> list[Judgement]:
    """All constants in the order of the methods."""
    steps = [Judgement(f"reach_{minutes}", weight, "weight") for minutes, weight in REACH_STEPS]
    shares = [Judgement(f"overlap_{name}", weight, "weight") for name, weight in OVERLAP_WEIGHTS.items()]
    return [
        *steps,
        Judgement("measure_due_soon", MEASURE_DUE_SOON_DAYS, "days"),
        Judgement("evening_from", int(EVENING_FROM[:2]), "hour"),
        Judgement("travel_detour", travel.DETOUR, "times"),
        Judgement("travel_walk", travel.WALK_KMH, "km_per_hour"),
        Judgement("travel_bus", travel.BUS_KMH, "km_per_hour"),
        Judgement("travel_bus_access", travel.BUS_ACCESS_MIN, "minutes"),
        Judgement("travel_river", travel.RIVER_MIN, "minutes"),
        Judgement("travel_within", travel.WITHIN_MAX_MIN, "minutes"),
        Judgement("thin_below", THIN_BELOW, "share"),
        Judgement("usual_severity", USUAL_SEVERITY, "severity"),
        *shares,
        Judgement("overlap_high", OVERLAP_HIGH, "weight"),
        Judgement("overlap_known", OVERLAP_KNOWN, "share"),
        Judgement("same_name", SAME_NAME, "weight"),
        Judgement("same_times", SAME_TIMES, "share"),
        *(Judgement(f"urgency_{verdict}", weight, "weight") for verdict, weight in OVERLAP_URGENCY.items()),
        Judgement("overlap_case", OVERLAP_CASE_AT_MOST, "records"),
        Judgement("duplicate_from", DUPLICATE_FROM, "weight"),
        Judgement("duplicate_sure", DUPLICATE_SURE, "weight"),
        Judgement("duplicate_likely", DUPLICATE_LIKELY, "weight"),
        Judgement("duplicate_name", DUPLICATE_NAME_AT_LEAST, "weight"),
        Judgement("duplicate_title_alone", DUPLICATE_TITLE_ALONE, "weight"),
        Judgement("duplicate_address", DUPLICATE_AGAINST["address"], "weight"),
        Judgement("duplicate_begins", DUPLICATE_AGAINST["begins"], "weight"),
        Judgement("duplicate_differs", DUPLICATE_TEXT_DIFFERS, "weight"),
        Judgement("idea_similar", IDEA_SIMILAR_FROM, "weight"),
        Judgement("event_days", EVENT_AT_MOST_DAYS, "days"),
        Judgement("duplicate_filled", DUPLICATE_LEAST_FILLED, "share"),
        Judgement("duplicate_shared", DUPLICATE_SHARED_BY_AT_MOST, "records"),
        Judgement("bundle_days", BUNDLE_DAYS, "days"),
        Judgement("bundle_km", BUNDLE_KM, "km"),
        Judgement("move_price", MOVE_PRICE_EUR, "euros"),
        Judgement("move_days", MOVE_DAYS, "days"),
        Judgement("move_km", MOVE_KM, "km"),
        Judgement("usual_session", USUAL_SESSION_EUR, "euros"),
        Judgement("half_empty", HALF_EMPTY_BELOW, "share"),
        Judgement("contact_stale", CONTACT_STALE_AFTER_DAYS, "days"),
        Judgement("silent_after", SILENT_AFTER, "attempts"),
        Judgement("leaflet_weeks", LEAFLET_WEEKS, "weeks"),
        Judgement("description_stale", DESCRIPTION_STALE_AFTER_DAYS, "days"),
        Judgement("least_phone_digits", LEAST_PHONE_DIGITS, "digits"),
        Judgement("least_gap", LEAST_GAP_PLACES, "places"),
        Judgement("usual_offer", USUAL_OFFER_PLACES, "places"),
        Judgement("divided_share", DIVIDED_SHARE, "share"),
        *(Judgement(f"usual_capacity_{end}", places, "places") for end, places in USUAL_CAPACITY.items()),
    ]


# A measure is due soon within a month: time enough to ask, and to bring it to the next meeting.
MEASURE_DUE_SOON_DAYS = 30


def as_sql() -> str:
    """The SQL of macros with these constants, so that the SQL uses names instead of numbers."""
    steps = " ".join(f"WHEN minutes <= {minutes} THEN {weight}" for minutes, weight in REACH_STEPS)
    errors = " ".join(f"WHEN length(word) >= {letters} THEN {allowed}" for letters, allowed in TYPING_ERRORS)
    values = {
        "thin_below": THIN_BELOW,
        "usual_severity": USUAL_SEVERITY,
        "overlap_high": OVERLAP_HIGH,
        "overlap_known": OVERLAP_KNOWN,
        "overlap_case_at_most": OVERLAP_CASE_AT_MOST,
        "same_times": SAME_TIMES,
        "same_name": SAME_NAME,
        "same_place_km": SAME_PLACE_KM,
        "duplicate_from": DUPLICATE_FROM,
        "duplicate_name_at_least": DUPLICATE_NAME_AT_LEAST,
        "duplicate_least_filled": DUPLICATE_LEAST_FILLED,
        "duplicate_title_alone": DUPLICATE_TITLE_ALONE,
        "duplicate_text_differs": DUPLICATE_TEXT_DIFFERS,
        "idea_similar_from": IDEA_SIMILAR_FROM,
        "event_at_most_days": EVENT_AT_MOST_DAYS,
        "duplicate_shared_by_at_most": DUPLICATE_SHARED_BY_AT_MOST,
        "easy_way_minutes": REACH_STEPS[-2][0],
        "longest_way_minutes": REACH_STEPS[-1][0],
        "contact_stale_after": CONTACT_STALE_AFTER_DAYS,
        "description_stale_after": DESCRIPTION_STALE_AFTER_DAYS,
        "silent_after": SILENT_AFTER,
        "least_phone_digits": LEAST_PHONE_DIGITS,
        "least_gap_places": LEAST_GAP_PLACES,
        "measure_due_soon": MEASURE_DUE_SOON_DAYS,
        "usual_offer_places": USUAL_OFFER_PLACES,
        "divided_share": DIVIDED_SHARE,
        **{f"usual_capacity_{end}": places for end, places in USUAL_CAPACITY.items()},
        **{f"overlap_weight_{name}": weight for name, weight in OVERLAP_WEIGHTS.items()},
    }
    weights = ", ".join(
        f"('{table}', '{field}', {weight}, {DUPLICATE_AGAINST.get(field, weight)}, {field in DUPLICATE_TEXTS})"
        for table, fields in (DUPLICATE_WEIGHTS | {"idea": {"name": 1}}).items()  # an idea is its words
        for field, weight in fields.items()
    )
    columns = ("table_name", "field", "weight", "against", "is_text")
    urgency = " ".join(f"WHEN '{verdict}' THEN {weight}" for verdict, weight in OVERLAP_URGENCY.items())
    macros = [f"CREATE MACRO {name}() AS {value};" for name, value in values.items()]
    return "\n".join(
        [
            f"CREATE MACRO reach_weight(minutes) AS CASE {steps} ELSE 0 END;",
            f"CREATE MACRO overlap_urgency(verdict) AS CASE verdict {urgency} END;",
            f"CREATE MACRO evening_from() AS TIME '{EVENING_FROM}';",
            f"CREATE MACRO noon() AS TIME '{NOON}';",
            f"CREATE MACRO typing_errors(word) AS CASE {errors} ELSE 0 END;",
            f"CREATE VIEW duplicate_weight AS FROM (VALUES {weights}) AS w ({', '.join(columns)});",
            *macros,
        ]
    )
