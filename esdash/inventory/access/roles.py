"""The table of roles and the actions that each may do; what is not in the table is refused."""

from dataclasses import dataclass
from enum import StrEnum

from esdash.errors import UserError
from esdash.inventory.access.actions import Action


class Role(StrEnum):
    """A named set of rights."""

    OFFICE = "office"  # staff of this office; everybody, as long as there are no accounts

    @property
    def text_key(self) -> str:
        """The key of the text that names this role."""
        return f"role.{self}"


ALLOWED: dict[Role, frozenset[Action]] = {
    Role.OFFICE: frozenset(Action),
}


@dataclass(frozen=True)
class Actor:
    """Who does something: the name that the change log records, and the role that decides what they may do."""

    name: str
    role: Role = Role.OFFICE


def may(actor: Actor, action: Action) -> bool:
    """Whether the role of this actor holds this action."""
    return action in ALLOWED.get(actor.role, ())


def demand(actor: Actor, action: Action) -> None:
    """Raises UserError if this actor may not do this action."""
    if refusal := why_not(actor, action):
        raise refusal


def why_not(actor: Actor, action: Action) -> UserError | None:
    """The message that nothing was changed and which role may do it; None if this actor may."""
    if may(actor, action):
        return None
    able = tuple(role for role, actions in ALLOWED.items() if action in actions)
    key = "not_allowed" if able else "not_allowed_to_anybody"
    return UserError(key, action=action, role=actor.role, able=able)
