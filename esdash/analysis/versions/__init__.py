"""Frozen versions of the priority list: what they say, how they follow each other, which file is one of them."""
