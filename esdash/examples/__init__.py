"""Inventories to begin with: the invented example, what is publicly known, an empty one, and a large generated one."""
