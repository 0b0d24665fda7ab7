"""Who may do what. Every write names its action, and whoever writes is asked for by `may` before anything happens."""

from esdash.inventory.access.actions import Action
from esdash.inventory.access.roles import ALLOWED, Actor, Role, demand, may, why_not
