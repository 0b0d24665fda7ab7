"""New inventories: the invented example, public facts, an empty one, and a large generated one."""
