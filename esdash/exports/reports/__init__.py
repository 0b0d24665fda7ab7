"""Reports to print."""
