"""Decisions of people: overlapping offers, merged trainings, proposals, ranges, scenarios, surveys."""
