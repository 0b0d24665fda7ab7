"""Whom a paper of an earlier day may have named and nobody may name today: a look-back hides it, no register may."""

from esdash.inventory import Inventory


def withdrawn_since(then: Inventory, audience: str) -> list[dict[str, str | None]]:
    """One line per active contact point for the audience with somebody who had public consent then and has none today.

    As in the register, without a mark: contact_point_id, contact_id, sha256 (None). Deputies count too; whether they
    were named is not known, and to look after copies for nothing is better than to leave a name lying there.
    """
    rows = then.rows(
        "SELECT DISTINCT ON (p.contact_point_id) p.contact_point_id, c.contact_id "
        "FROM contact_point AS p CROSS JOIN clock "
        "JOIN contact AS named ON named.contact_id = p.contact_id "
        "JOIN contact AS c ON c.contact_id IN (named.contact_id, named.deputy_contact_id) "
        "WHERE p.status = 'active' AND list_contains(p.audiences, $audience) "
        "AND may_be_shown(c.consent_scope, c.consent_until, today) "
        "AND c.contact_id NOT IN (SELECT contact_id FROM consenting_today) "
        "ORDER BY p.contact_point_id, c.contact_id <> named.contact_id",
        audience=audience,
    )
    return [{**row, "sha256": None} for row in rows]
