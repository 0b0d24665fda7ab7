"""Trainings that can be merged (METHODS M7)."""
