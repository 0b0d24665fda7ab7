"""People who change things in the tests, each with the rights of the office."""

from esdash.inventory.access import Actor

ADA, BEA, BEN, BOB, CARLA, CEM, EVE = (Actor(name) for name in ("Ada", "Bea", "Ben", "Bob", "Carla", "Cem", "Eve"))
OFFICE = Actor("Büro")
TEST, TESTER = Actor("test"), Actor("Test")
