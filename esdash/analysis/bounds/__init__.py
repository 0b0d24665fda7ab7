"""What can be said although something is unknown: bounds, assumptions, what is probable (METHODS M11)."""
