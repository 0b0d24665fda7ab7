"""Who may do what. Every write names its action, and `may` checks the actor before anything is changed."""

from esdash.inventory.access.actions import Action
from esdash.inventory.access.roles import ALLOWED, Actor, Role, demand, may, why_not
