"""Courses, sessions and their calendar."""
