"""Meetings: groups, agenda, decisions, minutes, closing."""
