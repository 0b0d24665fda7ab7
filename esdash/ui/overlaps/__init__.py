"""The page Doppelstrukturen: cases to decide, decisions, providers of a theme, the network."""
