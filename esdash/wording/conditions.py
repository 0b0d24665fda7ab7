"""Conditions (what counts as reachable, what is supposed) in words."""

from esdash.inventory.file.conditions import Conditions
from esdash.wording.names import Names


def reachable(conditions: Conditions, names: Names) -> list[str]:
    """One short phrase per condition of reach: time of day, language, no barriers."""
    text = names.text
    parts = [text(f"when.{name}") for name in conditions.times]
    parts += [names.of("language", key) for key in conditions.languages]
    return parts + ([text("reach.barrier_free")] if conditions.barrier_free else [])


def supposed(conditions: Conditions, names: Names) -> list[str]:
    """Each supposition as a sentence, in the order of the list."""
    text = names.text
    return [
        *(
            text(
                "suppose.said_offer",
                places=text.number(offer.capacity),
                themes=names.all("theme", offer.theme_ids),
                groups=names.all("target_group", offer.target_group_ids),
                where=names.of("district", offer.district_id) if offer.district_id else text(f"mode.{offer.mode}"),
            )
            for offer in conditions.offers
        ),
        *(
            text(
                "suppose.said_growth",
                persons=text.number(entry.persons),
                group=names.of("target_group", entry.target_group_id),
                district=names.of("district", entry.district_id),
            )
            for entry in conditions.growth
        ),
        *(
            text(
                "suppose.said_planning",
                value=text.number(entry.places_per_100),
                theme=names.of("theme", entry.theme_id),
                group=names.of("target_group", entry.target_group_id),
            )
            for entry in conditions.planning
        ),
    ]
