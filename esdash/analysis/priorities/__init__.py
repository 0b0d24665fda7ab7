"""What first, and why (METHODS M8)."""
