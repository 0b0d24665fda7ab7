"""The commands of `python -m esdash`."""
