"""Faults that were found by trying to break it, one file each; some show on the pages."""

from tests.pages.conftest import app, made

__all__ = ["app", "made"]
