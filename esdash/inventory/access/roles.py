"""The one table of roles and what each may do; whoever and whatever is not in it may nothing."""

from dataclasses import dataclass
from enum import StrEnum

from esdash.errors import UserError
from esdash.inventory.access.actions import Action


class Role(StrEnum):
    """What somebody is here for."""

    OFFICE = "office"  # staff of this office: without accounts, everybody

    @property
    def text_key(self) -> str:
        """The text that says it in words."""
        return f"role.{self}"


ALLOWED: dict[Role, frozenset[Action]] = {
    Role.OFFICE: frozenset(Action),
}


@dataclass(frozen=True)
class Actor:
    """Somebody at work: the name that the change log keeps, and the role that says what they may."""

    name: str
    role: Role = Role.OFFICE


def may(actor: Actor, action: Action) -> bool:
    """Whether the role of this actor holds this action."""
    return action in ALLOWED.get(actor.role, ())


def demand(actor: Actor, action: Action) -> None:
    """Go on only where this actor may. Raises UserError otherwise."""
    if refusal := why_not(actor, action):
        raise refusal


def why_not(actor: Actor, action: Action) -> UserError | None:
    """Which role may do it instead, and that nothing was changed; None where this actor may."""
    if may(actor, action):
        return None
    able = tuple(role for role, actions in ALLOWED.items() if action in actions)
    key = "not_allowed" if able else "not_allowed_to_anybody"
    return UserError(key, action=action, role=actor.role, able=able)
