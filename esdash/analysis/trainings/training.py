"""Trainings for volunteers (training.sql)."""

import pandas as pd

from esdash.inventory import Inventory


def courses(inventory: Inventory) -> pd.DataFrame:
    """One row per course: provider, modules, next session, free seats in coming sessions."""
    return inventory.frame("FROM course_listed")


def sessions(inventory: Inventory) -> pd.DataFrame:
    """One row per session: course, provider, date, seats, booked, waiting, free."""
    return inventory.frame("FROM session_listed")


def modules(inventory: Inventory) -> pd.DataFrame:
    """One row per module, also those nobody teaches: providers and their names, courses, coming sessions, next date,
    free seats, waiting people."""
    return inventory.frame("FROM module_listed")
