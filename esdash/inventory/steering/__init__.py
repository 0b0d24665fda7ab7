"""Decisions of people: overlapping offers, merged trainings, proposals, scenarios, surveys."""
